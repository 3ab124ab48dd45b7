import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { problemCodes } from '../../scripts/docs/codes.ts';
import { readDocumentedContract } from '../../scripts/docs/contract.ts';
import { renderFeed } from '../../scripts/docs/feed.ts';
import { readGuides, sdkName } from '../../scripts/docs/guides.ts';
import { type Sample, sampleLanguages, samplesOf } from '../../scripts/docs/samples.ts';
import { sitePages } from '../../scripts/docs/site.ts';
import { chromiumFlags, findChromium } from '../../scripts/quality/chromium.ts';
import type { Listening } from '../../scripts/stack/listen.ts';
import { violations } from '../support/axe.ts';
import { buildDocs, type BuiltDocs, serveDocs } from '../support/docs.ts';

const contract = readDocumentedContract();
const pages = sitePages(contract, readGuides(contract), sdkName());
/** One page of each kind, and those with the most different content. */
const typical = [
  'index',
  'guides/getting-started',
  'guides/errors',
  'guides/vue-svelte-solid',
  'operations/listEvents',
  'errors',
  'schemas',
];

/** The samples of an operation, of one of its examples. */
function samplesWith(operationId: string, example?: string): readonly Sample[] {
  const operations = contract.operations.filter((one) => one.operationId === operationId);
  return operations.flatMap((one) => samplesOf(one, contract, sdkName())).filter((one) => one.example === example);
}

/** The samples that a page shows. */
const samplesOn = (page: Page) => page.locator('#samples ~ .code').filter({ visible: true });

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

  it('copies a block of code as it is', () =>
    on('operations/createEvent', { permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
      for (const { language, source } of samplesWith('createEvent', 'An online workshop')) {
        await page.getByRole('radio', { name: language.heading }).check();
        await page.getByRole('combobox', { name: 'Example' }).selectOption('An online workshop');
        const button = samplesOn(page).getByRole('button');
        await button.click();
        await button.filter({ hasText: 'Copied' }).waitFor();
        expect(await page.evaluate('navigator.clipboard.readText()')).toBe(source);
        await button.filter({ hasText: /^Copy$/ }).waitFor();
      }
    }));

  describe('the samples of an operation', () => {
    const languages = sampleLanguages.map(({ heading }) => heading);
    const shown = (page: Page) => samplesOn(page).locator('code').allTextContents();
    const sourceIn = (operationId: string, heading: string, example?: string) =>
      samplesWith(operationId, example).find(({ language }) => language.heading === heading)?.source;

    it('show one of them, and another one for another language or example', () =>
      on('operations/createEvent', {}, async (page) => {
        expect(
          await page.getByRole('radio').evaluateAll((radios) => radios.map((one) => (one as { value?: string }).value)),
        ).toEqual(languages);
        for (const language of languages) {
          await page.getByRole('radio', { name: language }).check();
          for (const example of ['A concert at a venue', 'An online workshop', 'Minimal draft']) {
            await page.getByRole('combobox', { name: 'Example' }).selectOption(example);
            expect(await shown(page)).toEqual([sourceIn('createEvent', language, example)]);
          }
        }
      }));

    it('keep the language on other pages, and after a reload', () =>
      on('operations/createEvent', {}, async (page) => {
        await page.getByRole('radio', { name: 'Python' }).check();
        await page
          .getByRole('navigation', { name: 'Pages' })
          .getByRole('link', { name: 'List events', exact: true })
          .click();
        await page.waitForURL(addressOf('operations/listEvents'));
        expect(await shown(page)).toEqual([sourceIn('listEvents', 'Python')]);
        expect(await page.getByRole('combobox').count()).toBe(0);
        await page.reload();
        expect(await page.getByRole('radio', { name: 'Python' }).isChecked()).toBe(true);
      }));

    it('are chosen with the keyboard', () =>
      on('operations/createEvent', {}, async (page) => {
        await page.getByRole('radio', { name: 'Client package' }).focus();
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('ArrowRight');
        expect(await shown(page)).toEqual([sourceIn('createEvent', 'Python', 'A concert at a venue')]);
        await page.keyboard.press('Tab');
        await page.keyboard.press('ArrowDown');
        expect(await shown(page)).toEqual([sourceIn('createEvent', 'Python', 'An online workshop')]);
      }));

    it('follow a link to a language', () =>
      on('operations/createEvent', {}, async (page) => {
        await page.getByRole('navigation', { name: 'On this page' }).getByRole('link', { name: 'Go' }).click();
        expect(await shown(page)).toEqual([sourceIn('createEvent', 'Go', 'A concert at a venue')]);
        await page.goto(`${addressOf('operations/listEvents')}#curl`);
        expect(await shown(page)).toEqual([sourceIn('listEvents', 'curl')]);
        expect(await page.getByRole('radio', { name: 'curl' }).isChecked()).toBe(true);
      }));

    it('work where the browser stores nothing', () =>
      on('operations/listEvents', {}, async (page) => {
        await page.addInitScript(
          `Object.defineProperty(window, 'localStorage', { get() { throw new Error('no storage'); } })`,
        );
        await page.reload();
        await page.getByRole('radio', { name: 'Go' }).check();
        expect(await shown(page)).toEqual([sourceIn('listEvents', 'Go')]);
      }));

    it('are all shown without JavaScript, each below its headings', () =>
      on('operations/createEvent', { javaScriptEnabled: false }, async (page) => {
        const all = contract.operations
          .filter(({ operationId }) => operationId === 'createEvent')
          .flatMap((one) => samplesOf(one, contract, sdkName()));
        expect((await page.locator('main pre code').allTextContents()).slice(-all.length)).toEqual(
          all.map(({ source }) => source),
        );
        for (const name of [...languages, 'An online workshop'])
          expect(
            await page
              .getByRole('heading', { name: `${name} Link to` })
              .first()
              .isVisible(),
          ).toBe(true);
        expect(await page.getByRole('radio').count()).toBe(0);
      }));
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
