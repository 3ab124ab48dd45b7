/** A new version of the pages that is deployed while an old one is open, and kept by the service worker. */
import type { Page } from 'playwright-core';
import { openPage, signIn } from '../browser.ts';
import { createDeployment } from '../deployment.ts';
import { eventWith, venue } from '../stack.ts';

const deployment = createDeployment();
const { stack, browser } = openPage({ folder: deployment.folder });
beforeEach(() => deployment.deploy('v1'));
afterAll(() => deployment.remove());

/** The versions of all files that the page has loaded since its start. */
const versions = (page: Page) =>
  page.evaluate(() => {
    const names = performance.getEntriesByType('resource').map(({ name }) => name);
    return [...new Set(names.flatMap((name) => /\.(v\d)\.(?:js|css)$/.exec(name)?.[1] ?? []))];
  });
/** The versions that the device keeps, and whether the last of them has taken over. */
const device = (page: Page) =>
  page.evaluate(async () => {
    // The cache first: a version that has one is being installed, or has taken over.
    const kept = (await caches.keys()).map((name) => / (v\d)-/.exec(name)?.[1]);
    const { active, installing, waiting } = await navigator.serviceWorker.ready;
    return { kept, isReady: !installing && !waiting && active?.state === 'activated' };
  });
const kept = async (page: Page) => (await device(page)).kept;

async function isKept(page: Page, version: string): Promise<void> {
  for (let state = await device(page); state.kept.at(-1) !== version || !state.isReady;) state = await device(page);
}
/** Opens the page for the first time on a device, which then keeps it. */
async function open(at = ''): Promise<Page> {
  const page = await browser.visit(stack, { at, ownDevice: true });
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  return page;
}
/** Deploys a version, and waits until an open page keeps it, as it does from the next visit on. */
async function update(page: Page, version: string): Promise<void> {
  deployment.deploy(version);
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await isKept(page, version);
}
async function show(page: Page, hash: string, heading: string): Promise<void> {
  await page.evaluate((at) => (location.hash = at), hash);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}
async function reload(page: Page): Promise<void> {
  await page.reload();
  await page.getByRole('button', { name: 'Sign in' }).first().waitFor();
}

describe('a new version', () => {
  it('leaves an open page as it is, also what it loads later, and is there after a reload', async () => {
    const page = await open();
    await update(page, 'v2');
    await show(page, '#/new', 'New event');
    await show(page, '#/calendars', 'Calendar feeds');
    expect(await versions(page)).toEqual(['v1']);
    expect(await kept(page)).toEqual(['v1', 'v2']);
    await reload(page);
    expect(await versions(page)).toEqual(['v2']);
    await signIn(page, 'organizer');
    await show(page, '#/new', 'New event');
    expect(await versions(page)).toEqual(['v2']);
  });

  it('is there after a reload before the device keeps it, and until then the old one without a network', async () => {
    const page = await open();
    deployment.deploy('v2');
    await page.context().setOffline(true);
    await reload(page);
    expect(await versions(page)).toEqual(['v1']);
    await page.context().setOffline(false);
    await reload(page);
    expect(await versions(page)).toEqual(['v2']);
    await isKept(page, 'v2');
    await page.context().setOffline(true);
    await reload(page);
    expect(await versions(page)).toEqual(['v2']);
  });

  it('takes the place of the one before the last, and a page that is that old says that it must be reloaded', async () => {
    const page = await open();
    await update(page, 'v2');
    await update(page, 'v3');
    expect(await kept(page)).toEqual(['v2', 'v3']);
    await page.evaluate(() => (location.hash = '#/new'));
    await page.getByRole('alert').filter({ hasText: 'reload the page' }).waitFor();
    await reload(page);
    await signIn(page, 'organizer');
    await page.getByRole('heading', { level: 1, name: 'New event' }).waitFor();
    expect(await versions(page)).toEqual(['v3']);
  });

  it('may be an old one again, and is then the last one', async () => {
    const page = await open();
    await update(page, 'v2');
    await update(page, 'v1');
    await reload(page);
    expect(await versions(page)).toEqual(['v1']);
    await signIn(page, 'organizer');
    await update(page, 'v3');
    expect(await kept(page)).toEqual(['v1', 'v3']);
    await show(page, '#/new', 'New event');
    expect(await versions(page)).toEqual(['v1']);
  });

  it('has the scans that the old one could not send', async () => {
    const api = stack.as('organizer');
    const { eventId } = await api.publishEvent(await api.createEvent(eventWith({ location: venue })));
    await api.createRegistration(eventId, { name: 'Mira Novak' });
    const page = await open(`#/events/${eventId}/check-in`);
    const status = (text: string) => page.locator('.door-status').filter({ hasText: text }).waitFor();
    await status('Online');
    await page.context().setOffline(true);
    await page.getByLabel('Name, number or code').fill('1');
    await page.keyboard.press('Enter');
    await status('1 scan not sent yet');
    // A reload signs out, so nothing is sent.
    await reload(page);
    deployment.deploy('v2');
    await page.context().setOffline(false);
    await reload(page);
    expect(await versions(page)).toEqual(['v2']);
    await status('1 scan not sent yet');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByRole('link', { name: /^organizer/ }).click();
    await status('Everything is sent');
    expect((await api.getEvent(eventId)).checkedInCount).toBe(1);
  });
});
