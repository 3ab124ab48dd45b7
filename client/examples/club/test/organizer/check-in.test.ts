/** How people are checked in at the door: with the camera and without, with a network and without. */
import { mkdirSync } from 'node:fs';
import type { Page, Route } from 'playwright-core';
import type { Event as ApiEvent, EventCreate, EventsClient, Registration } from '../../../../src/index.ts';
import { findings, openPage, signIn } from '../browser.ts';
import { createFakeCamera } from '../fake-camera.ts';
import { eventWith, tokenRejected, venue } from '../stack.ts';

/** The folder for a screenshot of each view, for review by a person. */
const screenshots = 'build/example-pictures';

const camera = createFakeCamera();
const { stack, browser } = openPage({ flags: camera.allowingFlags });
beforeAll(() => void mkdirSync(screenshots, { recursive: true }));
afterAll(() => camera.remove());

const api = (): EventsClient => stack.as('organizer');
async function publish(names: readonly string[], changes: Partial<EventCreate> = {}) {
  const event = await api().publishEvent(await api().createEvent(eventWith({ location: venue, ...changes })));
  const guests: Registration[] = [];
  for (const name of names) guests.push(await api().createRegistration(event.eventId, { name }));
  return { event, guests, codes: guests.map(({ code = '' }) => code) };
}
const doorOf = ({ eventId }: ApiEvent) => `#/events/${eventId}/check-in`;
const result = (page: Page) => page.locator('.door-result');
const shows = (page: Page, ...texts: string[]) =>
  texts.reduce((found, hasText) => found.filter({ hasText }), result(page)).waitFor();
const status = (page: Page, text: string) => page.locator('.door-status').filter({ hasText: text }).waitFor();
const inside = (page: Page) => page.locator('.door-status dd').innerText();
const search = (page: Page) => page.getByLabel('Name, number or code');
const recent = (page: Page, name: string) => page.locator('.door-scans li').filter({ hasText: name });

/** Opens the door on a device of its own, and waits until the device can be disconnected. */
async function openDoor(event: ApiEvent, more = {}): Promise<Page> {
  const page = await browser.visit(stack, { at: doorOf(event), ownDevice: true, width: 390, ...more });
  await status(page, 'Online');
  await page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active?.state));
  return page;
}
/** Types a code, as a scanner that emulates a keyboard does. */
async function type(page: Page, text: string): Promise<void> {
  await search(page).fill(text);
  await search(page).press('Enter');
}
const disconnect = async (page: Page) => {
  await page.context().setOffline(true);
  await status(page, 'Offline');
};
const checkedIn = async ({ eventId }: ApiEvent) => (await api().getEvent(eventId)).checkedInCount ?? 0;
/** What the device keeps of the door: notes and databases. */
const kept = (page: Page) =>
  page.evaluate(async () => [
    Object.keys(localStorage).filter((key) => key.startsWith('check-in:')).length,
    (await indexedDB.databases()).length,
  ]);

