/** Opens the page in headless Chromium. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumFlags, findChromium } from '../../../../scripts/quality/chromium.ts';
import type { LocalUser } from '../../../../scripts/stack/identity/users.ts';
import { type Issuer, type Stack, startStack } from './stack.ts';

/** The user, address and browser settings of a visit. */
interface Visit {
  readonly user?: LocalUser | 'signed-out';
  /** The fragment of the address, such as `#/new`. */
  readonly at?: string;
  readonly dark?: boolean;
  readonly width?: number;
  readonly timeZone?: string;
  readonly locale?: string;
  /** Whether it is a device of its own, with service worker, camera and database, which the test may disconnect. The others keep no page. */
  readonly ownDevice?: boolean;
}

/** The browser, as tests use it. */
interface TestBrowser {
  /** Opens the page as a new visitor, by default signed in as the organizer. */
  visit(stack: Pick<Stack, 'page'>, visit?: Visit): Promise<Page>;
  /** Returns the script errors so far, for a test that expects some. */
  takeErrors(): string[];
  /**
   * Ends all visits; called after each test.
   *
   * @throws Error if a visit caused a script error, violated the page's policy, or sent a request to another machine
   */
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** A fictitious host of pictures: the browser receives the picture below for every address except those that contain `missing`. */
export const pictures = 'https://pictures.example.com';
const picture =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 1"><rect width="3" height="1" fill="#0f5c4a"/><circle cx="1.5" cy=".5" r=".3" fill="#f0cf84"/></svg>';

/** A tab with its browser settings (`settings`, as JSON) and the address at which it was last opened. */
interface Tab {
  readonly settings: string;
  readonly page: Page;
  readonly home: string;
}

const isDevice = ({ settings }: Tab) => (JSON.parse(settings) as Visit).ownDevice === true;

/** Resets a used tab, because opening a new one takes twice as long as the visit itself. */
async function reset({ page, home }: Tab): Promise<void> {
  await page.unrouteAll();
  page.removeAllListeners('request');
  await page.context().clearCookies();
  // Opens a file of the same origin to clear the storage of the last visit.
  await page.goto(new URL('config.json', home).href);
  await page.evaluate(() => [localStorage, sessionStorage].forEach((storage) => storage.clear()));
}

/** Starts the browser with a temporary profile. */
async function openBrowser(flags: readonly string[]): Promise<TestBrowser> {
  const browser: Browser = await chromium.launch({
    executablePath: findChromium() ?? '',
    args: [...chromiumFlags, ...flags],
  });
  const violations: string[] = [];
  let [used, free]: [Tab[], Tab[]] = [[], []];

  async function openTab({
    dark = false,
    width = 1_000,
    timeZone = 'America/New_York',
    locale = 'en-GB',
    ownDevice = false,
  }: Visit): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      colorScheme: dark ? 'dark' : 'light',
      timezoneId: timeZone,
      locale,
      // Requests that a service worker responds to cannot be changed by a test.
      serviceWorkers: ownDevice ? 'allow' : 'block',
    });
    context.setDefaultTimeout(20_000);
    await context.route(`${pictures}/**`, (route) =>
      route.request().url().includes('missing')
        ? route.abort()
        : route.fulfill({ contentType: 'image/svg+xml', body: picture }),
    );
    context.on('weberror', (error) => violations.push(error.error().message));
    context.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) violations.push(message.text());
    });
    context.on('request', (request) => {
      const { origin, hostname } = new URL(request.url());
      if (hostname !== '127.0.0.1' && origin !== pictures) violations.push(`request to ${request.url()}`);
      if (origin === pictures && request.headers()['referer'] !== undefined)
        violations.push(`request to ${request.url()} with a referrer`);
    });
    return context.newPage();
  }

  return {
    takeErrors: () => violations.splice(0),
    async leave() {
      const [devices, tabs] = [used.filter(isDevice), used.filter((tab) => !isDevice(tab))];
      await Promise.all([...devices.map(({ page }) => page.context().close()), ...tabs.map(reset)]);
      [used, free] = [[], [...tabs, ...free]];
      if (violations.length > 0) throw new Error(violations.splice(0).join('\n'));
    },
    async visit({ page: home }, { user = 'organizer', at = '', ...visit } = {}) {
      const settings = JSON.stringify(visit);
      const found = free.find((tab) => tab.settings === settings);
      const page = found?.page ?? (await openTab(visit));
      free = free.filter((tab) => tab !== found);
      used.push({ settings, page, home });
      await page.goto(`${home}${at}`);
      if (user !== 'signed-out') await signIn(page, user);
      return page;
    },
    close: () => browser.close(),
  };
}

interface PageOptions {
  /** Starts another token issuer than the local one. */
  readonly startIssuer?: () => Promise<Issuer>;
  /** Flags for the browser, in addition to those of all tests. */
  readonly flags?: readonly string[];
  /** The folder of the built pages. */
  readonly folder?: string;
}

/** Starts the stack and the browser before the first test of a file, and stops them after the last one. The returned objects are empty until then. */
export function openPage({ startIssuer, flags = [], folder }: PageOptions = {}): {
  readonly stack: Stack;
  readonly browser: TestBrowser;
} {
  const [stack, browser] = [{} as Stack, {} as TestBrowser];
  beforeAll(async () => {
    const [started, opened] = await Promise.all([startStack(await startIssuer?.(), folder), openBrowser(flags)]);
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

/** Signs in: from the welcome page to the issuer, which lists the users, and back. */
export async function signIn(page: Page, user: LocalUser): Promise<void> {
  await page
    .getByRole('button', { name: /^(Sign in|Einloggen)$/ })
    .first()
    .click();
  await page.getByRole('link', { name: new RegExp(`^${user}`) }).click();
  await page.getByRole('button', { name: /^(Sign out|Ausloggen)$/ }).waitFor();
}

/** Matches the address of list requests, with any query. */
export const listAddress = /\/events(\?|$)/;

/** Resolves when the API has returned a list; call it before the action that requests the list. */
export function listServed(page: Page): Promise<unknown> {
  return page.waitForResponse((response) => listAddress.test(response.url()) && response.status() === 200);
}

/** Chooses an action of an event from the menu. */
export async function choose(page: Page, action: string): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

/** Fills in the required fields of a new event. */
export async function fillNew(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Starts').fill('2030-06-21T20:00');
  await page.getByLabel('Ends').fill('2030-06-22T00:00');
  await page.getByLabel('Time zone').fill('Europe/Berlin');
  await page.keyboard.press('Enter');
}

/** The id of the event that the page shows. */
export function shownId(page: Page): string {
  return page.url().split('/').at(-1) ?? '';
}

const axeSource = readFileSync(
  createRequire(join(process.cwd(), 'package.json')).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** Returns the violations that axe finds on the current page, one line each. */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const { violations, passes } = await page.evaluate<axe.AxeResults>(
    "axe.run(document, { resultTypes: ['violations'] })",
  );
  if (passes.length === 0) throw new Error('axe checked nothing');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
  );
}
