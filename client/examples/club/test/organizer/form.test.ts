/** The form of an event: what it proposes, explains and refuses. What happens to two changes of one event is in changes.test.ts. */
import type { Locator, Page } from 'playwright-core';
import { limits } from '../../../../src/schemas.ts';
import { fillNew, findings, openPage, pictures, shownId } from '../browser.ts';
import { eventWith, venue } from '../stack.ts';

const { stack, browser } = openPage();
const api = () => stack.as('organizer');

/** The texts that explain a field: its errors, warnings and hints. */
const explanationOf = (field: Locator) =>
  field.evaluate((control) => {
    const ids = control.getAttribute('aria-describedby')?.split(' ') ?? [];
    return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
  });
const isInvalid = async (field: Locator) => (await field.getAttribute('aria-invalid')) === 'true';
const focusedName = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('name'));

describe('the time zone', () => {
  const field = (page: Page) => page.getByRole('combobox', { name: 'Time zone' });

  it('is that of the browser, and is found by city, country and offset, by keyboard alone', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await page.getByLabel('Starts').fill('2030-06-21T20:00');
    expect(await field(page).inputValue()).toBe('New York · America/New_York · GMT-4');
    await page.getByLabel('Ends').focus();
    while ((await focusedName(page)) !== 'timeZone') await page.keyboard.press('Tab');
    // Empty, and what is chosen remains.
    expect(await field(page).inputValue()).toBe('');
    expect(await explanationOf(field(page))).toContain('Chosen: New York · America/New_York · GMT-4.');
    await page.keyboard.press('Tab');
    expect(await field(page).inputValue()).toBe('New York · America/New_York · GMT-4');

    for (const [query, found] of [
      ['berlin', 'Berlin'],
      ['germany', 'Berlin'],
      ['são paulo', 'Sao Paulo'],
      ['GMT+5:45', 'Katmandu'],
    ] as const) {
      await field(page).focus();
      await page.keyboard.type(query);
      const option = page.getByRole('option', { name: found });
      await option.waitFor();
      expect(await option.getAttribute('aria-selected')).toBe('true');
      expect(await field(page).getAttribute('aria-activedescendant')).toBe(await option.getAttribute('id'));
      await page.keyboard.press('Enter');
      expect(await field(page).inputValue()).toContain(found);
      await page.getByLabel('Ends').focus();
    }

    await field(page).focus();
    await page.keyboard.type('london');
    await page.getByRole('option', { name: 'London' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await field(page).inputValue()).toContain('Katmandu');
    expect(await page.getByRole('listbox').isVisible()).toBe(false);
  });

  it('is chosen by pointer from a list that starts with the choice, and with the arrow keys', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await field(page).click();
    const options = page.getByRole('option');
    await options.first().waitFor();
    expect(await options.first().textContent()).toContain('America/New_York');
    expect(await options.count()).toBeGreaterThan(300);
    await page.keyboard.press('ArrowUp');
    await page.locator('[role=option][aria-selected=true]:last-child').waitFor();
    await field(page).fill('auckland');
    await options.filter({ hasText: 'Pacific/Auckland' }).click();
    expect(await field(page).inputValue()).toContain('Pacific/Auckland');
    expect(await focusedName(page)).toBe('timeZone');
  });

  it('stays if nothing is found, and the form says so', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await field(page).fill('Atlantis');
    await page.getByRole('status').filter({ hasText: '0 time zones' }).waitFor();
    await page.getByLabel('Name').focus();
    expect(await explanationOf(field(page))).toMatch(/No time zone was found for “Atlantis”; it is still New York/);
  });
});

describe('the end', () => {
  it('follows the start: two hours later at first, and then with the same duration', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    const [starts, ends] = [page.getByLabel('Starts'), page.getByLabel('Ends')];
    await starts.fill('2030-06-21T20:00');
    expect(await ends.inputValue()).toBe('2030-06-21T22:00');
    await ends.fill('2030-06-22T01:00');
    await starts.fill('2030-10-26T23:00');
    expect(await ends.inputValue()).toBe('2030-10-27T04:00');
    await starts.fill('');
    await starts.fill('2030-12-31T23:00');
    expect(await ends.inputValue()).toBe('2031-01-01T04:00');
  });

  it('follows a start that is typed key by key', async () => {
    const page = await browser.visit(stack, { at: '#/new', locale: 'en-US' });
    await page.getByLabel('Starts').focus();
    await page.keyboard.type('06212030');
    await page.keyboard.press('Tab');
    await page.keyboard.type('0800PM');
    expect(await page.getByLabel('Starts').inputValue()).toBe('2030-06-21T20:00');
    expect(await page.getByLabel('Ends').inputValue()).toBe('2030-06-21T22:00');
  });
});

