/** `llms.txt` and the whole documentation as one Markdown file. */
import type { DocumentedContract } from './contract.ts';
import { deeper, oneLine } from './markdown.ts';
import { listOf, type SitePage } from './site.ts';

/** The index for language models (https://llmstxt.org): what this is, and where to read on. */
export function renderIndex(contract: DocumentedContract, pages: readonly SitePage[]): string {
  const [summary = '', ...more] = contract.description.trim().split('\n\n');
  const guides = pages.filter(({ kind }) => kind === 'guide');
  return (
    [
      `# ${contract.title}`,
      `> ${oneLine(summary)}`,
      ...more.map(oneLine),
      '## Documentation',
      [
        '- [Everything as one file](llms-full.txt): guides, operations, error codes, schemas',
        '- [Error codes](errors.md): what each means, and what to do',
        '- [Schemas](schemas.md): the objects of requests and responses',
        `- [The contract](openapi.yaml): OpenAPI ${contract.tree.openapi}, also [as JSON](openapi.json)`,
      ].join('\n'),
      '## Guides',
      guides.map(({ path, title, summary }) => `- [${title}](${path}.md): ${summary}`).join('\n'),
      '## Operations',
      listOf(contract.operations),
    ].join('\n\n') + '\n'
  );
}

/** All pages in one text, but the home page, whose place takes the description of the contract. */
export function renderWhole({ title, version, description }: DocumentedContract, pages: readonly SitePage[]): string {
  const textsOf = (...kinds: readonly SitePage['kind'][]) =>
    pages.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => text);
  return (
    [
      `# ${title} ${version}`,
      description.trim(),
      ...textsOf('guide').map((text) => deeper(text, 1)),
      '## Operations',
      ...textsOf('operation').map((text) => deeper(text, 2)),
      ...textsOf('catalogue').map((text) => deeper(text, 1)),
    ].join('\n\n') + '\n'
  );
}
