import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { Event as ApiEvent } from '../../../../src/index.ts';
import { findings, openPage, signIn } from '../browser.ts';
import { readQrCode } from '../qr-reader.ts';
import { crashed, eventWith, venue } from '../stack.ts';

/** The folder for a screenshot of each ticket, for review by a person. */
const screenshots = 'build/example-pictures';

const { stack, browser } = openPage();
let [event, full, gone]: ApiEvent[] = [];
let code: string | undefined;

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  const [organizer, attendee] = [stack.as('organizer'), stack.as('attendee')];
  const publish = async (changes: object) =>
    organizer.publishEvent(await organizer.createEvent(eventWith({ location: venue, ...changes })));
  [event, full, gone] = [
    await publish({ capacity: 400 }),
    await publish({ name: 'A talk for one', capacity: 1 }),
    await publish({ name: 'Open Air' }),
  ] as const;
  await organizer.registerForEvent(event, { name: 'Jonas Weber' });
  await organizer.registerForEvent(full, { name: 'Jonas Weber' });
  ({ code } = await attendee.registerForEvent(event, { name: 'Mira Novak' }));
  await attendee.registerForEvent(full, { name: 'Mira Novak' });
  await attendee.registerForEvent(gone, { name: 'Mira Novak' });
  await organizer.cancelEvent(gone, { reason: 'A storm is coming.\nTake care.' });
});

const ticketOf = (one: ApiEvent | undefined) => `#/tickets/${one?.eventId ?? ''}`;
const qrCode = (page: Page) => page.getByRole('img', { name: 'QR code of your ticket for Riverside Jazz Night' });

describe.each([
  ['light', { width: 1_100 }],
  ['dark', { width: 1_100, dark: true }],
  ['narrow', { width: 320 }],
  ['narrow dark', { width: 320, dark: true }],
])('a ticket on a %s screen', (screen, visit) => {
  it('shows what the door needs, and a QR code that another library reads as the code', async () => {
    const page = await browser.visit({ page: stack.attend }, { ...visit, user: 'attendee', at: ticketOf(event) });
    await qrCode(page).waitFor();
    await page.evaluate(() => scrollTo(0, 0));
    const picture = await page.screenshot({ path: `${screenshots}/${screen}-ticket.png`, fullPage: true });
    expect(await readQrCode(page, picture)).toBe(code);
    const text = await page.getByRole('article').innerText();
    for (const shown of [
      'Riverside Jazz Night',
      '21 Jun 2030',
      '20:00',
      'Berlin (GMT+2)',
      'Mira Novak',
      'Harbour Stage',
    ])
      expect(text).toContain(shown);
    expect(text).toMatch(/Number\s+2$/);
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(visit.width);
  });

  it('is in the list of tickets', async () => {
    const page = await browser.visit({ page: stack.attend }, { ...visit, user: 'attendee' });
    await page.getByRole('link', { name: 'My registrations' }).click();
    // The list of events, which is shown before, has the same names.
    await page.locator('.row', { hasText: 'Event cancelled' }).waitFor();
    // Registrations of the same second have no particular order.
    expect((await page.locator('.row').allInnerTexts()).sort()).toEqual([
      expect.stringMatching(/A talk for one.*Waitlist/s),
      expect.stringMatching(/Open Air.*Event cancelled/s),
      expect.stringMatching(/Riverside Jazz Night.*Confirmed/s),
    ]);
    await page.screenshot({ path: `${screenshots}/${screen}-tickets.png`, fullPage: true });
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(visit.width);
    await page.getByRole('link', { name: 'Riverside Jazz Night' }).click();
    await qrCode(page).waitFor();
  });

  it('is printed on one page, without the rest of the page, and can be read from paper', async () => {
    const page = await browser.visit({ page: stack.attend }, { ...visit, user: 'attendee', at: ticketOf(event) });
    await qrCode(page).waitFor();
    await page.emulateMedia({ media: 'print' });
    const picture = await page.screenshot({ path: `${screenshots}/${screen}-printed-ticket.png`, fullPage: true });
    expect(await readQrCode(page, picture)).toBe(code);
    for (const name of ['Print', 'Sign out']) expect(await page.getByRole('button', { name }).isVisible()).toBe(false);
    expect(await page.getByRole('link', { name: 'My registrations' }).first().isVisible()).toBe(false);
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    await page.emulateMedia({ media: 'screen' });
  });
});

