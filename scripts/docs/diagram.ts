/**
 * Renders the picture of the architecture, docs/architecture.dot, to docs/architecture.svg.
 *
 *     tsx scripts/docs/diagram.ts           writes it
 *     tsx scripts/docs/diagram.ts --check   writes nothing; exits 1 when the picture is stale
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Graphviz } from '@hpcc-js/wasm-graphviz';

const source = 'docs/architecture.dot';
const target = 'docs/architecture.svg';

/** Paper and ink of both themes. The paper is part of the picture: a page may be dark where the reader's system is light. */
const style = `
    svg { --paper: #ffffff; --ink: #1f2328; --line: #8c959f; --box: #f6f8fa; --source: #fff1d6; --source-line: #bf8700; --stop: #ddf4ff; --travel: #0969da }
    @media (prefers-color-scheme: dark) {
      svg { --paper: #0d1117; --ink: #e6edf3; --line: #7d8590; --box: #21262d; --source: #3b2d0d; --source-line: #d29922; --stop: #0c2d4d; --travel: #58a6ff }
    }
    text { fill: var(--ink); font-family: Helvetica, Arial, 'Liberation Sans', sans-serif }
    .graph > polygon { fill: var(--paper) }
    .node path { fill: var(--box); stroke: var(--line) }
    .contract path { fill: var(--source); stroke: var(--source-line); stroke-width: 1.5 }
    .stop path { fill: var(--stop); stroke: var(--travel) }
    .edge path { fill: none; stroke: var(--line) }
    .edge polygon { fill: var(--line); stroke: var(--line) }
    .travels path { stroke: var(--travel) }
    .travels polygon { fill: var(--travel); stroke: var(--travel) }
  `;

const description =
  'The contract, openapi.yaml, on top. From it follow the documentation, the client package, Terraform, the validators and the types, ' +
  'and checks hold everything against it. Below, a request travels from the frontend through API Gateway, the Express app and a handler to DynamoDB.';

/** Graphviz's picture without its fixed colours, and with a text for those who do not see it. */
function dressed(svg: string): string {
  return svg
    .replace(/^.*?(?=<svg)/s, `<!-- Rendered by \`make diagram\` from ${source}; do not edit. -->\n`)
    .replaceAll(/<!--(?! Rendered).*?-->\n/gs, '')
    .replaceAll(/<title>.*?<\/title>\n/g, '')
    .replaceAll(/ (?:fill|stroke|font-family)="[^"]*"/g, '')
    .replace(/<svg ([^>]*)>/s, `<svg role="img" $1>\n<title>${description}</title>\n<style>${style}</style>`);
}

const graphviz = await Graphviz.load();
const rendered = dressed(graphviz.layout(readFileSync(source, 'utf8'), 'svg', 'dot'));
if (!process.argv.includes('--check')) writeFileSync(target, rendered);
else if (!existsSync(target) || readFileSync(target, 'utf8') !== rendered) {
  console.error(`Stale: ${target}. Run \`make diagram\` and commit the result.`);
  process.exitCode = 1;
}
