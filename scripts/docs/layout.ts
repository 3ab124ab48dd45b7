/** The layout that all static pages share: header with search, navigation, the page, and its contents. */
import { type DocumentedContract } from './contract.ts';
import { guideGroups } from './guides.ts';
import { escapeHtml, type Section, toHtml } from './html.ts';
import { toRoot } from './markdown.ts';
import { operationsByTag, type SitePage } from './site.ts';
import { tryPath } from './try/path.ts';

/** What the layout needs besides the page. */
export interface Site {
  readonly contract: DocumentedContract;
  readonly pages: readonly SitePage[];
}

/** The policy of static pages: their own script, style and index of the search, and nothing else. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** A page as HTML, and its sections. */
export function renderPage(
  page: SitePage,
  site: Site,
): { readonly html: string; readonly sections: readonly Section[] } {
  const { contract, pages } = site;
  const root = toRoot(page.path);
  const paths = new Set(pages.map(({ path }) => path));
  const link = (target: string) => `${root}${asHtml(target, paths)}`;
  const codes = codeLinks(contract);
  const { html, sections } = toHtml(page.text, {
    link,
    codeLink: (code) => {
      const target = codes.get(code);
      return target === undefined || target === `${page.path}.md` ? undefined : link(target);
    },
  });
  const address = page.path === 'index' ? '' : `${page.path}.html`;
  const title = page.kind === 'home' ? page.title : `${page.title} – ${contract.title}`;
  return {
    sections,
    html: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${escapeHtml(page.summary)}">
<meta name="color-scheme" content="light dark">
<link rel="canonical" href="${contract.url}${address}">
<link rel="alternate" type="text/markdown" href="${root}${page.path}.md">
<link rel="alternate" type="application/atom+xml" title="Changes" href="${root}changelog.xml">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${root}site.css">
<script src="${root}site.js" data-root="${root}" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
<a class="brand" href="${root}index.html">${escapeHtml(contract.title)}</a>
<search hidden>
<input type="search" aria-label="Search the documentation" placeholder="Search (press /)" autocomplete="off" spellcheck="false">
<div class="results" hidden></div>
<p class="status" role="status"></p>
</search>
<div class="links"><a href="${root}reference.html">Reference</a> <a href="${root}${tryPath}">Try it</a></div>
</header>
<div class="columns">
<details class="contents"><summary>All pages</summary>
${navigation(page, site, root)}
</details>
<main id="main" tabindex="-1" class="${page.kind}">
${withTryLink(html, page, contract, root)}${adjacent(page, pages, root)}${elsewhere(page, contract, root)}
</main>
${onThisPage(sections)}
</div>
</body>
</html>
`,
  };
}

/** The address of the HTML of a page, for a link to its Markdown; other files as they are. */
function asHtml(target: string, paths: ReadonlySet<string>): string {
  const [, path = '', anchor = ''] = /^(.*)\.md(#.*)?$/.exec(target) ?? [];
  return paths.has(path) ? `${path}.html${anchor}` : target;
}

/** The pages of operations and error codes by their names. */
function codeLinks({ operations, problems }: DocumentedContract): ReadonlyMap<string, string> {
  return new Map([
    ...operations.map(({ operationId }) => [operationId, `operations/${operationId}.md`] as const),
    ...Object.keys(problems).map((code) => [code, `errors.md#${code}`] as const),
  ]);
}

/** The page of an operation with a link, below the title, to where it can be sent. */
function withTryLink(html: string, { path }: SitePage, { operations }: DocumentedContract, root: string): string {
  const operation = operations.find(({ operationId }) => path === `operations/${operationId}`);
  if (operation === undefined) return html;
  const address = `${root}${tryPath}#/${operation.tag}/${operation.operationId}`;
  return html.replace('</h1>', `</h1>\n<p class="try"><a href="${address}">Try it</a></p>`);
}

/** The same page elsewhere: as Markdown, an operation in the interactive reference, and the file to edit. */
function elsewhere({ path, source }: SitePage, { operations, repository }: DocumentedContract, root: string): string {
  const operation = operations.find(({ operationId }) => path === `operations/${operationId}`);
  const address = operation && `${root}reference.html#/${operation.tag}/${operation.operationId}`.toLowerCase();
  const inReference = address === undefined ? '' : `, <a href="${address}">in the interactive reference</a>`;
  const edit = `<a href="${repository}/edit/main/${source}">Edit this page</a>`;
  return `<p class="source">This page <a href="${root}${path}.md">as Markdown</a>${inReference}. ${edit}</p>`;
}

function navigation(current: SitePage, { contract, pages }: Site, root: string): string {
  const item = ({ path, title }: SitePage) =>
    `<li><a href="${root}${path}.html"${path === current.path ? ' aria-current="page"' : ''}>${escapeHtml(title)}</a></li>`;
  const list = (title: string, some: readonly SitePage[]) => `<h2>${title}</h2>\n<ul>${some.map(item).join('\n')}</ul>`;
  const pagesOf = (kind: SitePage['kind']) => pages.filter((page) => page.kind === kind);
  const guides = guideGroups.map((title) =>
    list(
      title,
      pagesOf('guide').filter(({ group }) => group === title),
    ),
  );
  const tags = operationsByTag(contract).map(([tag, operations]) => {
    const paths = new Set(operations.map(({ operationId }) => `operations/${operationId}`));
    return list(
      tag,
      pages.filter(({ path }) => paths.has(path)),
    );
  });
  return `<nav aria-label="Pages">
${[...guides, list('Reference', pagesOf('catalogue')), ...tags].join('\n')}
</nav>`;
}

/** Links to the guides before and after a guide. */
function adjacent({ path, kind }: SitePage, pages: readonly SitePage[], root: string): string {
  const guides = pages.filter((one) => one.kind === 'guide');
  const index = guides.findIndex((one) => one.path === path);
  if (kind !== 'guide') return '';
  const link = (page: SitePage | undefined, rel: string, label: string) =>
    page === undefined
      ? ''
      : `<a rel="${rel}" href="${root}${page.path}.html"><span>${label}</span> ${escapeHtml(page.title)}</a>`;
  return `<nav class="adjacent" aria-label="Next and previous guide">
${link(guides[index - 1], 'prev', 'Previous')}${link(guides[index + 1], 'next', 'Next')}
</nav>
`;
}

function onThisPage(sections: readonly Section[]): string {
  const parts = sections.filter(({ level }) => level === 2 || level === 3);
  if (parts.length < 2) return '';
  const items = parts.map(
    ({ id, title, level }) => `<li class="level-${level}"><a href="#${id}">${escapeHtml(title)}</a></li>`,
  );
  return `<nav class="sections" aria-label="On this page">
<h2>On this page</h2>
<ul>${items.join('\n')}</ul>
</nav>`;
}
