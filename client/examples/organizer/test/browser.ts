/** A headless Chromium with the page in it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumFlags, findChromium } from '../../../../scripts/quality/chromium.ts';
import type { LocalUser } from '../../../../scripts/stack/identity/users.ts';
import { type Issuer, type Stack, startStack } from './stack.ts';

/** How a visitor looks at the page. */
interface Visit {
  readonly user?: LocalUser | 'signed-out';
  /** The part of the page, such as `#/new`. */
  readonly at?: string;
  readonly dark?: boolean;
  readonly width?: number;
  readonly timeZone?: string;
}

/** The browser, as tests use it. */
interface TestBrowser {
  /** Opens the page as a new visitor, signed in as the organizer where nothing else is said. */
  visit(stack: Stack, visit?: Visit): Promise<Page>;
  /**
   * Ends all visits, after each test.
   *
   * @throws Error if one of them caused a script error, a violation of the page's policy, or a request to another machine
   */
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** A host of pictures that there is not: the browser is given this one, and nothing for what is called missing. */
export const pictures = 'https://pictures.example.com';
const picture =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 1"><rect width="3" height="1" fill="#0f5c4a"/><circle cx="1.5" cy=".5" r=".3" fill="#f0cf84"/></svg>';

/** A tab, and the address at which it was last opened. */
interface Tab {
  readonly look: string;
  readonly page: Page;
  readonly home: string;
}

/** Makes a tab that was used like new: a new one costs twice as much as the visit itself. */
async function renew({ page, home }: Tab): Promise<void> {
  await page.unrouteAll();
  page.removeAllListeners('request');
  await page.context().clearCookies();
  // A file of the same origin, whose storage is cleared: what the last visit has left is gone before the next one begins.
  await page.goto(new URL('config.json', home).href);
  await page.evaluate(() => [localStorage, sessionStorage].forEach((storage) => storage.clear()));
}

/** Starts the browser, with a profile of its own that is thrown away. */
async function openBrowser(): Promise<TestBrowser> {
  const browser: Browser = await chromium.launch({ executablePath: findChromium() ?? '', args: [...chromiumFlags] });
  const offences: string[] = [];
  let [used, free]: [Tab[], Tab[]] = [[], []];

  async function openTab({ dark = false, width = 1_000, timeZone = 'America/New_York' }: Visit): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      colorScheme: dark ? 'dark' : 'light',
      timezoneId: timeZone,
      locale: 'en-GB',
    });
    context.setDefaultTimeout(20_000);
    await context.route(`${pictures}/**`, (route) =>
      route.request().url().includes('missing')
        ? route.abort()
        : route.fulfill({ contentType: 'image/svg+xml', body: picture }),
    );
    context.on('weberror', (error) => offences.push(error.error().message));
    context.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) offences.push(message.text());
    });
    context.on('request', (request) => {
      const { origin, hostname } = new URL(request.url());
      if (hostname !== '127.0.0.1' && origin !== pictures) offences.push(`request to ${request.url()}`);
      if (origin === pictures && request.headers()['referer'] !== undefined)
        offences.push(`${request.url()} is told where the visitor is`);
    });
    return context.newPage();
  }

  return {
    async leave() {
      await Promise.all(used.map(renew));
      [used, free] = [[], [...used, ...free]];
      if (offences.length > 0) throw new Error(offences.splice(0).join('\n'));
    },
    async visit({ page: home }, { user = 'organizer', at = '', ...visit } = {}) {
      const look = JSON.stringify(visit);
      const found = free.find((tab) => tab.look === look);
      const page = found?.page ?? (await openTab(visit));
      free = free.filter((tab) => tab !== found);
      used.push({ look, page, home });
      await page.goto(`${home}${at}`);
      if (user !== 'signed-out') await signIn(page, user);
      return page;
    },
    close: () => browser.close(),
  };
}

/**
 * The system with the page, and a browser to look at it: for all tests of a file, where they are there when its first one begins.
 *
 * @param startIssuer without it, the local issuer
 */
export function openPage(startIssuer?: () => Promise<Issuer>): {
  readonly stack: Stack;
  readonly browser: TestBrowser;
} {
  const [stack, browser] = [{} as Stack, {} as TestBrowser];
  beforeAll(async () => {
    const [started, opened] = await Promise.all([startStack(await startIssuer?.()), openBrowser()]);
    Object.assign(stack, started);
    Object.assign(browser, opened);
  });
  afterAll(async () => {
    await browser.close();
    await stack.stop();
  });
  afterEach(() => browser.leave());
  return { stack, browser };
}

/** From the page's welcome through the issuer's choice and back. */
export async function signIn(page: Page, user: LocalUser): Promise<void> {
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: new RegExp(`^${user}`) }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

/** The address of the requests for lists, with any query. */
export const listAddress = /\/events(\?|$)/;

/** Resolves when the API has served a list; to be called before what asks for it. */
export function listServed(page: Page): Promise<unknown> {
  return page.waitForResponse((response) => listAddress.test(response.url()) && response.status() === 200);
}

/** Fills in what a new event needs. */
export async function fillNew(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Starts').fill('2030-06-21T20:00');
  await page.getByLabel('Ends').fill('2030-06-22T00:00');
  await page.getByLabel('Time zone').fill('Europe/Berlin');
}

/** The id of the event that the page shows. */
export function shownId(page: Page): string {
  return page.url().split('/').at(-1) ?? '';
}

const axeSource = readFileSync(
  createRequire(join(process.cwd(), 'package.json')).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** What axe finds on the page as it is, one line each. */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const { violations, passes } = await page.evaluate<axe.AxeResults>(
    "axe.run(document, { resultTypes: ['violations'] })",
  );
  if (passes.length === 0) throw new Error('axe looked at nothing');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
  );
}
