import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { type DocumentedOperation, readDocumentedContract, textOf } from '../../scripts/docs/contract.ts';
import { readGuides, sdkName } from '../../scripts/docs/guides.ts';
import { sampleLanguages, samplesOf } from '../../scripts/docs/samples.ts';
import { chromiumFlags, findChromium } from '../../scripts/quality/chromium.ts';
import { asObject } from '../../src/openapi/document.ts';
import type { Listening } from '../../scripts/stack/listen.ts';
import { violations } from '../support/axe.ts';
import { buildDocs, type BuiltDocs, serveDocs } from '../support/docs.ts';

const contract = readDocumentedContract();
const guides = readGuides(contract);
/** What the page shows: of each operation, the sample of its first example in each language. */
const firstSamples = contract.operations.flatMap((operation) => {
  const samples = samplesOf(operation, contract, sdkName());
  return sampleLanguages.flatMap((one) => samples.find(({ language }) => language === one) ?? []);
});

const tags = [...new Set(contract.operations.map(({ tag }) => tag))];

/** Text without white space, which depends on the browser's layout. */
const dense = (text: string) => text.replace(/\s|\u200b/g, '');

/** Reports every element as visible, because the page renders a section only when it is scrolled near. */
const everythingIsVisible = `globalThis.IntersectionObserver = class {
  constructor(callback) { this.callback = callback; }
  observe(target) { setTimeout(() => this.callback([{ isIntersecting: true, target }], this), 0); }
  unobserve() {}
  disconnect() {}
}`;

/** Of each block of code with buttons, whether one of them reaches into its first line. */
const coveredLines = `[...document.querySelectorAll('.code-block-header')].map((header) => {
  const code = header.parentElement.querySelector('pre');
  const firstLine = code.getBoundingClientRect().top + parseFloat(getComputedStyle(code).paddingTop);
  return [...header.querySelectorAll('button')].some((button) => button.getBoundingClientRect().bottom > firstLine);
})`;

/** Words in headings that are broken across two lines. */
const brokenWords = `[...document.querySelectorAll('h1, h2')].flatMap(({ childNodes }) =>
  [...childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).flatMap((text) =>
    [...text.data.matchAll(/[^ -]+/g)].filter(({ 0: word, index }) => {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
    }).map(([word]) => word),
  ),
)`;

