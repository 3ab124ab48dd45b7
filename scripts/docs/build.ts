/**
 * Builds the documentation: the static pages, each as HTML and as Markdown, the interactive reference, the page to
 * send requests from, and the contract to download.
 *
 *     tsx scripts/docs/build.ts            into build/docs
 *     tsx scripts/docs/build.ts <folder>   elsewhere
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { contractFile, type DocumentedContract, readDocumentedContract } from './contract.ts';
import { renderFeed } from './feed.ts';
import { type Guide, guidesFolder, readGuides, sdkName } from './guides.ts';
import { renderPage } from './layout.ts';
import { renderIndex, renderWhole } from './llms.ts';
import { toRoot, withTargets } from './markdown.ts';
import { buildPage } from './page.ts';
import { searchEntries } from './search-index.ts';
import { sitePages } from './site.ts';
import { tryDocument } from './try/document.ts';
import { renderTryPage, tryFiles } from './try/page.ts';
import { tryPath } from './try/path.ts';
import { trySettings } from './try/settings.ts';

const folder = process.argv[2] ?? 'build/docs';

/** The static pages and what belongs to them, by the names of the files. */
async function staticFiles(
  contract: DocumentedContract,
  guides: readonly Guide[],
  sdk: string,
): Promise<Readonly<Record<string, string>>> {
  const pages = sitePages(contract, guides, sdk);
  const { url } = contract;
  const rendered = pages.map((page) => ({ page, ...renderPage(page, { contract, pages }) }));
  const entries = rendered.flatMap(({ page, sections }) => searchEntries(page, sections));
  const whole = renderWhole(contract, pages);
  return {
    ...Object.fromEntries(rendered.map(({ page, html }) => [`${page.path}.html`, html])),
    ...Object.fromEntries(
      pages.map(({ path, text }) => [`${path}.md`, `${withTargets(text, (target) => toRoot(path) + target)}\n`]),
    ),
    'site.css': readFileSync(`${guidesFolder}/site.css`, 'utf8'),
    'site.js': await bundle(`${guidesFolder}/site.ts`),
    'search.json': JSON.stringify(entries),
    'changelog.xml': renderFeed(contract, readFileSync('CHANGELOG.md', 'utf8')),
    'sitemap.xml': sitemap(pages.map(({ path }) => (path === 'index' ? url : `${url}${path}.html`))),
    'llms.txt': renderIndex(contract, pages),
    'llms-full.txt': whole,
    'docs.md': whole,
  };
}

/** The page that sends requests to the deployment whose settings the environment has, and its files. */
async function tryItFiles(contract: DocumentedContract): Promise<Readonly<Record<string, string>>> {
  const settings = await trySettings(process.env);
  return {
    ...tryFiles(),
    [tryPath]: renderTryPage(contract.title, settings ?? { url: `${contract.server}/docs/${tryPath}` }),
    'try.json': JSON.stringify(tryDocument(contract)),
    'try.css': readFileSync(`${guidesFolder}/try.css`, 'utf8'),
    'try.js': await bundle(`${guidesFolder}/try.ts`),
  };
}

/** A script for browsers, with the packages that it imports. */
async function bundle(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  return outputFiles[0]?.text ?? '';
}

/** The pages for search engines (https://www.sitemaps.org/protocol.html). */
function sitemap(addresses: readonly string[]): string {
  const urls = addresses.map((address) => `<url><loc>${address}</loc></url>\n`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls}</urlset>
`;
}

/** Everything is written beside, then put in place at once. */
async function main(): Promise<void> {
  const contract = readDocumentedContract();
  const guides = readGuides(contract);
  const sdk = sdkName();
  const files: Record<string, string> = {
    ...(await staticFiles(contract, guides, sdk)),
    'openapi.yaml': readFileSync(contractFile, 'utf8'),
    'openapi.json': `${JSON.stringify(contract.tree, null, 2)}\n`,
    'reference.html': await buildPage(contract, guides, sdk),
    ...(await tryItFiles(contract)),
  };
  const next = `${folder}.next`;
  rmSync(next, { recursive: true, force: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(next, name)), { recursive: true });
    writeFileSync(join(next, name), text);
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(next, folder);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
