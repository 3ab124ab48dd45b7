/** Follows the guide for React in Chromium: its files with the client as it is now, the local stack, and the sign-in there. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { createEventsClient, type EventsClient } from '../../client/src/index.ts';
import { readEntries } from '../../scripts/client/entries.ts';
import { filesOf } from '../../scripts/client/guides.ts';
import { readDocumentedContract } from '../../scripts/docs/contract.ts';
import { readGuides } from '../../scripts/docs/guides.ts';
import { chromiumFlags, findChromium } from '../../scripts/quality/chromium.ts';
import { listen, type Listening } from '../../scripts/stack/listen.ts';
import { loadSamples } from '../../scripts/stack/samples.ts';
import { startStack, type Stack } from '../../scripts/stack/stack.ts';
import { violations } from '../support/axe.ts';

const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>my-events</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/main.css"></head>
<body><div id="root"></div><script type="module" src="/main.js"></script></body>
</html>`;

/** Bundles the page of the guide, as Vite does. Returns the folder of the bundle. */
async function bundle(folder: string, { url, issuer }: Stack): Promise<string> {
  for (const { path, code } of filesOf(readGuides(readDocumentedContract()), ['react'])) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), code);
  }
  const env = { VITE_API: url, VITE_ISSUER: issuer, VITE_CLIENT_ID: undefined };
  const defined = Object.entries(env).map(([name, value]) => [
    `import.meta.env.${name}`,
    String(JSON.stringify(value)),
  ]);
  await build({
    entryPoints: [join(folder, 'src/main.tsx')],
    outdir: join(folder, 'dist'),
    alias: Object.fromEntries(readEntries().map(({ specifier, source }) => [specifier, source])),
    define: Object.fromEntries(defined) as Record<string, string>,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    logLevel: 'silent',
  });
  return join(folder, 'dist');
}

describe('the page of the guide for React', () => {
  let browser: Browser;
  let server: Listening;
  let stack: Stack;
  let api: EventsClient;
  let folder: string;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    mkdirSync('build', { recursive: true });
    folder = mkdtempSync(join('build', 'guide-'));
    server = await listen(({ url: path = '/' }, response) => {
      const file = /^\/(main\.(?:js|css))$/.exec(path)?.[1];
      const type = path.endsWith('.css') ? 'text/css' : 'text/javascript';
      if (file === undefined) response.setHeader('Content-Type', 'text/html').end(html);
      else response.setHeader('Content-Type', type).end(readFileSync(join(folder, 'dist', file)));
    });
    stack = await startStack({ info: () => {}, error: () => {} }, { CORS_ORIGINS: server.url });
    await loadSamples({ apiUrl: stack.url, issuer: stack.issuer, now: new Date() });
    await bundle(folder, stack);
    api = createEventsClient({ baseUrl: stack.url, token: stack.tokens.organizer });
    browser = await chromium.launch({ executablePath: findChromium() ?? '', args: [...chromiumFlags] });
    page = await browser.newPage({ locale: 'en-GB', timezoneId: 'Europe/Berlin' });
    page.on('pageerror', ({ message }) => void errors.push(message));
    page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
  });
  afterAll(async () => {
    await (browser as Browser | undefined)?.close();
    await Promise.all([server.close(), stack.stop()]);
    rmSync(folder, { recursive: true });
  });

  const button = (name: string) => page.getByRole('button', { name });
  const accessible = () => violations(page, { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag22aa'] });

  it('signs in, and shows more events on request', async () => {
    await page.goto(server.url);
    await button('Sign in').click();
    await page.getByRole('link', { name: /^organizer/ }).click();
    await page.getByRole('listitem').first().waitFor();
    expect(page.url()).toBe(`${server.url}/`);
    const before = await page.getByRole('listitem').count();
    await button('Show more').click();
    await page.getByRole('listitem').nth(before).waitFor();
    expect(await accessible()).toEqual([]);
  });

  it('shows errors beside the fields, then creates and publishes an event', async () => {
    await button('New event').click();
    await page.getByLabel('Starts').fill('2030-06-21T20:00');
    await page.getByLabel('Ends').fill('2030-06-21T19:00');
    await button('Create').click();
    await page.getByText('The event must end after it starts.').waitFor();
    await page.getByText('Please fill this in.').waitFor();
    expect(await accessible()).toEqual([]);
    await page.getByLabel('Name').fill('Riverside Jazz Night');
    await page.getByLabel('Ends').fill('2030-06-21T23:00');
    await page.getByLabel('Venue').fill('Harbour Stage');
    await button('Create').click();
    await page.getByText('Please fill this in.').waitFor();
    await page.getByLabel('Address').fill('Uferstraße 12, 10115 Berlin');
    await button('Create').click();
    await button('Publish').click();
    await page.getByText(/^published, Friday,? 21 June 2030/).waitFor();
  });

  it('shows the change of somebody else, and keeps the own one only on request', async () => {
    const [event] = await api
      .listEvents({ organizerId: 'me', q: 'Riverside', startsFrom: '2030-06-21T00:00:00Z' })
      .toArray({ max: 1 });
    if (event === undefined) throw new Error('The event was not created.');
    await api.updateEvent(event.eventId, { name: 'Changed elsewhere' });
    await page.getByLabel('New name').fill('Mine');
    await button('Save').click();
    await page.getByText('it is now “Changed elsewhere”').waitFor();
    expect((await api.getEvent(event)).name).toBe('Changed elsewhere');
    await button('Keep my change').click();
    // The page shows the change before it is stored.
    const stored = page.waitForResponse((response) => response.request().method() === 'PATCH' && response.ok());
    await button('Save').click();
    await page.getByRole('heading', { name: 'Mine' }).waitFor();
    await stored;
    expect((await api.getEvent(event)).name).toBe('Mine');
  });

  it('keeps the user over a reload, and signs out', async () => {
    await page.reload();
    await page.getByRole('listitem').first().waitFor();
    await button('Sign out').click();
    await button('Sign in').waitFor();
    // A conflict is an error to the console of the browser.
    expect(errors.filter((text) => !text.includes('412'))).toEqual([]);
  });
});
