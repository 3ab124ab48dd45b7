/** The page from which requests are sent: on the local stack, for a deployment, and without one. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { readDocumentedContract, textOf } from '../../scripts/docs/contract.ts';
import { renderTryPage } from '../../scripts/docs/try/page.ts';
import { signInEndpoints } from '../../scripts/docs/try/settings.ts';
import { chromiumFlags, findChromium } from '../../scripts/quality/chromium.ts';
import { localClientId } from '../../scripts/stack/identity/users.ts';
import type { Listening } from '../../scripts/stack/listen.ts';
import { type Stack, startStack } from '../../scripts/stack/stack.ts';
import { createLogger } from '../../src/lib/log.ts';
import { asObject } from '../../src/openapi/document.ts';
import { violations } from '../support/axe.ts';
import { buildDocs, type BuiltDocs, serveDocs } from '../support/docs.ts';

const contract = readDocumentedContract();
const createEvent = contract.operations.find(({ operationId }) => operationId === 'createEvent');
const examples = Object.values(asObject(createEvent?.requestBody?.content['application/json']?.['examples']));
const titles = examples.map((example) => textOf(asObject(example)['summary']));

let browser: Browser;
let docs: BuiltDocs;
let server: Listening;
let stack: Stack;
beforeAll(async () => {
  const launched = chromium.launch({ executablePath: findChromium() ?? '', args: [...chromiumFlags] });
  [browser, docs] = await Promise.all([launched, buildDocs()]);
  server = await serveDocs(docs);
  const log = createLogger({ write: () => {} });
  stack = await startStack(log, { CORS_ORIGINS: server.url }, docs.folder);
});
afterAll(async () => {
  await (browser as Browser | undefined)?.close();
  await server.close();
  await stack.stop();
  await docs.remove();
});

/** Opens a page, uses it, and closes it. Fails on a message in the console, and on a request to a host that is not expected. */
async function on(
  url: string,
  use: (page: Page) => Promise<void>,
  options: BrowserContextOptions & { refused?: number } = {},
): Promise<void> {
  const { refused, ...rest } = options;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...rest });
  const hosts = new Set<string>();
  const messages: string[] = [];
  context.on(
    'request',
    (request) => void (request.url().startsWith('data:') || hosts.add(new URL(request.url()).origin)),
  );
  context.on('console', (message) => void (/^(error|warning)$/.test(message.type()) && messages.push(message.text())));
  context.on('weberror', (error) => void messages.push(error.error().message));
  const page = await context.newPage();
  await page.goto(url);
  await use(page);
  await context.close();
  const known = [new URL(url).origin, stack.url, stack.issuer];
  expect([...hosts].filter((host) => !known.includes(host))).toEqual([]);
  // Chromium reports each response with an error.
  expect(messages.filter((text) => refused === undefined || !text.includes(`status of ${refused} `))).toEqual([]);
}

async function signIn(page: Page, user: string): Promise<void> {
  await page.getByRole('button', { name: 'Authorize', exact: true }).click();
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: 'Authorize: signIn' }).click();
  const popup = await opened;
  const closed = popup.waitForEvent('close');
  await popup.getByRole('link', { name: new RegExp(`^${user}`) }).click();
  await closed;
  await page.getByRole('button', { name: 'Logout: signIn' }).waitFor();
  await page.getByRole('button', { name: 'Close the list' }).click();
}

const operation = (page: Page, id: string) => page.locator(`[id$="-${id}"].opblock`);

/** Sends the request of an operation. Returns its status, its body and its headers, as the page shows them. */
async function execute(page: Page, id: string) {
  const block = operation(page, id);
  await block.getByRole('button', { name: 'Execute' }).click();
  const response = block.locator('.live-responses-table .response');
  await response.locator('.headerline, .microlight').first().waitFor();
  const status = Number(
    await response
      .locator('.response-col_status')
      .innerText()
      .then((text) => /\d+/.exec(text)?.[0]),
  );
  const [body = '', headers = ''] = await response.locator('.microlight').allInnerTexts();
  return { status, body: JSON.parse(body) as Record<string, unknown>, headers };
}

