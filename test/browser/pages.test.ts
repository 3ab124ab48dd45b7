import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { problemCodes } from '../../scripts/docs/codes.ts';
import { readDocumentedContract } from '../../scripts/docs/contract.ts';
import { renderFeed } from '../../scripts/docs/feed.ts';
import { readGuides, sdkName } from '../../scripts/docs/guides.ts';
import { samplesOf } from '../../scripts/docs/samples.ts';
import { sitePages } from '../../scripts/docs/site.ts';
import { chromiumFlags, findChromium } from '../../scripts/quality/chromium.ts';
import type { Listening } from '../../scripts/stack/listen.ts';
import { violations } from '../support/axe.ts';
import { buildDocs, type BuiltDocs, serveDocs } from '../support/docs.ts';

const contract = readDocumentedContract();
const pages = sitePages(contract, readGuides(contract), sdkName());
/** One page of each kind, and those with the most different content. */
const typical = ['index', 'guides/getting-started', 'guides/errors', 'operations/listEvents', 'errors', 'schemas'];

describe('the static pages of the documentation', () => {
  let browser: Browser;
  let server: Listening;
  let docs: BuiltDocs;
  const problems: string[] = [];
  beforeAll(async () => {
    const launched = chromium.launch({ executablePath: findChromium() ?? '', args: [...chromiumFlags] });
    [browser, docs] = await Promise.all([launched, buildDocs()]);
    server = await serveDocs(docs);
  });
  afterAll(async () => {
    await (browser as Browser | undefined)?.close();
    await server.close();
    await docs.remove();
  });

  const addressOf = (path: string) => `${server.url}/published/${path}.html`;

  /** Opens a page, runs what is to be done with it, and closes it. */
  async function on(path: string, options: BrowserContextOptions, use: (page: Page) => Promise<void>): Promise<void> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    page.on('console', (message) => void problems.push(message.text()));
    page.on('pageerror', ({ message }) => void problems.push(message));
    page.on('request', (request) => void (request.url().startsWith(server.url) || problems.push(request.url())));
    await page.goto(addressOf(path).replace(/\.html(#.*)\.html$/, '.html$1'));
    await use(page);
    await context.close();
  }

  it.each(typical)('%s can be read without JavaScript', (path) =>
    on(path, { javaScriptEnabled: false }, async (page) => {
      const { title = '' } = pages.find((one) => one.path === path) ?? {};
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain(title);
      expect(await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').count()).toBe(pages.length - 1);
      expect(await page.getByRole('searchbox').count()).toBe(0);
      expect(await page.getByRole('button').count()).toBe(0);
    }),
  );

  it.each(typical.flatMap((path) => [[path, 'light'] as const, [path, 'dark'] as const]))(
    '%s meets WCAG 2.2 AA in %s mode',
    (path, colorScheme) =>
      on(path, { colorScheme }, async (page) => {
        const dark = await page.evaluate(`getComputedStyle(document.body).backgroundColor !== 'rgb(255, 255, 255)'`);
        expect(dark).toBe(colorScheme === 'dark');
        expect(
          await violations(page, {
            type: 'tag',
            values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
          }),
        ).toEqual([]);
      }),
  );

  it.each(typical)('%s fits a width of 320 pixels', (path) =>
    on(path, { viewport: { width: 320, height: 640 } }, async (page) => {
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
      const menu = page.getByText('All pages', { exact: true });
      expect(await page.getByRole('link', { name: 'Idempotency', exact: true }).first().isVisible()).toBe(
        path === 'index',
      );
      await menu.click();
      await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Idempotency' }).click();
      await page.waitForURL(addressOf('guides/idempotency'));
    }),
  );

  it('keeps the list of all pages in view, with the current one', () =>
    on('operations/updateRegistration', {}, async (page) => {
      await page.evaluate('scrollTo(0, document.body.scrollHeight / 2)');
      const current = page.getByRole('navigation', { name: 'Pages' }).locator('[aria-current]');
      const { y = -1 } = (await current.boundingBox()) ?? {};
      expect(y).toBeGreaterThan(64);
      expect(y).toBeLessThan(780);
    }));

  it('copies a block of code as it is', async () => {
    const [operation] = contract.operations.filter(({ operationId }) => operationId === 'createEvent');
    const sources =
      operation === undefined ? [] : samplesOf(operation, contract, sdkName()).map(({ source }) => source);
    await on('operations/createEvent', { permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
      const buttons = page.getByRole('button', { name: 'Copy' });
      const blocks = await buttons.count();
      for (const [index, source] of sources.entries()) {
        const button = page
          .locator('.code')
          .nth(blocks - sources.length + index)
          .getByRole('button');
        await button.click();
        await button.filter({ hasText: 'Copied' }).waitFor();
        expect(await page.evaluate('navigator.clipboard.readText()')).toBe(source);
        await button.filter({ hasText: /^Copy$/ }).waitFor();
      }
    });
  });

  it.each([
    ['authentication', 'guides/authentication'],
    ['pagination', 'guides/pagination'],
    ['idempotency', 'guides/idempotency'],
    ['rate limit', 'guides/requests'],
    ['not-publishable', 'errors'],
  ])('finds %s on %s with the keyboard', (query, path) =>
    on('operations/createEvent', {}, async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type(query);
      await page
        .getByRole('status')
        .filter({ hasText: /result/ })
        .waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL(new RegExp(`/published/${path}\\.html(#|$)`));
    }),
  );

  it('the search says how many results there are, and closes with Escape', () =>
    on('guides/errors', {}, async (page) => {
      const box = page.getByRole('searchbox', { name: 'Search the documentation' });
      await box.fill('xyzzy');
      await page.getByRole('status').filter({ hasText: 'No results' }).waitFor();
      await box.fill('idempotency');
      await page
        .getByRole('status')
        .filter({ hasText: /^\d+ results$/ })
        .waitFor();
      expect(await violations(page, { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag22aa'] })).toEqual([]);
      await page.keyboard.press('Escape');
      expect(await page.locator('.results').isVisible()).toBe(false);
    }));

  it('has an address for each problem code, which shows its entry', async () => {
    const codes = problemCodes(contract).map(({ code }) => code);
    for (const code of [codes[0], codes.at(-1)])
      await on(`errors.html#${code}`, {}, async (page) => {
        const { top = -1 } = await page.evaluate<{ top?: number }>(
          `document.getElementById('${code}').getBoundingClientRect().toJSON()`,
        );
        expect(top).toBeGreaterThanOrEqual(64);
        expect(top).toBeLessThan(800);
      });
  });

  it('has a well-formed feed of changes and map of the site', () =>
    on('index', {}, async (page) => {
      const changelog = '## [0.2.0] - 2030-06-21\n\n- `a` & <b> "c"\n\n## [0.1.0] - 2030-01-02\n\n- d\n';
      const feed = await page.evaluate<string>(`fetch('changelog.xml').then((response) => response.text())`);
      const map = await page.evaluate<string>(`fetch('sitemap.xml').then((response) => response.text())`);
      for (const [xml, elements] of [
        [feed, 'feed'],
        [map, 'urlset'],
        [renderFeed(contract, changelog), 'feed, entry, entry'],
      ])
        expect(
          await page.evaluate(`(() => {
            const found = new DOMParser().parseFromString(${JSON.stringify(xml)}, 'application/xml');
            return [...found.querySelectorAll('feed, entry, urlset, parsererror')].map(({ tagName }) => tagName).join(', ');
          })()`),
        ).toBe(elements);
    }));

  it('logs no messages, breaks no rule of its policy, and asks no other host during all these tests', () => {
    expect(problems).toEqual([]);
  });
});
