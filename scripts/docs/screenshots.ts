/**
 * Takes the pictures of the README, docs/images/, of the pages as they are built now, with the samples of the local stack.
 *
 *     tsx scripts/docs/screenshots.ts [folder]     docs/images, unless another one is named
 */
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { silentLog } from '../client/api.ts';
import { chromiumFlags, findChromium } from '../quality/chromium.ts';
import { loadSamples } from '../stack/samples.ts';
import { startStack } from '../stack/stack.ts';

const folder = process.argv[2] ?? 'docs/images';

interface Picture {
  readonly at: string;
  /** By default that of a laptop. */
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly pose: (page: Page) => Promise<unknown>;
}

/** Each picture by its name: the page, and what is done there until it shows what it should. */
const pictures: Readonly<Record<string, Picture>> = {
  docs: {
    at: '/docs/reference.html#/events/createevent',
    async pose(page) {
      await page.locator('.panel-request-samples').first().waitFor();
      await page.getByText('Search Ctrl+K').waitFor();
    },
  },
  example: {
    at: '/organizer/',
    async pose(page) {
      await page.getByRole('button', { name: 'Sign in' }).first().click();
      await page.getByRole('link', { name: /^organizer/ }).click();
      await page.getByRole('heading', { name: 'Riverside Jazz Night' }).waitFor();
    },
  },
  ticket: {
    at: '/attend/#/registrations',
    viewport: { width: 420, height: 880 },
    async pose(page) {
      await page.getByRole('button', { name: 'Sign in' }).first().click();
      await page.getByRole('link', { name: /^attendee/ }).click();
      await page.getByRole('link', { name: 'Riverside Jazz Night' }).click();
      await page.getByRole('img').waitFor();
    },
  },
};

async function take(browser: Browser, url: string): Promise<void> {
  for (const [name, { at, viewport = { width: 1280, height: 760 }, pose }] of Object.entries(pictures)) {
    const page = await browser.newPage({
      viewport,
      colorScheme: 'light',
      timezoneId: 'Europe/Berlin',
      locale: 'en-GB',
    });
    await page.goto(`${url}${at}`);
    await pose(page);
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
    await page.close();
    console.log(join(folder, `${name}.png`));
  }
}

async function main(): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('Chromium is missing: install it, or name it with CHROMIUM=<path>.');
  const stack = await startStack(silentLog);
  const browser = await chromium.launch({ executablePath, args: [...chromiumFlags] });
  try {
    await loadSamples({ apiUrl: stack.url, issuer: stack.issuer, now: new Date() });
    await take(browser, stack.url);
  } finally {
    await browser.close();
    await stack.stop();
  }
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
