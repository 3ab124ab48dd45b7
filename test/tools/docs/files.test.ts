import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { createIndex, searchIn, type SearchEntry } from '../../../docs/site/search.ts';
import { problemCodes } from '../../../scripts/docs/codes.ts';
import { readDocumentedContract } from '../../../scripts/docs/contract.ts';
import { readGuides, sdkName } from '../../../scripts/docs/guides.ts';
import { anchorOf } from '../../../scripts/docs/markdown.ts';
import { samplesOf } from '../../../scripts/docs/samples.ts';
import type { ProblemCode } from '../../../src/contract/generated/types.ts';
import { problemType } from '../../../src/http/problems.ts';
import { buildDocs, type BuiltDocs } from '../../support/docs.ts';

const contract = readDocumentedContract();
const guides = readGuides(contract);
const samples = contract.operations.flatMap((operation) => samplesOf(operation, contract, sdkName()));

let docs: BuiltDocs;
let files: readonly string[];
const text = (name: string) => readFileSync(join(docs.folder, name), 'utf8');
/** Pages whose content is made by a script. Their anchors name operations. */
const scripted = ['reference.html', 'try.html', 'oauth2-redirect.html'];
/** The pages in HTML that need no JavaScript. */
const htmlPages = () => files.filter((file) => file.endsWith('.html') && !scripted.includes(file));
const operationsInTry = contract.operations.map(({ tag, operationId }) => `/${tag}/${operationId}`);
const matches = (from: string, pattern: RegExp) => [...from.matchAll(pattern)].map(([, found = '']) => found);

beforeAll(async () => {
  docs = await buildDocs();
  files = readdirSync(docs.folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.\w+$/.test(file));
});
afterAll(() => docs.remove());