describe('the form', () => {
  it('shows what is required, and how much of a limit is used', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await page.getByRole('radio', { name: 'Both' }).check();
    const required = await page.locator('form [aria-required=true]').evaluateAll((all) => all.map(({ id }) => id));
    expect(required).toEqual(['name', 'starts', 'ends', 'timeZone', 'venue', 'address', 'url']);
    const marks = await page
      .locator('form label.required')
      .evaluateAll((all) => all.map((label) => getComputedStyle(label, '::after').content));
    expect(marks).toHaveLength(required.length);
    expect(marks[0]).toContain('*');

    const { maxLength } = limits.EventCreate.name;
    const name = page.getByLabel('Name');
    await name.fill('🎷'.repeat(maxLength * 0.5));
    expect(await page.getByText(/of 100 characters/).count()).toBe(0);
    await name.fill('🎷'.repeat(maxLength + 1));
    await page.locator('.counter.over').filter({ hasText: '101 of 100 characters' }).waitFor();
    await page.getByRole('status').filter({ hasText: '101 of 100 characters' }).waitFor();
  });

  it('finds all errors before it is sent, and checks a field again when it is corrected', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    let sent = 0;
    page.on('request', (request) => (sent += Number(request.method() === 'POST' && request.url().endsWith('/events'))));
    const field = (label: string) => page.getByLabel(label, { exact: true });
    await field('Starts').fill('2030-06-21T20:00');
    await field('Ends').fill('2030-06-21T19:00');
    await field('Tags').fill(`jazz, ${'x'.repeat(51)}`);
    await field('Capacity').fill('1.000');
    await field('Registration opens').fill('2030-06-22T20:00');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.locator('[name=name]:focus').waitFor();
    await page.getByRole('heading', { name: 'Not saved yet' }).waitFor();
    expect(await explanationOf(field('Ends'))).toContain('The end must be after the start.');
    expect(await explanationOf(field('Tags'))).toContain(`“${'x'.repeat(51)}”: At most 50 characters, please.`);
    expect(await explanationOf(field('Capacity'))).toContain('“1.000” can be read in two ways');
    expect(sent).toBe(0);

    await field('Name').fill('Co');
    expect(await isInvalid(field('Name'))).toBe(true);
    await field('Name').fill('Corrected');
    expect(await isInvalid(field('Name'))).toBe(false);
    await field('Starts').fill('2030-06-21T18:00');
    expect(await isInvalid(field('Ends'))).toBe(false);
    await field('Tags').fill('jazz');
    await field('Capacity').fill('1,000');
    await field('Registration opens').fill('2030-06-01T20:00');
    await page.getByRole('heading', { name: 'Not saved yet' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByRole('heading', { level: 1, name: 'Corrected' }).waitFor();
    expect(await api().getEvent(shownId(page))).toMatchObject({ capacity: 1_000 });
  });

  it('shows beside the capacity that more people have registered', async () => {
    const event = await api().publishEvent(await api().createEvent(eventWith({ location: venue, capacity: 5 })));
    for (const user of ['attendee', 'rival'] as const)
      await stack.as(user).registerForEvent(event.eventId, { name: user });
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}/edit` });
    await page.getByLabel('Capacity').fill('1');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('[name=capacity]:focus').waitFor();
    expect(await explanationOf(page.getByLabel('Capacity'))).toContain(
      'At least 2: that many people already have a seat',
    );
  });

  it('says before the event is saved that its start is in the past, and that its picture cannot be loaded', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await page.getByLabel('Starts').fill('2020-06-21T20:00');
    await page.getByRole('status').filter({ hasText: 'This start is in the past.' }).waitFor();
    await page.getByLabel('Starts').fill('2030-06-21T20:00');
    expect(await page.getByText('This start is in the past.').count()).toBe(0);
    await page.getByLabel('Picture').fill(`${pictures}/missing.jpg`);
    await page.getByRole('status').filter({ hasText: 'There is no picture at this address' }).waitFor();
    await page.getByLabel('Picture').fill(`${pictures}/a.jpg`);
    await page.waitForFunction(() => document.querySelector<HTMLImageElement>('img.picture')?.naturalWidth);
    expect(await page.getByText('There is no picture at this address').count()).toBe(0);
  });

  it('has a field for everything that the contract takes', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await fillNew(page, 'Complete');
    await page.getByLabel('Organizer', { exact: true }).fill('Riverside Music Association');
    await page.getByLabel('Description').fill('Three bands.');
    await page.getByLabel('Picture').fill(`${pictures}/a.jpg`);
    await page.getByLabel('Tags').fill('jazz');
    await page.getByRole('radio', { name: 'At a venue' }).check();
    await page.getByLabel('Venue', { exact: true }).fill('Harbour Stage');
    await page.getByLabel('Address').fill('Uferstraße 12');
    await page.getByLabel('Visible to').selectOption('public');
    await page.getByLabel('Capacity').fill('400');
    await page.getByLabel('People can wait').uncheck();
    await page.getByLabel('Registration opens').fill('2030-05-01T08:00');
    await page.getByLabel('Registration closes').fill('2030-06-20T20:00');
    await page.getByRole('button', { name: 'Add a question' }).click();
    await page.getByLabel('What you ask').fill('Which meal?');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByRole('heading', { level: 1, name: 'Complete' }).waitFor();
    const event = await api().getEvent(shownId(page));
    const missing = Object.keys(limits.EventCreate).filter((name) => !(name in event));
    expect(missing).toEqual([]);
    expect(event).toMatchObject({
      waitlist: false,
      visibility: 'public',
      registrationOpensAt: '2030-05-01T06:00:00Z',
      registrationClosesAt: '2030-06-20T18:00:00Z',
      questions: [{ kind: 'text', label: 'Which meal?' }],
    });
    await page.getByRole('link', { name: 'Edit' }).click();
    expect(await page.getByLabel('Registration opens').inputValue()).toBe('2030-05-01T08:00');
    await page.getByLabel('Registration opens').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Complete' }).waitFor();
    expect(await api().getEvent(event.eventId)).not.toHaveProperty('registrationOpensAt');
  });

  it('is loaded when it is opened; without a network it says so, and can be tried again', async () => {
    const page = await browser.visit(stack);
    await page.route('**/assets/form-views*.js', (route) => route.abort());
    await page.getByRole('link', { name: 'New event' }).click();
    await page.getByRole('heading', { name: 'This view could not be loaded' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.unroute('**/assets/form-views*.js');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: 'New event' }).waitFor();
  });
});

describe('who may not use the form', () => {
  it('reads why in its place, without "Try again"', async () => {
    const event = await api().publishEvent(
      await api().createEvent(eventWith({ name: 'Guarded', location: venue, visibility: 'public' })),
    );
    const reads = async (page: Page, title: string) => {
      await page.getByRole('heading', { name: title }).waitFor();
      expect(await page.getByLabel('Name').count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    };
    const at = `#/events/${event.eventId}/edit`;
    await reads(await browser.visit(stack, { user: 'attendee', at: '#/new' }), 'You cannot create events');
    await reads(await browser.visit(stack, { user: 'rival', at }), 'You cannot edit this event');
    await api().cancelEvent(event.eventId);
    const page = await browser.visit(stack, { at });
    await reads(page, 'This event is cancelled');
    expect(await findings(page)).toEqual([]);
    await page.getByRole('link', { name: 'Show the event' }).click();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Duplicate…' }).waitFor();
  });

  it('after the event was cancelled meanwhile reads it without "Try again"; after it was deleted, saves it as new', async () => {
    const cancelled = await api().publishEvent(
      await api().createEvent(eventWith({ name: 'Overtaken', location: venue })),
    );
    const page = await browser.visit(stack, { at: `#/events/${cancelled.eventId}/edit` });
    await page.getByLabel('Description').fill('Too late');
    await page.route(`**/events/${cancelled.eventId}`, (route) =>
      route.continue({ headers: { ...route.request().headers(), 'if-match': '*' } }),
    );
    await api().cancelEvent(cancelled.eventId);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').filter({ hasText: 'This event is cancelled' }).waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);

    const event = await api().createEvent(eventWith({ name: 'Deleted Meanwhile' }));
    const other = await browser.visit(stack, { at: `#/events/${event.eventId}/edit` });
    await other.getByLabel('Description').fill('Worth keeping');
    await api().deleteEvent(event);
    await other.getByRole('button', { name: 'Save' }).click();
    await other.getByRole('heading', { name: 'This event was deleted' }).waitFor();
    expect(await findings(other)).toEqual([]);
    // It is saved once, although the response is lost at first.
    await other.route('**/events', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await other.getByRole('button', { name: 'Save as a new event' }).press('Enter');
    await other.getByRole('heading', { name: 'The API cannot be reached' }).waitFor();
    await other.unroute('**/events');
    await other.getByRole('button', { name: 'Try again' }).click();
    await other.getByRole('status').filter({ hasText: 'Saved as a draft.' }).waitFor();
    const copy = await api().getEvent(shownId(other));
    expect(copy).toMatchObject({ name: 'Deleted Meanwhile', description: 'Worth keeping', status: 'draft' });
    expect(copy.eventId).not.toBe(event.eventId);
    const ids: string[] = [];
    for await (const { name, eventId } of api().listEvents({ organizerId: 'me' }))
      if (name === copy.name) ids.push(eventId);
    expect(ids).toEqual([copy.eventId]);
  });
});

