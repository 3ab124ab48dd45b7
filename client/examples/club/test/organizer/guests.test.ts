/** How an organizer reads the guest list, adds people by hand, changes and cancels registrations, and exports the list. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { Event as ApiEvent, EventCreate, EventsClient, Question } from '../../../../src/index.ts';
import { findings, openPage } from '../browser.ts';
import { readQrCode } from '../qr-reader.ts';
import { crashed, eventWith, tokenRejected, venue } from '../stack.ts';

/** The folder for a screenshot of each view, for review by a person. */
const screenshots = 'build/example-pictures';

const { stack, browser } = openPage();

const questions: Question[] = [
  { questionId: 'meal', kind: 'choice', label: 'Which meal?', options: ['Vegetarian', 'Vegan'], required: true },
  { questionId: 'rules', kind: 'checkbox', label: 'I accept the rules', required: true },
  { questionId: 'note', kind: 'long-text', label: 'Anything else?' },
];
const answers = { meal: 'Vegan', rules: true };

const api = (): EventsClient => stack.as('organizer');
async function publish(changes: Partial<EventCreate> = {}, names: readonly string[] = []): Promise<ApiEvent> {
  const event = await api().publishEvent(await api().createEvent(eventWith({ location: venue, ...changes })));
  for (const name of names) await api().createRegistration(event.eventId, { name });
  return event;
}
const listOf = ({ eventId }: ApiEvent, query = '') => `#/events/${eventId}/guests${query}`;
const guestOf = (event: ApiEvent, number: number | 'new') => `${listOf(event)}/${number}`;
const visit = (at: string, more = {}) => browser.visit(stack, { at, ...more });
const row = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const toast = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text });
const submit = (page: Page) => page.locator('form button[type=submit]').click();
const focusedLabel = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent);

/** The labels and numbers above the list. */
async function counts(page: Page): Promise<Record<string, string>> {
  const pairs = await page
    .locator('.counts > div')
    .evaluateAll((all) => all.map(({ children }) => [children[0]?.textContent, children[1]?.textContent]));
  return Object.fromEntries(pairs) as Record<string, string>;
}