describe('the ticket view', () => {
  it('prints when it is asked to', async () => {
    const page = await browser.visit({ page: stack.attend }, { user: 'attendee', at: ticketOf(event) });
    await page.evaluate(() => (globalThis.print = () => (document.title = 'printed')));
    await page.getByRole('button', { name: 'Print' }).click();
    await page.waitForFunction(() => document.title === 'printed');
  });

  it('has no QR code for somebody on the waitlist, and says how many people are ahead', async () => {
    const page = await browser.visit({ page: stack.attend }, { user: 'attendee', at: ticketOf(full) });
    await page.getByRole('heading', { name: 'You are on the waitlist' }).waitFor();
    await page.getByText('You are next. Your ticket will appear here once you have a seat.').waitFor();
    await page.getByRole('link', { name: 'Event and registration' }).click();
    await page.getByRole('button', { name: 'Leave the waitlist…' }).click();
    await page.getByRole('dialog', { name: 'Leave the waitlist?' }).getByText('You lose your place').waitFor();
    expect(await page.getByRole('img').count()).toBe(0);
  });

  it('has no QR code for an event that is cancelled, but its reason', async () => {
    const page = await browser.visit({ page: stack.attend }, { user: 'attendee', at: ticketOf(gone) });
    await page.getByRole('heading', { name: 'The event is cancelled' }).waitFor();
    expect(await page.getByText('A storm is coming.').innerText()).toBe('A storm is coming.\nTake care.');
    expect(await page.getByRole('img').count()).toBe(0);
  });

  it('leads from a cancelled event to what happened to it, and does not offer the ticket there', async () => {
    const page = await browser.visit({ page: stack.attend }, { user: 'attendee', at: ticketOf(gone) });
    await page.getByRole('heading', { name: 'The event is cancelled' }).waitFor();
    await page.getByRole('link', { name: 'Event and registration' }).click();
    await page.getByText('You were registered.').waitFor();
    await page.getByText('A storm is coming.').waitFor();
    expect(await page.getByRole('link', { name: 'Show my ticket' }).count()).toBe(0);
    expect(await findings(page)).toEqual([]);
  });

  it('says that there is no ticket for an event for which the visitor is not registered, or that does not exist', async () => {
    for (const [user, at] of [
      ['rival', ticketOf(event)],
      ['attendee', `#/tickets/${randomUUID()}`],
      ['attendee', '#/tickets/x'],
    ] as const) {
      const page = await browser.visit({ page: stack.attend }, { user, at });
      await page.getByRole('heading', { name: 'Ticket not found' }).waitFor();
    }
  });

  it('loads the ticket again on request after a failure', async () => {
    const page = await browser.visit({ page: stack.attend }, { user: 'attendee', at: '#/registrations' });
    await page.getByRole('link', { name: 'Riverside Jazz Night' }).waitFor();
    await page.route(/\/registration$/, (route) => route.fulfill(crashed), { times: 1 });
    await page.getByRole('link', { name: 'Riverside Jazz Night' }).click();
    await page.getByRole('heading', { name: 'The ticket cannot be shown' }).waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await qrCode(page).waitFor();
  });
});