const local = (hash = '') => `${stack.url}/docs/try.html${hash}`;

describe('the try-it page of the local stack', () => {
  it('signs in, creates an event from an example, and publishes it', () =>
    on(local('#/Events/createEvent'), async (page) => {
      await signIn(page, 'organizer');
      const block = operation(page, 'createEvent');
      expect(await block.getByLabel('Example').locator('option').allInnerTexts()).toEqual(titles);
      const last = examples.length - 1;
      await block.getByLabel('Example').selectOption({ label: titles[last] ?? '' });
      expect(JSON.parse(await block.getByLabel('Request body').inputValue())).toEqual(
        asObject(examples[last])['value'],
      );
      await block.getByLabel('Example').selectOption({ label: titles[0] ?? '' });
      const created = await execute(page, 'createEvent');
      expect(created).toMatchObject({ status: 201, body: { status: 'draft' } });
      expect(created.headers).toContain(`location: /events/${textOf(created.body['eventId'])}`);
      expect(await block.locator('.curl').innerText()).toMatch(/^curl -X 'POST'[^]+'Authorization: Bearer eyJ/);

      await page.getByRole('button', { name: /Publish an event/ }).click();
      expect(await operation(page, 'publishEvent').getByRole('textbox', { name: 'eventId' }).inputValue()).toBe(
        created.body['eventId'],
      );
      expect(await execute(page, 'publishEvent')).toMatchObject({ status: 200, body: { status: 'published' } });
    }));

  it('shows what is wrong with a request', () =>
    on(
      local('#/Events/createEvent'),
      async (page) => {
        await signIn(page, 'organizer');
        await operation(page, 'createEvent').getByLabel('Request body').fill('{ "name": 1 }');
        const refused = await execute(page, 'createEvent');
        expect(refused).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
        expect(refused.headers).toContain('content-type: application/problem+json');
      },
      { refused: 400 },
    ));

  it('leaves the parameters of a list empty at first', () =>
    on(local('#/Events/listEvents'), async (page) => {
      await signIn(page, 'attendee');
      expect(await execute(page, 'listEvents')).toMatchObject({ status: 200 });
      expect(await operation(page, 'listEvents').locator('.request-url').innerText()).toMatch(/\/events$/m);
    }));

  it.each(['light', 'dark'] as const)('meets WCAG 2.2 AA in %s mode', (colorScheme) =>
    on(
      local('#/Events/createEvent'),
      async (page) => {
        await signIn(page, 'organizer');
        await execute(page, 'createEvent');
        const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
        expect(await violations(page, { type: 'tag', values: rules })).toEqual([]);
        await page.getByRole('button', { name: 'Authorize', exact: true }).click();
        expect(await violations(page, { type: 'tag', values: rules })).toEqual([]);
      },
      { colorScheme },
    ),
  );
});

describe('the try-it page of a deployment', () => {
  it('signs in at the issuer and calls the API, both on other hosts', async () => {
    const settings = { apiUrl: stack.url, clientId: localClientId, ...(await signInEndpoints(stack.issuer)) };
    writeFileSync(join(docs.folder, 'deployed.html'), renderTryPage(contract.title, settings));
    await on(`${server.url}/published/deployed.html#/Events/createEvent`, async (page) => {
      expect(await page.locator('#page > p').innerText()).toContain(stack.url);
      await signIn(page, 'organizer');
      expect(await execute(page, 'createEvent')).toMatchObject({ status: 201 });
    });
  });
});

describe('the try-it page without a deployment', () => {
  it('leads to the same operation on the local stack, and loads nothing else', () =>
    on(`${server.url}/published/try.html#/Events/createEvent`, async (page) => {
      const link = page.getByRole('main').getByRole('link');
      expect(await link.getAttribute('href')).toBe(`${contract.server}/docs/try.html#/Events/createEvent`);
      expect(await page.getByRole('button').count()).toBe(0);
      expect(await violations(page, { type: 'tag', values: ['wcag2a', 'wcag2aa', 'best-practice'] })).toEqual([]);
    }));
});
