/** Markdown as HTML, with anchors, colored code and links between the static pages. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Marked, type Token, type Tokens } from 'marked';
import { anchorOf } from './markdown.ts';

/** What is used of highlight.js. Its own types would declare the globals of browsers for all programs of the project. */
interface Highlighter {
  registerLanguage(name: string, language: unknown): void;
  getLanguage(name: string): object | undefined;
  highlight(code: string, options: { readonly language: string }): { readonly value: string };
}

const load = createRequire(join(process.cwd(), 'package.json'));
const hljs = load('highlight.js/lib/core') as Highlighter;
/** The languages of code, as Markdown names them: the file of the highlighter, and the name. */
const languages: Readonly<Record<string, readonly [file: string, name: string]>> = {
  css: ['css', 'CSS'],
  go: ['go', 'Go'],
  js: ['javascript', 'JavaScript'],
  // The script in `vue`.
  javascript: ['javascript', 'JavaScript'],
  json: ['json', 'JSON'],
  py: ['python', 'Python'],
  sh: ['bash', 'Shell'],
  ts: ['typescript', 'TypeScript'],
  tsx: ['typescript', 'TypeScript'],
  vue: ['xml', 'Vue'],
  // The tags in `tsx`.
  xml: ['xml', 'XML'],
};
for (const [name, [file]] of Object.entries(languages))
  hljs.registerLanguage(name, load(`highlight.js/lib/languages/${file}`));

/** A heading of a page, with what follows it up to the next one. */
export interface Section {
  /** 1 to 6. */
  readonly level: number;
  readonly id: string;
  /** Plain text. */
  readonly title: string;
  /** Plain text, on one line; code included. */
  readonly text: string;
}

export interface HtmlPage {
  readonly html: string;
  readonly sections: readonly Section[];
}

export interface HtmlOptions {
  /** The target of a link as the page has it. */
  readonly link: (target: string) => string;
  /** Where a piece of code leads that is the name of an operation or an error code; undefined for all other code. */
  readonly codeLink: (code: string) => string | undefined;
}

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/**
 * Converts a page.
 *
 * @param markdown its source, in which HTML is shown as text; only character references such as `&lt;` and `<br>` work
 */
export function toHtml(markdown: string, { link, codeLink }: HtmlOptions): HtmlPage {
  const sections = sectionsOf(markdown);
  let headings = 0;
  /** Code in links and headings does not become a link. */
  let linking = true;
  const withoutLinks = (render: () => string) => {
    linking = false;
    const html = render();
    linking = true;
    return html;
  };
  const marked = new Marked({
    renderer: {
      heading({ depth, tokens }) {
        const { id = '', title = '' } = sections[headings++] ?? {};
        const html = withoutLinks(() => this.parser.parseInline(tokens));
        if (depth === 1) return `<h1>${html}</h1>\n`;
        const anchor = `<a class="anchor" href="#${id}" aria-label="Link to “${escapeHtml(title)}”">#</a>`;
        return `<h${depth} id="${id}">${html} ${anchor}</h${depth}>\n`;
      },
      code: ({ text, lang = '' }) => codeBlock(text, lang),
      codespan: ({ text }) => codeSpan(text, linking ? codeLink(text) : undefined),
      link({ href, tokens }) {
        const html = withoutLinks(() => this.parser.parseInline(tokens));
        return `<a href="${escapeHtml(/^(https?:|#)/.test(href) ? href : link(href))}">${html}</a>`;
      },
      table({ header, rows }) {
        const cells = (tag: 'th' | 'td', row: readonly Tokens.TableCell[]) =>
          row.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join('');
        const body = rows.map((row) => `<tr>${cells('td', row)}</tr>\n`).join('');
        // Wide tables scroll by themselves, with a keyboard, too.
        return `<div class="table" role="group" aria-label="Table" tabindex="0"><table>
<thead><tr>${cells('th', header).replaceAll('<th>', '<th scope="col">')}</tr></thead>
<tbody>${body}</tbody></table></div>\n`;
      },
      html: ({ text }) => (text === '<br>' ? text : escapeHtml(text)),
    },
  });
  return { html: marked.parse(markdown, { async: false }), sections };
}

/** @param info what follows the fence: the language, and the name of the file if the code is a whole file, such as `tsx src/App.tsx` */
function codeBlock(text: string, info: string): string {
  const [language = '', file] = info.split(' ');
  const known = hljs.getLanguage(language) !== undefined;
  const html = known ? hljs.highlight(text, { language }).value : escapeHtml(text);
  const label = languages[language]?.[1] ?? 'Text';
  const name = file === undefined ? '' : `<p class="file">${escapeHtml(file)}</p>`;
  // Long lines scroll, with a keyboard, too.
  return `<div class="code" data-language="${label}">${name}<pre tabindex="0" role="group" aria-label="${escapeHtml(file ?? `${label} code`)}"><code>${html}</code></pre></div>\n`;
}

/** @param text as written */
function codeSpan(text: string, target: string | undefined): string {
  const [, method = '', rest = ''] = /^(GET|POST|PUT|PATCH|DELETE) (\/.*)$/.exec(text) ?? [];
  const html = method
    ? `<code class="endpoint"><span class="method ${method.toLowerCase()}">${method}</span> ${escapeHtml(rest)}</code>`
    : `<code>${escapeHtml(text)}</code>`;
  return target === undefined ? html : `<a href="${target}">${html}</a>`;
}

/** The headings of a page with the text below each. An anchor that would occur twice gets a number. */
function sectionsOf(markdown: string): readonly Section[] {
  const sections: { level: number; id: string; title: string; texts: string[] }[] = [];
  const used = new Map<string, number>();
  for (const token of new Marked().lexer(markdown)) {
    if (token.type !== 'heading') {
      sections.at(-1)?.texts.push(plainText(token));
      continue;
    }
    const title = plainText(token);
    const anchor = anchorOf(title);
    const times = used.get(anchor) ?? 0;
    used.set(anchor, times + 1);
    const id = times === 0 ? anchor : `${anchor}-${times}`;
    sections.push({ level: (token as Tokens.Heading).depth, id, title, texts: [] });
  }
  return sections.map(({ texts, ...section }) => ({
    ...section,
    text: texts.join(' ').replace(/\s+/g, ' ').trim(),
  }));
}

/** What a reader sees of a token. */
function plainText(token: Token): string {
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    return [header, ...rows].map((row) => row.map((cell) => cell.tokens.map(plainText).join('')).join(' ')).join(' ');
  }
  if (token.type === 'list') return (token as Tokens.List).items.map(plainText).join(' ');
  const { tokens, text = '' } = token as { tokens?: Token[]; text?: string };
  return tokens === undefined ? text : tokens.map(plainText).join('');
}
