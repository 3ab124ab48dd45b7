/** What the page cannot use is left out, and what it cannot show is never taken for a failed sign-in. */
import type { Page, Route } from 'playwright-core';
import { localUsers } from '../../../../../scripts/stack/identity/users.ts';
import { recordOf, seed } from '../../../../../test/support/seed.ts';
import { choose, listAddress, listServed, openPage, signIn } from '../browser.ts';
import { eventWith, venue } from '../stack.ts';

const { stack, browser } = openPage();

const names = (page: Page) => page.getByRole('heading', { level: 3 }).allTextContents();
const fromNow = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString().replace(/\.\d+Z/, 'Z');
const hour = 1;
const day = 24 * hour;

beforeAll(async () => {
  const organizerId = localUsers.organizer.sub;
  const timed = (name: string, starts: number, ends: number, changes = {}) =>
    recordOf({ organizerId, name, startsAt: fromNow(starts), endsAt: fromNow(ends), ...changes });
  await seed(stack.tables, [
    timed('Festival', -2 * day, day),
    timed('Concert', -2 * hour, hour),
    timed('Over', -3 * day, -2 * day),
    timed('Planned', -hour, day, { status: 'draft' }),
    timed('Dropped', -hour / 2, day, { status: 'cancelled', cancellation: { at: fromNow(-hour) } }),
    timed('Tomorrow', day, 2 * day),
  ]);
});

describe('an event that is happening', () => {
  it('is listed first under "Upcoming", and not under "Past"', async () => {
    const page = await browser.visit(stack);
    await page.getByText('That is all: 5 events.').waitFor();
    expect(await names(page)).toEqual(['Festival', 'Concert', 'Planned', 'Dropped', 'Tomorrow']);
    await page.getByRole('combobox', { name: 'When' }).selectOption('Past');
    await page.getByText('That is the only one.').waitFor();
    expect(await names(page)).toEqual(['Over']);
  });

  it('says so only if it is published', async () => {
    const page = await browser.visit(stack);
    const row = (name: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
    await row('Festival').getByText('Happening now').waitFor();
    for (const name of ['Planned', 'Dropped']) expect(await row(name).getByText('Happening now').count()).toBe(0);
  });
});

describe('a deleted event', () => {
  it('is not listed, even if the list of the API still has it', async () => {
    const api = stack.as('organizer');
    const { eventId } = await api.createEvent(eventWith({ name: 'Deleted' }));
    const page = await browser.visit(stack, { at: `#/events/${eventId}` });
    const { items } = await api.listEvents({ organizerId: 'me' });
    const stale = JSON.stringify({ items });
    await page.route(listAddress, (route) => route.fulfill({ contentType: 'application/json', body: stale }));
    await choose(page, 'Delete…');
    await page.getByRole('button', { name: 'Delete event' }).click();
    await page.getByRole('link', { name: 'Festival' }).waitFor();
    expect(await names(page)).not.toContain('Deleted');
  });
});

describe('the page', () => {
  it('has the title of the view that it loads, not of the one before', async () => {
    const page = await browser.visit(stack, { at: '#/?when=past' });
    const held = new Promise<Route>((resolve) => void page.route(/\/events\/[^/]+$/, resolve));
    await page.getByRole('link', { name: 'Over' }).click();
    await page.waitForFunction(() => document.title === 'Loading the event – Organizer');
    await (await held).continue();
    await page.waitForFunction(() => document.title === 'Over – Organizer');
  });

  it('works in a browser whose time zone is unknown', async () => {
    const page = await browser.visit(stack, { user: 'signed-out', width: 1_002 });
    await page.addInitScript("Object.defineProperty(Temporal.Now, 'timeZoneId', { value: () => 'Etc/Unknown' })");
    await page.reload();
    await signIn(page, 'organizer');
    await page.getByRole('link', { name: 'Festival' }).click();
    await page.getByRole('heading', { level: 1, name: 'Festival' }).waitFor();
    await page.goto(`${stack.page}#/new`);
    expect(await page.getByLabel('Time zone').inputValue()).toBe('UTC · GMT');
  });

  it('leaves out a date in its address that the calendar does not have', async () => {
    const page = await browser.visit(stack, { at: '#/?when=between&from=2030-02-30&to=2030-13-01' });
    await page.getByText('That is all: 5 events.').waitFor();
    expect(await page.getByLabel('From').inputValue()).toBe('');
  });

  it('filters by the day that the row of an event shows, wherever the visitor is', async () => {
    const api = stack.as('rival');
    const tokyo = { timeZone: 'Asia/Tokyo', location: venue };
    await api.publishEvent(
      await api.createEvent(
        eventWith({ ...tokyo, name: 'Early', startsAt: '2030-06-20T16:00:00Z', endsAt: '2030-06-20T18:00:00Z' }),
      ),
    );
    const on = (date: string) => `#/?whose=everyone&when=between&from=${date}&to=${date}`;
    const page = await browser.visit(stack, { at: on('2030-06-21'), timeZone: 'America/New_York' });
    await page.getByRole('link', { name: 'Early' }).waitFor();
    await page.goto(`${stack.page}${on('2030-06-20')}`);
    await page.getByText('No events match these filters').waitFor();
  });

  it('says that there is no such event at an address without an id of the API', async () => {
    const page = await browser.visit(stack, { at: '#/events/abc' });
    await page.getByRole('heading', { name: 'Event not found' }).waitFor();
    expect(await page.getByText('See errors').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  });

  it('shows an exception in a view as such, keeps the session, and recovers at another address', async () => {
    const page = await browser.visit(stack);
    const unusable = JSON.stringify({ items: [{ name: 'Unusable', startsAt: 'soon', timeZone: 'Europe/Berlin' }] });
    await page.route(listAddress, (route) => route.fulfill({ contentType: 'application/json', body: unusable }), {
      times: 1,
    });
    const served = listServed(page);
    await page.getByRole('checkbox', { name: 'Draft' }).check();
    await served;
    await page.getByRole('heading', { name: 'This view cannot be shown' }).waitFor();
    expect(await page.getByText('sign-in').count()).toBe(0);
    expect(browser.takeErrors()).toHaveLength(1);
    await page.getByRole('link', { name: 'All events' }).click();
    await page.getByRole('link', { name: 'Festival' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
  });

  it('shows an exception in the first view as such after a sign-in, and tries again', async () => {
    const page = await browser.visit(stack, { user: 'signed-out' });
    const unusable = JSON.stringify({ items: [{ name: 'Unusable', startsAt: 'soon', timeZone: 'Europe/Berlin' }] });
    await page.route(listAddress, (route) => route.fulfill({ contentType: 'application/json', body: unusable }), {
      times: 1,
    });
    await signIn(page, 'organizer');
    await page.getByRole('heading', { name: 'This view cannot be shown' }).waitFor();
    expect(browser.takeErrors()).toHaveLength(1);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: 'Festival' }).waitFor();
  });

  it('ignores stored input that it cannot read', async () => {
    const page = await browser.visit(stack);
    await page.evaluate(() => sessionStorage.setItem('draft', '{broken'));
    await page.getByRole('link', { name: 'New event' }).click();
    await page.getByRole('heading', { level: 1, name: 'New event' }).waitFor();
  });
});