describe('what was seen', () => {
  const api = /\/(events|registrations)(\/|\?|$)/;
  const seen = [
    ['a ticket', () => ticketOf(event), 'This is the ticket as it was on', qrCode],
    [
      'the list of tickets',
      () => '#/registrations',
      'These are your registrations as they were on',
      (page: Page) => page.getByRole('link', { name: 'Riverside Jazz Night' }),
    ],
  ] as const;
  const notice = (page: Page, ...texts: string[]) =>
    texts.reduce((found, hasText) => found.filter({ hasText }), page.getByRole('status')).waitFor();

  it.each(seen)('is shown without a sign-in, and says how old it is: %s', async (_, at, text, content) => {
    const page = await browser.visit({ page: stack.attend }, { user: 'attendee', at: at(), width: 320, dark: true });
    await content(page).waitFor();
    await page.reload();
    await notice(page, 'You are not signed in.', text);
    await content(page).waitFor();
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await page.locator('main').getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: /^attendee/ }).click();
    await content(page).waitFor();
    expect(await page.getByText(text).count()).toBe(0);
  });

  it.each(seen)('is shown as it was while the API cannot be reached, and loaded on request: %s', async (...row) => {
    const [, at, text, content] = row;
    // The clock stays wrong, so this tab is not used again.
    const page = await browser.visit({ page: stack.attend }, { user: 'attendee', at: at(), ownDevice: true });
    await content(page).waitFor();
    const time = await page.evaluate(() => new Date().toISOString());
    await page.context().route(api, (route) => route.abort());
    await page.clock.setFixedTime(Date.parse(time) + 20 * 60_000);
    await page.evaluate(() => (location.hash = '#/calendars'));
    await page.getByRole('heading', { name: 'Calendar feeds' }).waitFor();
    await page.goBack();
    const shownTime = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'America/New_York' });
    await notice(page, 'The service cannot be reached.', `${text} `, shownTime.format(new Date(time)));
    await content(page).waitFor();
    await page.context().unroute(api);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(text).waitFor({ state: 'detached' });
    await content(page).waitFor();
  });

  it('survives a reload without a network, from the list to the ticket', async () => {
    const page = await browser.visit(
      { page: stack.attend },
      { user: 'attendee', at: ticketOf(event), ownDevice: true, width: 390 },
    );
    await qrCode(page).waitFor();
    await page.getByRole('link', { name: 'My registrations' }).first().click();
    await page.getByText('Event cancelled').waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active?.state));
    await page.context().setOffline(true);
    await page.reload();
    await notice(page, 'You are offline.', 'These are your registrations as they were on');
    expect((await page.locator('.row').allInnerTexts()).sort()).toEqual([
      expect.stringMatching(/A talk for one.*Waitlist/s),
      expect.stringMatching(/Open Air.*Event cancelled/s),
      expect.stringMatching(/Riverside Jazz Night.*Confirmed/s),
    ]);
    await page.screenshot({ path: `${screenshots}/tickets-offline.png`, fullPage: true });
    await page.getByRole('link', { name: 'Riverside Jazz Night' }).click();
    await notice(page, 'You are offline.', 'This is the ticket as it was on');
    const picture = await page.screenshot({ path: `${screenshots}/ticket-offline.png`, fullPage: true });
    expect(await readQrCode(page, picture)).toBe(code);
    expect(await findings(page)).toEqual([]);
  });

  it('is only as much as was loaded, and the page says so', async () => {
    const page = await browser.visit({ page: stack.attend }, { user: 'attendee' });
    await page.route(/\/registrations(\?|$)/, (route) =>
      route.continue({ url: `${route.request().url().split('?')[0] ?? ''}?limit=2` }),
    );
    await page.getByRole('link', { name: 'My registrations' }).click();
    await page.getByRole('button', { name: 'Show more' }).waitFor();
    await page.reload();
    await notice(page, 'These are the newest of your registrations as they were on');
    expect(await page.locator('.row').count()).toBe(2);
  });

  it('is not shown to another user of the device, and leaves it with its owner', async () => {
    const page = await browser.visit({ page: stack.attend }, { user: 'attendee', at: ticketOf(event) });
    await qrCode(page).waitFor();
    await page.getByRole('link', { name: 'My registrations' }).first().click();
    await page.getByText('Event cancelled').waitFor();
    const kept = () => page.evaluate(() => Object.values(localStorage));
    expect(await kept()).toHaveLength(2);
    expect((await kept()).filter((one) => one.includes('Mira Novak'))).toHaveLength(1);
    await page.reload();
    await page.route(api, (route) => route.abort());
    await signIn(page, 'rival');
    await page.getByRole('alert').filter({ hasText: 'The API cannot be reached' }).waitFor();
    expect(await page.locator('.row').count()).toBe(0);
    await page.evaluate((hash) => (location.hash = hash), ticketOf(event));
    await page.getByRole('heading', { level: 1, name: 'The ticket cannot be shown' }).waitFor();
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).first().waitFor();
    expect(await kept()).toEqual([]);
  });
});

describe('the list of tickets', () => {
  it('is empty for somebody who has none', async () => {
    const page = await browser.visit({ page: stack.attend }, { user: 'rival', at: '#/registrations' });
    await page.getByRole('heading', { name: 'No registrations yet' }).waitFor();
  });

  it('keeps its tickets and tries again after a failure', async () => {
    const page = await browser.visit({ page: stack.attend }, { user: 'attendee' });
    await page.route(/\/registrations(\?|$)/, (route) => route.fulfill(crashed), { times: 1 });
    await page.getByRole('link', { name: 'My registrations' }).click();
    await page.getByRole('alert').filter({ hasText: 'gateway-1' }).waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: 'Riverside Jazz Night' }).waitFor();
  });
});