describe.each([
  ['light', { dark: false }],
  ['dark', { dark: true }],
])('in German, on a narrow %s screen', (_scheme, visit) => {
  it('the form has no English text, fits the width, and passes the checks of axe', async () => {
    const page = await browser.visit(stack, { ...visit, at: '#/new', width: 320, locale: 'de-DE' });
    const field = (label: string) => page.getByLabel(label, { exact: true });
    await field('Beginn').fill('2020-06-21T20:00');
    expect(await field('Ende').inputValue()).toBe('2020-06-21T22:00');
    await field('Bild').fill(`${pictures}/missing.jpg`);
    await page.getByRole('status').filter({ hasText: 'Unter dieser Adresse gibt es kein Bild' }).waitFor();
    await page.getByRole('radio', { name: 'Beides' }).check();
    await field('Plätze').fill('1,000');
    await field('Stichwörter').fill('jazz, Jazz');
    await page.getByRole('button', { name: 'Frage hinzufügen' }).click();
    await field('Art der Antwort').selectOption('Mehrfachauswahl');
    await page.getByRole('button', { name: 'Frage hinzufügen' }).click();
    await page.getByRole('button', { name: 'Entfernen: Frage 2' }).click();
    await page.getByRole('button', { name: 'Rückgängig' }).waitFor();
    await field('Ende').fill('2020-06-21T19:00');
    await page.getByRole('button', { name: 'Entwurf speichern' }).click();
    await page.getByRole('heading', { name: 'Noch nicht gespeichert' }).waitFor();
    await page.getByText('Das Ende muss nach dem Beginn liegen.').waitFor();
    await page.getByText('„1,000“ ist nicht eindeutig').waitFor();
    await page.getByText('„Jazz“: Bitte jeden Eintrag nur einmal.').waitFor();
    const zone = page.getByRole('combobox', { name: 'Zeitzone' });
    await zone.fill('deutschland');
    await page.getByRole('option', { name: 'Berlin' }).waitFor();

    expect(await findings(page)).toEqual([]);
    const { width, available } = await page.evaluate(() => ({
      width: document.documentElement.scrollWidth,
      available: document.documentElement.clientWidth,
    }));
    expect(width).toBeLessThanOrEqual(available);
    const text = await page.locator('main').innerText();
    expect(text.match(/\b(the|is|and|of|you|please|your|event|save|with)\b/gi) ?? []).toEqual([]);

    await zone.press('Escape');
    await page.getByRole('link', { name: 'Alle Veranstaltungen' }).click();
    await page.getByRole('dialog', { name: 'Ohne Speichern verlassen?' }).waitFor();
    await page.getByRole('button', { name: 'Weiterbearbeiten' }).click();
  });
});