describe('the guest list', () => {
  it('is opened from the event, and says who has a seat, who waits and who is here', async () => {
    const event = await publish({ capacity: 2, questions, name: 'Dinner for Two' });
    await api().createRegistration(event.eventId, { name: 'Mira Nováková', email: 'mira@example.com', answers });
    const { code = '' } = await api().createRegistration(event.eventId, { name: 'Jonas Weber', answers });
    await api().createRegistration(event.eventId, { name: 'Ada Fischer', answers });
    await api().createCheckIns(event.eventId, {
      scans: [{ scanId: crypto.randomUUID(), code, scannedAt: new Date().toISOString() }],
    });
    await api().updateEvent(event.eventId, { questions: questions.slice(1) });

    const page = await visit(`#/events/${event.eventId}`);
    await page.getByText('2 of 2 registered, 1 waiting, 1 checked in').waitFor();
    await page.getByRole('link', { name: 'Guests' }).click();
    await row(page, 'Ada Fischer').getByText('Next in line').waitFor();
    expect(await counts(page)).toEqual({ Confirmed: '2 of 2', Waitlist: '1', 'Checked in': '1' });
    expect(await row(page, 'Mira').innerText()).toMatch(
      /1\s+Mira Nováková\s+mira@example.com\s+I accept the rules\s+Yes\s+meal\s+Vegan\s+Confirmed$/,
    );
    await row(page, 'Jonas Weber')
      .getByText(/^Checked in on /)
      .waitFor();
    expect(await findings(page)).toEqual([]);

    await row(page, 'Jonas Weber').getByRole('link').click();
    await heading(page, 'Jonas Weber').waitFor();
    await page.goBack();
    await row(page, 'Jonas Weber').waitFor();
    expect(await focused(page)).toBe('Jonas Weber');
  });

  it('is filtered by status and check-in, in the address as well', async () => {
    const event = await publish({ capacity: 1 }, ['Mira Novak', 'Jonas Weber', 'Ada Fischer']);
    await api().cancelRegistration({ eventId: event.eventId, number: 3 });
    const page = await visit(listOf(event));
    await row(page, 'Ada Fischer').waitFor();
    await page.getByRole('checkbox', { name: 'Waitlist' }).check();
    await row(page, 'Mira Novak').waitFor({ state: 'detached' });
    expect(await page.locator('.row h2').allInnerTexts()).toEqual(['Jonas Weber']);
    expect(page.url()).toContain('?status=waitlisted');
    await page.getByLabel('Check-in').selectOption('Checked in');
    await page.getByRole('heading', { name: 'No guests found' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('link', { name: 'Show all guests' }).click();
    await row(page, 'Ada Fischer').waitFor();
    expect(await page.locator('.row h2').allInnerTexts()).toEqual(['Mira Novak', 'Jonas Weber', 'Ada Fischer']);
  });

  it('keeps a filter that is chosen before a typed search is applied', async () => {
    const event = await publish({ capacity: 2 }, ['Mira Novak', 'Jonas Weber', 'Mira Fischer']);
    const page = await visit(listOf(event));
    await row(page, 'Mira Fischer').waitFor();
    await page.getByLabel('Search').fill('mira');
    await page.getByRole('checkbox', { name: 'Confirmed' }).check();
    await page.waitForURL(/q=mira/);
    await row(page, 'Jonas Weber').waitFor({ state: 'detached' });
    expect(page.url()).toContain('?status=confirmed&q=mira');
    expect(await page.locator('.row h2').allInnerTexts()).toEqual(['Mira Novak']);
  });

  it('is loaded page by page', async () => {
    const event = await publish({}, ['Mira Novak', 'Jonas Weber']);
    const page = await visit('');
    await page.route('**/registrations', (route) => route.continue({ url: `${route.request().url()}?limit=1` }));
    await page.goto(`${stack.page}${listOf(event)}`);
    await row(page, 'Mira Novak').waitFor();
    expect(await page.locator('.row').count()).toBe(1);
    await page.getByRole('button', { name: 'Show more' }).click();
    await row(page, 'Jonas Weber').waitFor();
    expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
  });

  it('is searched by name and number on all pages, and says so while it is not finished', async () => {
    const event = await publish({}, ['Mira Nováková', 'Jonas Weber', 'Ada Fischer']);
    const page = await visit(listOf(event));
    await row(page, 'Ada Fischer').waitFor();
    // Each page of the API has one registration; the third one fails once, and is late when it is repeated.
    let asked = 0;
    await page.route('**/registrations?**', async (route) => {
      asked += 1;
      if (asked === 3) return route.fulfill(crashed);
      if (asked === 4) await new Promise((resolve) => setTimeout(resolve, 1_000));
      const url = new URL(route.request().url());
      url.searchParams.set('limit', '1');
      return route.continue({ url: url.href });
    });
    await page.getByLabel('Search').fill('fischer');
    await page.getByRole('alert').waitFor();
    expect(await page.locator('.row').count()).toBe(0);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Still searching: 2 guests so far…').first().waitFor();
    await row(page, 'Ada Fischer').waitFor();
    await page.getByText('1 of 3 guests').first().waitFor();
    await page.getByLabel('Search').fill('novakova');
    await row(page, 'Mira Nováková').waitFor();
    await page.getByLabel('Search').fill('2');
    await row(page, 'Jonas Weber').waitFor();
    expect(await page.locator('.row').count()).toBe(1);
  });

  it('is not shown to anybody else', async () => {
    const event = await publish({}, ['Mira Novak']);
    const page = await visit(listOf(event), { user: 'rival' });
    await page.getByRole('heading', { name: 'This is not your event' }).waitFor();
    expect(await page.locator('.row, .counts').count()).toBe(0);
  });
});

describe('a guest', () => {
  it('is added by hand with answers, which are checked first, and gets a ticket to print', async () => {
    const event = await publish({ questions, capacity: 1, name: 'A Table for One' });
    const page = await visit(listOf(event));
    await page.getByRole('heading', { name: 'No guests yet' }).waitFor();
    await page.getByRole('link', { name: 'Add a guest' }).click();
    const sent: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
    await page.getByLabel('Email address').fill('ada');
    await submit(page);
    await page.getByText('Please fill this in.').first().waitFor();
    await page.getByText('An email address, please').waitFor();
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('name');
    expect(sent).toEqual([]);
    expect(await findings(page)).toEqual([]);

    await page.getByLabel('Name').fill('Ada Fischer');
    await page.getByLabel('Email address').fill('ada@example.com');
    await page.getByLabel('Which meal?').selectOption('Vegan');
    await page.getByLabel('I accept the rules').check();
    await submit(page);
    await toast(page, 'Ada Fischer has a seat.').waitFor();
    await heading(page, 'Ada Fischer').waitFor();
    const { code, ...guest } = await api().getRegistration({ eventId: event.eventId, number: 1 });
    expect(guest).toMatchObject({ name: 'Ada Fischer', email: 'ada@example.com', answers });
    expect(await findings(page)).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    expect(await readQrCode(page, await page.screenshot({ fullPage: true }))).toBe(code);
    expect(await heading(page, 'Ada Fischer').isVisible()).toBe(false);
    await page.emulateMedia({ media: 'screen' });

    await page.getByRole('link', { name: 'Add another guest' }).click();
    await page.getByText('All seats are taken: this guest will go on the waitlist.').waitFor();
    await page.getByLabel('Name').fill('Jonas Weber');
    await page.getByLabel('Which meal?').selectOption('Vegan');
    await page.getByLabel('I accept the rules').check();
    await page.getByRole('button', { name: 'Add to the waitlist' }).click();
    await toast(page, 'Jonas Weber is on the waitlist.').waitFor();
    expect(await page.getByRole('img').count()).toBe(0);
    await page.getByRole('link', { name: 'Guests' }).click();
    await row(page, 'Jonas Weber').getByText('Next in line').waitFor();
    expect(await counts(page)).toMatchObject({ Confirmed: '1 of 1', Waitlist: '1' });
  });

  it('is added once, even if the response is lost', async () => {
    const event = await publish();
    const page = await visit(guestOf(event, 'new'));
    await page.getByLabel('Name').fill('Ada Fischer');
    await page.route('**/registrations', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await submit(page);
    await page.getByRole('heading', { name: 'The API cannot be reached' }).waitFor();
    await page.unroute('**/registrations');
    await page.getByLabel('Name').fill('Ada F.');
    await submit(page);
    await page.getByRole('heading', { name: 'Already saved' }).waitFor();
    await page.getByLabel('Name').fill('Ada Fischer');
    await submit(page);
    await heading(page, 'Ada Fischer').waitFor();
    expect(await api().listRegistrations(event).toArray({ max: 5 })).toHaveLength(1);
  });

  it('that was typed is not lost if the sign-in has ended, nor if the view is left by accident', async () => {
    const event = await publish();
    const page = await visit(guestOf(event, 'new'));
    await page.getByLabel('Name').fill('Ada Fischer');
    await page.getByRole('link', { name: 'Guests' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Keep editing' }).click();
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.route('**/registrations', (route) => route.fulfill(tokenRejected));
    await page.route('**/token', (route) =>
      route.fulfill({ status: 400, contentType: 'application/json', body: '{"error":"invalid_grant"}' }),
    );
    await submit(page);
    await page.getByRole('button', { name: 'Sign in again' }).waitFor();
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByRole('link', { name: /^organizer/ }).click();
    expect(await page.getByLabel('Name').inputValue()).toBe('Ada Fischer');
    await submit(page);
    await heading(page, 'Ada Fischer').waitFor();
  });

  it('cannot be added to a draft, and the page says when it can', async () => {
    const draft = await api().createEvent(eventWith());
    const page = await visit(guestOf(draft, 'new'));
    await page.getByRole('heading', { name: 'No guests can be added' }).waitFor();
    expect(await page.locator('form').count()).toBe(0);
  });

  it('is cancelled with a reason, and the person who waits moves up; then the data is erased', async () => {
    const event = await publish({ capacity: 1 }, ['Mira Novak', 'Jonas Weber']);
    const page = await visit(listOf(event));
    await row(page, 'Mira Novak').getByRole('link').click();
    await page.getByRole('button', { name: 'Cancel registration…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Cancel the registration of Mira Novak?' });
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    await dialog.getByLabel('Reason').fill('Registered twice.');
    await dialog.getByRole('button', { name: 'Cancel the registration' }).click();
    await toast(page, 'The registration of Mira Novak has been cancelled.').waitFor();
    await page.getByText('Registered twice.').waitFor();
    expect(await focusedLabel(page)).toBe('Actions');
    await page.getByRole('link', { name: 'Guests' }).click();
    await row(page, 'Jonas Weber').getByText('Confirmed').waitFor();
    await row(page, 'Mira Novak').getByText('Cancelled').waitFor();
    expect(await counts(page)).toMatchObject({ Confirmed: '1 of 1', Waitlist: '0' });

    await row(page, 'Mira Novak').getByRole('link').click();
    await page.getByRole('button', { name: 'Erase personal data…' }).click();
    await page.getByText('This cannot be undone.').waitFor();
    expect(await focused(page)).toBe('Keep the data');
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Erase permanently' }).click();
    await toast(page, 'The personal data has been erased.').waitFor();
    await heading(page, 'Erased').waitFor();
    expect(await page.getByRole('button', { name: 'Erase personal data…' }).count()).toBe(0);
    expect(await api().getRegistration({ eventId: event.eventId, number: 1 })).not.toHaveProperty('name');
    await page.getByRole('link', { name: 'Guests' }).click();
    await row(page, 'Erased').waitFor();
    expect(await page.getByText('Mira Novak').count()).toBe(0);
  });

  it('who is checked in meanwhile is not cancelled, and the page says why', async () => {
    const event = await publish();
    const { code = '' } = await api().createRegistration(event.eventId, { name: 'Mira Novak' });
    const page = await visit(guestOf(event, 1));
    await page.getByRole('button', { name: 'Cancel registration…' }).click();
    await api().createCheckIns(event.eventId, {
      scans: [{ scanId: crypto.randomUUID(), code, scannedAt: new Date().toISOString() }],
    });
    await page.getByRole('button', { name: 'Cancel the registration' }).click();
    await page.getByRole('heading', { name: 'Already checked in' }).waitFor();
    expect(await focusedLabel(page)).toBe('Actions');
    await page.getByRole('button', { name: 'Cancel registration…' }).waitFor({ state: 'detached' });
    expect(await api().getRegistration({ eventId: event.eventId, number: 1 })).toMatchObject({ status: 'confirmed' });
  });

  it('is changed by two people: each keeps what only they changed, and both are shown', async () => {
    const event = await publish({}, ['Mira Novak']);
    const page = await visit(guestOf(event, 1));
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Name').fill('');
    await submit(page);
    await page.getByText('Please fill this in.').waitFor();
    await page.getByLabel('Name').fill('Mira Nováková');
    const shown = await api().getRegistration({ eventId: event.eventId, number: 1 });
    await api().updateRegistration(shown, { email: 'mira@example.com' });
    await submit(page);
    const notice = page.getByRole('alert').filter({ hasText: 'Somebody changed this guest in the meantime' });
    await notice.getByText('mira@example.com').waitFor();
    expect(await findings(page)).toEqual([]);
    expect(await page.getByLabel('Email address').inputValue()).toBe('mira@example.com');
    await submit(page);
    await toast(page, 'Saved.').waitFor();
    await heading(page, 'Mira Nováková').waitFor();
    expect(await focusedLabel(page)).toBe('Actions');
    expect(await api().getRegistration({ eventId: event.eventId, number: 1 })).toMatchObject({
      name: 'Mira Nováková',
      email: 'mira@example.com',
    });
  });

  it('who does not exist is not found', async () => {
    const page = await visit(guestOf(await publish(), 7));
    await heading(page, 'Guest not found').waitFor();
  });
});

describe('the CSV file', () => {
  it('has all pages, and a name for every system', async () => {
    const event = await publish({ name: 'Jazz / Blues: "Live"', questions });
    const names = ['Mira Novak', '=1+1', 'Ada "Ace" Fischer'];
    for (const name of names) await api().createRegistration(event.eventId, { name, answers });
    await api().cancelRegistration({ eventId: event.eventId, number: 1 });
    const page = await visit(listOf(event, '?status=waitlisted'));
    let pages = 0;
    await page.route('**/registrations?**', (route) => {
      if (route.request().headers()['accept'] !== 'text/csv') return route.continue();
      pages += 1;
      const url = new URL(route.request().url());
      url.searchParams.set('limit', '1');
      return route.continue({ url: url.href });
    });
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download all as CSV' }).click(),
    ]);
    await toast(page, 'The file has 3 guests.').waitFor();
    expect(pages).toBeGreaterThan(2);
    expect(file.suggestedFilename()).toBe('Jazz Blues Live – Guests.csv');
    const csv = readFileSync(await file.path(), 'utf8');
    const whole = await api().listRegistrations(event, undefined, { mediaType: 'text/csv' }).text();
    expect(csv).toBe(whole.replace('"meal","rules","note"', questions.map(({ label }) => `"${label}"`).join()));
    expect(csv).toContain('"Ada ""Ace"" Fischer"');
    expect(csv).toContain(`"'=1+1"`);
  });

  it('is not saved in part, and can be tried again', async () => {
    const event = await publish({}, ['Mira Novak']);
    const page = await visit(listOf(event));
    await row(page, 'Mira Novak').waitFor();
    await page.route('**/registrations?**', (route) => route.fulfill(crashed), { times: 1 });
    await page.getByRole('button', { name: 'Download all as CSV' }).click();
    await page.getByRole('alert').waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Try again' }).click(),
    ]);
    expect(readFileSync(await file.path(), 'utf8')).toContain('Mira Novak');
  });
});

describe('in German', () => {
  it('every view has German words and dates', async () => {
    const event = await publish({ capacity: 1, questions });
    const page = await visit(listOf(event), { user: 'signed-out', locale: 'de-DE' });
    await page.getByRole('button', { name: 'Einloggen' }).click();
    await page.getByRole('link', { name: /^organizer/ }).click();
    await page.getByRole('heading', { name: 'Noch keine Gäste' }).waitFor();
    await page.getByRole('link', { name: 'Gast eintragen' }).click();
    await submit(page);
    await page.getByText('Bitte füllen Sie dieses Feld aus.').first().waitFor();
    await page.getByLabel('Name').fill('Mira Novak');
    await page.getByLabel('Which meal?').selectOption('Vegan');
    await page.getByLabel('I accept the rules').check();
    await submit(page);
    await toast(page, 'Mira Novak hat einen Platz.').waitFor();
    await page.getByRole('button', { name: 'Teilnahme absagen…' }).click();
    await page.getByRole('dialog', { name: 'Die Teilnahme von Mira Novak absagen?' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Gäste' }).click();
    await row(page, 'Mira Novak').getByText('Bestätigt').waitFor();
    expect(await counts(page)).toEqual({ Bestätigt: '1 von 1', Warteliste: '0', Eingelassen: '0' });
  });
});

describe.each([
  ['light', { width: 1_100 }],
  ['dark', { width: 1_100, dark: true }],
  ['phone', { width: 390 }],
  ['narrow dark', { width: 320, dark: true }],
])('on a %s screen', (screen, more) => {
  it('every view passes the checks of axe, and fits the width', async () => {
    const event = await publish({ capacity: 2, questions, name: 'Donaudampfschifffahrtsgesellschaftsabend' });
    const note = 'I come later, and bring a friend who has already registered.\nThank you!';
    const people = ['Mira Novak', 'Maximilian-Alexander Freiherr von und zu Hohenlohe-Waldenburg', 'Ada Fischer'];
    for (const [index, name] of people.entries())
      await api().createRegistration(event.eventId, {
        name,
        email: `guest.with.a.long.address.${index}@subdomain.example.com`,
        answers: { ...answers, note },
      });
    await api().cancelRegistration({ eventId: event.eventId, number: 1 }, { reason: 'Ill.' });
    const page = await visit(listOf(event), more);
    const check = async (name: string) => {
      await page.screenshot({ path: `${screenshots}/${screen}-${name}.png`, fullPage: true });
      expect(await findings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(more.width);
    };
    await row(page, 'Ada Fischer').waitFor();
    await check('guests');
    await row(page, 'Maximilian').getByRole('link').click();
    await page.getByRole('img', { name: /^QR code of the ticket/ }).waitFor();
    await check('guest');
    await page.getByRole('button', { name: 'Cancel registration…' }).click();
    await check('cancel-guest');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Add another guest' }).click();
    await submit(page);
    await page.getByText('Please fill this in.').first().waitFor();
    await check('new-guest');
  });
});