describe('the camera', () => {
  async function switchTo(page: Page, text: string): Promise<void> {
    camera.show(text);
    await page.getByRole('button', { name: 'Stop the camera' }).click();
    await page.getByRole('button', { name: 'Start the camera' }).click();
  }

  it('checks a ticket in, once for as long as it is held before it', async () => {
    const { event, codes } = await publish(['Mira Novak']);
    camera.show(codes[0]);
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}`, ownDevice: true, width: 390 });
    await page.getByRole('link', { name: 'Check-in' }).click();
    await shows(page, 'Checked in', 'Mira Novak', 'Number 1', 'Riverside Jazz Night');
    // The same code is read again and again.
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 3);
    await shows(page, 'Checked in', 'Mira Novak');
    expect(await inside(page)).toBe('1 of 1');
    expect(await page.locator('.door-scans li').count()).toBe(1);
    expect(await checkedIn(event)).toBe(1);
    await page.screenshot({ path: `${screenshots}/door-camera.png` });
    await switchTo(page, codes[0] ?? '');
    await shows(page, 'Already checked in', 'on this device');
  });

  it('tells tickets for other events, unknown tickets and other codes apart', async () => {
    const { event, codes } = await publish(['Mira Novak']);
    const elsewhere = await publish(['Jonas Weber'], { name: 'Open Air' });
    camera.show('https://example.com/menu');
    const page = await openDoor(event);
    await shows(page, 'Not a ticket');
    await switchTo(page, elsewhere.codes[0] ?? '');
    await shows(page, 'Ticket for another event');
    await switchTo(page, `${codes[0]?.slice(0, -6)}aaaaaa`);
    await shows(page, 'Unknown ticket', 'No registration has this code');
    expect(await checkedIn(event)).toBe(0);
  });

  it('is not needed: the page says why it cannot be used, and people are checked in by name', async () => {
    const { event } = await publish(['Mira Nováková', 'Jonas Weber']);
    const page = await browser.visit(stack, { ownDevice: true, width: 320, dark: true });
    await page.evaluate(() => {
      const denied = new DOMException('Permission denied', 'NotAllowedError');
      navigator.mediaDevices.getUserMedia = () => Promise.reject(denied);
    });
    await page.evaluate((hash) => (location.hash = hash), doorOf(event));
    await page.getByRole('alert').filter({ hasText: 'Access to the camera is not allowed' }).waitFor();
    await search(page).fill('novakova');
    await page.getByRole('button', { name: 'Check in Mira Nováková' }).click();
    await shows(page, 'Checked in', 'Mira Nováková');
    expect(await inside(page)).toBe('1 of 2');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    expect(await findings(page)).toEqual([]);
    await page.screenshot({ path: `${screenshots}/narrow-dark-door.png`, fullPage: true });
  });
});

describe('the door with a network', () => {
  beforeEach(() => camera.show(undefined));

  it('works with the keyboard alone, and undoes a check-in', async () => {
    const { event, codes } = await publish(['Mira Novak', 'Jonas Weber']);
    const page = await openDoor(event);
    await search(page).focus();
    await page.keyboard.type('2');
    await page.keyboard.press('Enter');
    await shows(page, 'Checked in', 'Jonas Weber');
    await page.keyboard.type(codes[0] ?? '');
    await page.keyboard.press('Enter');
    await shows(page, 'Checked in', 'Mira Novak');
    expect(await checkedIn(event)).toBe(2);
    await page.keyboard.press('Shift+Tab');
    await page.waitForFunction(() => document.activeElement?.textContent === 'Undo Mira Novak');
    await page.keyboard.press('Enter');
    await shows(page, 'Check-in undone', 'Mira Novak');
    await status(page, '1 of 2');
    await status(page, 'Everything is sent');
    expect(await checkedIn(event)).toBe(1);
    expect(await findings(page)).toEqual([]);
    await page.screenshot({ path: `${screenshots}/door.png`, fullPage: true });
  });

  it('lets somebody in who waits, if the door says so', async () => {
    const { event } = await publish(['Mira Novak', 'Jonas Weber'], { capacity: 1 });
    const page = await openDoor(event, { width: 1_000 });
    await type(page, 'Jonas');
    await shows(page, 'On the waitlist', 'Jonas Weber');
    expect(await checkedIn(event)).toBe(0);
    await page.screenshot({ path: `${screenshots}/wide-door.png`, fullPage: true });
    await page.getByRole('button', { name: 'Let in anyway' }).click();
    await shows(page, 'Let in', 'On the waitlist');
    await status(page, 'Everything is sent');
    expect(await checkedIn(event)).toBe(1);
  });

  it('is not opened for an event of somebody else', async () => {
    const { event } = await publish(['Mira Novak']);
    const page = await browser.visit(stack, { at: doorOf(event), user: 'rival', ownDevice: true });
    await page.getByRole('heading', { name: 'This is not your event' }).waitFor();
    expect(await search(page).count()).toBe(0);
    expect((await kept(page))[0]).toBe(0);
  });
});

describe('the door without a network', () => {
  beforeEach(() => camera.show(undefined));

  it('decides at once, survives a reload, and sends each scan once when the network returns', async () => {
    const names = ['Mira Novak', 'Jonas Weber', 'Ada Fischer', 'Kim Lee'];
    const { event, guests, codes } = await publish(names);
    await api().cancelRegistration({ eventId: event.eventId, number: 4 });
    const page = await openDoor(event);
    await disconnect(page);
    for (const [index, name] of names.slice(0, 3).entries()) {
      await type(page, codes[index] ?? '');
      await shows(page, 'Checked in', name, 'It will be sent when there is a network.');
    }
    await type(page, codes[0] ?? '');
    await shows(page, 'Already checked in', 'on this device');
    await type(page, codes[3] ?? '');
    await shows(page, 'Unknown ticket', 'It is not in the list from');
    await type(page, 'Kim');
    await shows(page, 'Registration cancelled', 'Kim Lee');
    await status(page, '3 scans not sent yet');
    expect(await inside(page)).toBe('3 of 3');
    await page.screenshot({ path: `${screenshots}/door-offline.png`, fullPage: true });

    await page.reload();
    await status(page, '3 scans not sent yet');
    expect(await inside(page)).toBe('3 of 3');
    await page.getByText('They are kept for organizer').waitFor();
    expect(await findings(page)).toEqual([]);
    await type(page, codes[1] ?? '');
    await shows(page, 'Already checked in', 'on this device');
    expect(await checkedIn(event)).toBe(0);

    await page.context().setOffline(false);
    await page.getByRole('alert').filter({ hasText: 'You are not signed in' }).waitFor();
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByRole('link', { name: /^organizer/ }).click();
    await status(page, 'Everything is sent');
    const registrations = (await api().listRegistrations(event.eventId)).items;
    expect(registrations.map(({ scanCount }) => scanCount)).toEqual([1, 1, 1, undefined]);
    expect(guests).toHaveLength(4);
  });

  it('loses nothing in a crash, and says what another device did in the meantime', async () => {
    const { event, codes } = await publish(['Mira Novak', 'Jonas Weber']);
    const [one, other] = [await openDoor(event), await openDoor(event, { locale: 'en-US' })];
    await disconnect(one);
    await type(other, codes[0] ?? '');
    await shows(other, 'Checked in', 'Mira Novak');
    for (const code of codes) await type(one, code);
    await status(one, '2 scans not sent yet');
    const context = one.context();
    await one.close();
    await context.setOffline(false);

    const restarted = await context.newPage();
    await restarted.goto(`${stack.page}${doorOf(event)}`);
    await status(restarted, '2 scans not sent yet');
    await signIn(restarted, 'organizer');
    await status(restarted, 'Everything is sent');
    await restarted.getByRole('heading', { name: 'To be clarified' }).waitFor();
    await recent(restarted, 'Mira Novak').filter({ hasText: 'Already checked in' }).waitFor();
    await recent(restarted, 'Mira Novak').filter({ hasText: 'on another device' }).waitFor();
    expect(await checkedIn(event)).toBe(2);
    await restarted.screenshot({ path: `${screenshots}/door-to-clarify.png`, fullPage: true });
    await type(other, codes[1] ?? '');
    await shows(other, 'Already checked in', 'on another device');
  });

  it.each([
    ['this device was first', -60_000, 'Also scanned on another device'],
    ['another device was first', 60_000, 'on another device'],
  ])('says after it was sent who has scanned a ticket first: %s', async (_, offset, text) => {
    const { event, codes } = await publish(['Mira Novak']);
    const [one, other] = [await openDoor(event), await openDoor(event, { locale: 'en-US' })];
    const now = Date.now();
    await one.clock.setFixedTime(now + offset);
    await disconnect(one);
    await type(one, codes[0] ?? '');
    await shows(one, 'Checked in', 'Mira Novak', 'It will be sent when there is a network.');
    await type(other, codes[0] ?? '');
    await shows(other, 'Checked in', 'Mira Novak');
    await one.context().setOffline(false);
    await status(one, 'Everything is sent');
    await one.getByRole('heading', { name: 'To be clarified' }).waitFor();
    const first = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: event.timeZone });
    await recent(one, 'Mira Novak').filter({ hasText: 'Already checked in' }).filter({ hasText: text }).waitFor();
    expect(await recent(one, 'Mira Novak').innerText()).toContain(first.format(now + Math.min(offset, 0)));
    expect(await checkedIn(event)).toBe(1);
  });

  it('is offline even if the list arrives after the network is gone', async () => {
    const { event } = await publish(['Mira Novak']);
    const page = await browser.visit(stack, { at: doorOf(event) });
    await status(page, 'Online');
    await api().createRegistration(event.eventId, { name: 'Jonas Weber' });
    const held = new Promise<Route>((resolve) => void page.route('**/registrations?**', resolve));
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    const response = await (await held).fetch();
    await disconnect(page);
    await (await held).fulfill({ response });
    await status(page, '0 of 2');
    expect(await page.locator('.door-status .badge').innerText()).toBe('Offline');
    await page.unrouteAll();
    await page.context().setOffline(false);
    await status(page, 'Online');
  });

  it('sends a scan again that the API had no time for', async () => {
    const { event, codes } = await publish(['Mira Novak', 'Jonas Weber']);
    const page = await browser.visit(stack, { at: doorOf(event) });
    await status(page, 'Online');
    await page.route('**/check-ins', (route) => route.abort());
    for (const code of codes) await type(page, code);
    await status(page, '2 scans not sent yet');
    await page.unrouteAll();
    await page.route(
      '**/check-ins',
      async (route) => {
        const { scans } = route.request().postDataJSON() as { scans: { scanId: string }[] };
        const [first, ...others] = scans;
        const response = await route.fetch({ postData: { scans: [first] } });
        const { outcomes } = (await response.json()) as { outcomes: object[] };
        const rest = others.map(({ scanId }) => ({ scanId, outcome: 'not-processed' }));
        await route.fulfill({ response, json: { outcomes: [...outcomes, ...rest] } });
      },
      { times: 1 },
    );
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await status(page, 'Everything is sent');
    expect(await checkedIn(event)).toBe(2);
  });

  it('undoes a scan later if the API cannot be reached', async () => {
    const { event, codes } = await publish(['Mira Novak']);
    const page = await browser.visit(stack, { at: doorOf(event) });
    await status(page, 'Online');
    await type(page, codes[0] ?? '');
    await shows(page, 'Checked in', 'Mira Novak');
    await page.route('**/check-ins/*', (route) => route.abort());
    await result(page).getByRole('button', { name: 'Undo Mira Novak' }).click();
    await status(page, 'Offline');
    await status(page, '1 scan not sent yet');
    await page.unrouteAll();
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await status(page, 'Everything is sent');
    expect(await checkedIn(event)).toBe(0);
  });

  it('undoes a scan that was not sent', async () => {
    const { event, codes } = await publish(['Mira Novak']);
    const page = await openDoor(event);
    await disconnect(page);
    await type(page, codes[0] ?? '');
    await result(page).getByRole('button', { name: 'Undo Mira Novak' }).click();
    await shows(page, 'Check-in undone');
    expect(await inside(page)).toBe('0 of 1');
    await page.context().setOffline(false);
    await status(page, 'Everything is sent');
    expect(await checkedIn(event)).toBe(0);
    expect(await inside(page)).toBe('0 of 1');
  });
});

describe('the sign-in at the door', () => {
  beforeEach(() => camera.show(undefined));

  it('may end: scans are kept, and sent after the next one', async () => {
    const { event, codes } = await publish(['Mira Novak', 'Jonas Weber']);
    const page = await browser.visit(stack, { at: doorOf(event) });
    await status(page, 'Online');
    await page.route(/\/events\//, (route) => route.fulfill(tokenRejected));
    await type(page, codes[0] ?? '');
    await shows(page, 'Checked in', 'Mira Novak', 'It will be sent when there is a network.');
    await page.getByRole('alert').filter({ hasText: 'You are not signed in' }).waitFor();
    await type(page, codes[1] ?? '');
    await shows(page, 'Checked in', 'Jonas Weber');
    await status(page, '2 scans not sent yet');
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByRole('link', { name: /^organizer/ }).click();
    await status(page, 'Everything is sent');
    expect(await checkedIn(event)).toBe(2);
  });

  it('ends with a question while scans are not sent, and leaves nothing on the device', async () => {
    const { event, codes } = await publish(['Mira Novak']);
    const page = await openDoor(event);
    await disconnect(page);
    await type(page, codes[0] ?? '');
    await status(page, '1 scan not sent yet');
    expect(await kept(page)).toEqual([1, 1]);
    const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(stored).not.toMatch(/eyJ|Mira/);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('dialog').getByText('1 scan has not been sent yet').waitFor();
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.context().setOffline(false);
    await status(page, 'Everything is sent');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await kept(page)).toEqual([0, 0]);
  });

  it('is not needed to remove the list from the device', async () => {
    const { event } = await publish(['Mira Novak']);
    const page = await openDoor(event);
    await disconnect(page);
    await page.reload();
    await page.getByRole('button', { name: 'Remove from this device…' }).click();
    await page.getByRole('button', { name: 'Remove from this device', exact: true }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await search(page).count()).toBe(0);
    expect((await kept(page))[0]).toBe(0);
  });

  it('is needed again a day after the event, when the list is removed', async () => {
    const { event } = await publish(['Mira Novak']);
    const page = await openDoor(event);
    await page.clock.setFixedTime(new Date(Date.parse(event.endsAt) + 25 * 3_600_000));
    await page.goto(`${stack.page}#/`);
    await page.reload();
    await page.waitForFunction(() => Object.keys(localStorage).every((key) => !key.startsWith('check-in:')));
  });
});