describe('the interactive reference', () => {
  let browser: Browser;
  let server: Listening;
  let url: string;
  let docs: BuiltDocs;
  let whole: Page;
  const requested: string[] = [];
  const consoleMessages: string[] = [];
  beforeAll(async () => {
    const launched = chromium.launch({ executablePath: findChromium() ?? '', args: [...chromiumFlags] });
    [browser, docs] = await Promise.all([launched, buildDocs()]);
    server = await serveDocs(docs);
    url = `${server.url}/published/reference.html`;
    whole = await openWhole({});
  });
  afterAll(async () => {
    await (browser as Browser | undefined)?.close();
    await server.close();
    await docs.remove();
  });

  /** Opens the page with all sections rendered. */
  async function openWhole({
    colorScheme = 'light',
    width = 1440,
  }: {
    colorScheme?: 'light' | 'dark';
    width?: number;
  }): Promise<Page> {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
    page.on('request', (request) => void (/^(data|blob):/.test(request.url()) || requested.push(request.url())));
    page.on('console', (message) => void (message.type() === 'info' || consoleMessages.push(message.text())));
    page.on('pageerror', ({ message }) => void consoleMessages.push(message));
    await page.addInitScript(everythingIsVisible);
    await page.goto(url);
    await page.addStyleTag({ content: '* { content-visibility: visible !important }' });
    await show(page, 'Events');
    return page;
  }

  /** Navigates to the operations of a tag; the page shows one tag at a time. */
  async function show(page: Page, tag: string): Promise<void> {
    const ofTag = contract.operations.filter((operation) => operation.tag === tag);
    await page.evaluate(`location.hash = '/${tag}/${ofTag[0]?.operationId}'.toLowerCase()`);
    for (const { summary } of ofTag)
      await page.getByRole('heading', { name: new RegExp(`\\b${summary}\\b`) }).waitFor();
    await page.waitForFunction(`document.querySelectorAll('.panel-request-samples').length === ${ofTag.length}`);
  }

  const textShown = async () => dense(await whole.locator('#redoc').innerText());

  it('contains every guide, and no broken links', async () => {
    expect(await whole.getByRole('link').allTextContents()).toEqual(
      expect.arrayContaining(guides.map(({ title }) => title)),
    );
    const targets = await whole
      .locator('a[href]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    const files = targets.filter((target) => !/^(https:|#)/.test(target) && !target.startsWith('/'));
    expect(files).toEqual(
      expect.arrayContaining([
        ...['index.html', 'openapi.json', 'openapi.yaml'],
        ...guides.map(({ name }) => `guides/${name}.html`),
      ]),
    );
    expect(files.filter((file) => !existsSync(join(docs.folder, file.replace(/#.*/, ''))))).toEqual([]);
  });

  it.each(['Authentication', 'Pagination', 'Idempotency', 'Rate limits', 'When to retry'])(
    'finds the guide about %s by its search',
    async (heading) => {
      const page = await browser.newPage();
      await page.goto(url);
      await page.getByText('Search Ctrl+K').waitFor();
      await page.keyboard.press('Control+k');
      await page.keyboard.type(heading.toLowerCase());
      await page.getByTestId('search-dialog').getByText(heading, { exact: true }).first().click();
      await page.getByRole('heading', { name: heading }).first().waitFor();
      await page.close();
    },
  );

  it('shows SDK samples of every operation by default, and those in other languages when selected', async () => {
    const labels = sampleLanguages.map(({ label }) => label);
    for (const [index, label] of labels.entries()) {
      let shown = '';
      for (const tag of tags) {
        await show(whole, tag);
        shown += await textShown();
      }
      const sources = firstSamples
        .filter(({ language }) => language.label === label)
        .map(({ source }) => dense(source));
      expect(sources).toHaveLength(contract.operations.length);
      expect(sources.filter((source) => !shown.includes(source))).toEqual([]);
      const next = labels[index + 1];
      await whole.getByRole('button', { name: label, exact: true }).first().click();
      const offered = await whole.getByRole('menuitem').allTextContents();
      expect(offered.filter((one) => one !== 'Payload')).toEqual(labels);
      await whole.getByRole('menuitem', { name: next ?? 'SDK', exact: true }).click();
    }
  });

  /** Chooses an item of a menu in a panel. */
  async function choose(panel: Locator, current: string, next: string): Promise<void> {
    await panel.getByRole('button', { name: current, exact: true }).click();
    await whole.getByRole('menuitem', { name: next, exact: true }).click();
  }
  const panelOf = ({ tag, operationId }: DocumentedOperation, kind: 'request' | 'response') =>
    whole.locator(`[id="${`${tag}/${operationId}`.toLowerCase()}"] .panel-${kind}-samples`);

  /** Redoc draws a choice some frames later, so the code may still be that of the choice before. */
  async function expectCode(panel: Locator, expected: string): Promise<void> {
    const read = async () => dense(await panel.getByTestId('source-code').innerText());
    const end = Date.now() + 5000;
    while ((await read()) !== expected && Date.now() < end) await whole.waitForTimeout(50);
    expect(await read()).toBe(expected);
  }

  it.each(contract.operations.filter(({ examples }) => examples.length > 1))(
    'shows the sample of the example of $operationId that is chosen, in every language, and its body',
    async (operation) => {
      await show(whole, operation.tag);
      const samples = samplesOf(operation, contract, sdkName());
      const panel = panelOf(operation, 'request');
      let [current = ''] = operation.examples.map(({ summary }) => summary);
      let label = 'SDK';
      for (const next of [...sampleLanguages.map((language) => language.label), 'Payload', 'SDK']) {
        if (next !== label) await choose(panel, label, next);
        label = next;
        for (const { summary, value } of operation.examples) {
          if (summary !== current) await choose(panel, current, summary);
          current = summary;
          const sample = samples.find(({ language, example }) => language.label === label && example === summary);
          await expectCode(panel, dense(sample?.source ?? JSON.stringify(value)));
        }
      }
    },
  );

  it('shows the example of a response that is chosen', async () => {
    const [operation] = contract.operations.filter(({ operationId }) => operationId === 'getEvent');
    if (operation === undefined) throw new Error('getEvent is missing');
    await show(whole, operation.tag);
    const panel = panelOf(operation, 'response');
    const content = asObject(asObject(operation.responses['200']?.['content'])['application/json']);
    const examples = Object.values(asObject(content['examples'])).map(asObject);
    expect(examples.length).toBeGreaterThan(2);
    let [current = ''] = examples.map(({ summary }) => textOf(summary));
    for (const { summary, value } of examples) {
      if (summary !== current) await choose(panel, current, textOf(summary));
      current = textOf(summary);
      await expectCode(panel, dense(JSON.stringify(value)));
    }
  });

  it('shows the meaning of a field before its regular expression', async () => {
    await show(whole, 'Events');
    const shown = await whole.locator('[id="events/createevent"] .schema-property-item').allInnerTexts();
    const name = shown.find((text) => /^\s*imageUrl/.test(text)) ?? '';
    expect(name).toMatch(/^[^^]*HTTPS URL of an image[^^]*Pattern: \^https/);
  });

  it('does not cover the first line of code by its buttons', async () => {
    await show(whole, 'Events');
    const overlaps = await whole.evaluate<boolean[]>(coveredLines);
    expect(overlaps.length).toBeGreaterThan(10);
    expect(overlaps.filter(Boolean)).toEqual([]);
  });

  it('shows an array parameter as a query that the API accepts', async () => {
    await show(whole, 'Events');
    expect((await textShown()).match(/status=draft&[&\w=]*/g)).toEqual(['status=draft&status=published']);
  });

  it('names the scheme of a token', async () => {
    await show(whole, 'Events');
    await whole.getByText('View security details').first().click();
    const label = whole.getByText('HTTP Authorization Scheme');
    expect(dense(await label.locator('..').innerText())).toBe('HTTPAuthorizationSchemebearer');
    await whole.keyboard.press('Escape');
    await label.waitFor({ state: 'detached' });
  });

  it('has links that also work when opened in another tab', async () => {
    const link = whole.getByRole('link', { name: 'Errors', exact: true }).first();
    await link.hover();
    expect(await link.getAttribute('href')).toBe('#/guide-errors');
  });

  it('meets WCAG 2.2 AA', async () => {
    for (const tag of tags) {
      await show(whole, tag);
      expect(
        await violations(whole, { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }),
      ).toEqual([]);
    }
  });

  it('meets the contrast of WCAG 2.2 AA after switching to dark mode', async () => {
    await whole.emulateMedia({ colorScheme: 'dark' });
    await whole.waitForFunction(`getComputedStyle(document.body).backgroundColor !== 'rgb(255, 255, 255)'`);
    expect(await violations(whole, { type: 'rule', values: ['color-contrast'] })).toEqual([]);
    await whole.emulateMedia({ colorScheme: 'light' });
  });

  it('fits the width of a phone, and opens in dark mode if preferred', async () => {
    const phone = await openWhole({ width: 390, colorScheme: 'dark' });
    expect(await phone.evaluate('getComputedStyle(document.body).backgroundColor')).not.toBe('rgb(255, 255, 255)');
    expect(await phone.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(await phone.evaluate(brokenWords)).toEqual([]);
    await phone.close();
  });

  it('does not break words of headings on a small screen', async () => {
    await whole.setViewportSize({ width: 1280, height: 900 });
    expect(await whole.evaluate(brokenWords)).toEqual([]);
    await whole.setViewportSize({ width: 1440, height: 900 });
  });

  it('makes no other requests and logs no messages during all these tests', () => {
    expect({ requested: [...new Set(requested)], consoleMessages }).toEqual({ requested: [url], consoleMessages: [] });
    expect(requested).toHaveLength(2);
  });
});