describe('the files of the documentation', () => {
  it('the downloadable contract is the unchanged file', () => {
    expect(text('openapi.yaml')).toBe(readFileSync('openapi/openapi.yaml', 'utf8'));
    expect(JSON.parse(text('openapi.json'))).toEqual(contract.tree);
  });

  it('llms.txt links to every guide, every operation, and the single Markdown file', () => {
    expect(matches(text('llms.txt'), /\]\(([^)]+)\)/g)).toEqual([
      ...['llms-full.txt', 'errors.md', 'schemas.md', 'openapi.yaml', 'openapi.json'],
      ...guides.map(({ name }) => `guides/${name}.md`),
      ...contract.operations.map(({ operationId }) => `operations/${operationId}.md`),
    ]);
    for (const { operationId, summary } of contract.operations)
      expect(text(`operations/${operationId}.md`)).toMatch(new RegExp(`^# ${summary} `));
  });

  it('the single Markdown file has guides, samples, codes and schemas', () => {
    const whole = text('llms-full.txt');
    expect(text('docs.md')).toBe(whole);
    for (const { title } of guides) expect(whole).toContain(`\n## ${title}\n`);
    for (const { source } of samples) expect(whole).toContain(source);
    for (const { code } of problemCodes(contract)) expect(whole).toContain(`\n#### ${code}\n`);
    for (const name of Object.keys(contract.schemas)) expect(whole).toContain(`\n### ${name}\n`);
  });

  it('every page exists as HTML and as Markdown, and the map of the site lists it', () => {
    const pages = htmlPages().map((file) => file.replace(/\.html$/, ''));
    expect([...pages].sort()).toEqual(
      [
        ...['errors', 'index', 'schemas'],
        ...guides.map(({ name }) => `guides/${name}`),
        ...contract.operations.map(({ operationId }) => `operations/${operationId}`),
      ].sort(),
    );
    expect(pages.filter((page) => !files.includes(`${page}.md`))).toEqual([]);
    const { url } = contract;
    expect(url).toMatch(/^https:.*\/$/);
    const addresses = pages.map((page) => (page === 'index' ? url : `${url}${page}.html`)).sort();
    expect(matches(text('sitemap.xml'), /<loc>(.+?)<\/loc>/g).sort()).toEqual(addresses);
    expect(
      htmlPages()
        .flatMap((file) => matches(text(file), /rel="canonical" href="([^"]+)"/g))
        .sort(),
    ).toEqual(addresses);
  });

  it('every page has a title and a description of its own, one main heading, and a strict policy', () => {
    const all = htmlPages().map((file) => text(file));
    for (const pattern of [/<title>(.+?)<\/title>/g, /<meta name="description" content="([^"]{15,})">/g])
      expect(new Set(all.flatMap((page) => matches(page, pattern))).size).toBe(all.length);
    for (const page of all) {
      expect(matches(page, /<(h1)>/g)).toHaveLength(1);
      expect(page).toContain(`content="default-src 'none'; script-src 'self'; style-src 'self'; `);
      const tags = (page.match(/<[^>]+>/g) ?? []).join('');
      expect(tags).not.toMatch(/<style|<script(?! src)| style=| on\w+=/);
    }
  });

  it('no link of a page in HTML leads nowhere, nor does its anchor', () => {
    const ids = new Map(htmlPages().map((file) => [file, new Set(matches(text(file), / id="([^"]+)"/g))]));
    const links = htmlPages().flatMap((file) =>
      matches(text(file), / (?:href|src)="([^"]+)"/g)
        .filter((target) => !/^(https:|data:)/.test(target))
        .map((target) => ({ file, target })),
    );
    expect(links.length).toBeGreaterThan(2_000);
    const broken = links.filter(({ file, target }) => {
      const [path = '', anchor] = target.split('#');
      const to = path === '' ? file : normalize(join(dirname(file), path));
      if (!existsSync(join(docs.folder, to))) return true;
      return anchor !== undefined && !scripted.includes(to) && ids.get(to)?.has(anchor) !== true;
    });
    expect(broken).toEqual([]);
    const inReference = links.flatMap(({ target }) => matches(target, /reference\.html#(.*)/g));
    expect([...inReference].sort()).toEqual(operationsInTry.map((one) => one.toLowerCase()).sort());
    const inTry = links.flatMap(({ target }) => matches(target, /try\.html#(.*)/g));
    expect([...new Set(inTry)].sort()).toEqual([...operationsInTry].sort());
  });

  it('the README of the client leads to pages of the documentation that exist', () => {
    const readme = readFileSync('client/README.md', 'utf8');
    const targets = matches(readme, /\]\((https:[^)]+)\)/g).filter((target) => target.startsWith(contract.url));
    expect(targets.length).toBeGreaterThan(4);
    const broken = targets.filter((target) => {
      const [path = '', anchor] = target.slice(contract.url.length).split('#');
      return !files.includes(path) || (anchor !== undefined && !text(path).includes(` id="${anchor}"`));
    });
    expect(broken).toEqual([]);
  });

  it('the page about the client package is its README, with links within the site', () => {
    const page = text('guides/client.md');
    const blocksOf = (from: string) => matches(from, /^```\w+.*\n(.*?)^```$/gms);
    expect(blocksOf(page)).toEqual(blocksOf(readFileSync('client/README.md', 'utf8')));
    expect(page).not.toContain(contract.url);
    expect(page).not.toContain('<!--');
    for (const { operationId, summary } of contract.operations)
      expect(page).toMatch(new RegExp(`\\| \`${operationId}\\(.*\` \\| \\[${summary}\\]\\(\\.\\./operations/`));
  });

  it('every page leads to the file in which it is written', () => {
    const { repository } = JSON.parse(readFileSync('client/package.json', 'utf8')) as { repository: { url: string } };
    const edit = `${repository.url.replace(/^git\+|\.git$/g, '')}/edit/main/`;
    const links = htmlPages().map(
      (file) => [file, matches(text(file), /<a href="([^"]+)">Edit this page</g).join()] as const,
    );
    for (const [file, link] of links) {
      expect(link.slice(0, edit.length)).toBe(edit);
      const source = readFileSync(link.slice(edit.length), 'utf8');
      const title = matches(text(file), /<h1>(.*?)(?: <code| \(<|<\/h1>)/g).join();
      if (file.startsWith('guides/')) expect(source).toMatch(/^# /);
      if (file.startsWith('operations/')) expect(source).toContain(`summary: ${title}\n`);
    }
  });

  it('the type of every problem leads to the entry of its code', () => {
    const ids = matches(text('errors.html'), /<h3 id="([^"]+)">/g);
    expect(ids).toEqual(problemCodes(contract).map(({ code }) => code));
    for (const { code } of problemCodes(contract))
      expect(problemType(code as ProblemCode)).toBe(`${contract.url}errors.html#${code}`);
  });

  it('no link of a page in Markdown leads nowhere, nor does its anchor', () => {
    const markdown = files.filter((file) => /\.md$|^llms/.test(file));
    const anchors = (file: string) => new Set(matches(text(file), /^#+ (.+)$/gm).map(anchorOf));
    const broken = markdown.flatMap((file) =>
      matches(text(file).replace(/^```.*?^```$|`[^`\n]*`(?!\])/gms, ''), /\]\((?!https:)([^)\s]+)\)/g).filter(
        (target) => {
          const [path = '', anchor] = target.split('#');
          const to = path === '' ? file : normalize(join(dirname(file), path));
          if (!existsSync(join(docs.folder, to))) return true;
          const known = to === 'try.html' ? new Set(operationsInTry) : anchors(to);
          return anchor !== undefined && !known.has(anchor);
        },
      ),
    );
    expect(broken).toEqual([]);
  });

  it.each([
    ['authentication', 'guides/authentication.html'],
    ['pagination', 'guides/pagination.html#pagination'],
    ['idempotency', 'guides/idempotency.html'],
    ['idempotncy', 'guides/idempotency.html'],
    ['rate limit', 'guides/requests.html#rate-limits'],
    ['not-publishable', 'errors.html#not-publishable'],
    ['waitlist', 'guides/registering-and-waiting.html'],
    ['createEvent', 'operations/createEvent.html'],
    ['publish an event', 'operations/publishEvent.html'],
    ['EventCreate', 'schemas.html#eventcreate'],
    ['tanstack query', 'guides/react.html'],
    ['maxRetries', 'guides/client.html#retries-and-timeouts'],
    ['forms', 'guides/forms.html'],
    ['vitest', 'guides/testing.html'],
    ['server actions', 'guides/nextjs.html'],
    ['vue', 'guides/vue-svelte-solid.html'],
    ['hermes', 'guides/react-native.html'],
    ['cancel event reason', 'operations/cancelEvent.html'],
    ['already cancelled', 'guides/the-life-of-an-event.html'],
    ['mock a fake fetch', 'guides/testing.html'],
  ])('searching for %s finds %s among the first', (query, url) => {
    const index = createIndex(JSON.parse(text('search.json')) as SearchEntry[]);
    const found = searchIn(index, query, 3);
    expect(found.map(({ id }) => id as string)).toContainEqual(expect.stringMatching(`^${url}(#|$)`));
  });
});
