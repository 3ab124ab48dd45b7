import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { localUsers } from '../../../../../scripts/stack/identity/users.ts';
import { recordOf, seed } from '../../../../../test/support/seed.ts';
import { findings, listAddress, openPage } from '../browser.ts';
import { crashed, eventWith, venue } from '../stack.ts';

const { stack, browser } = openPage();
beforeAll(async () => {
  const [mine, theirs] = [stack.as('organizer'), stack.as('rival')];
  await mine.publishEvent(
    await mine.createEvent(eventWith({ location: venue, capacity: 400, tags: ['music', 'jazz'] })),
  );
  await mine.createEvent(
    eventWith({
      name: '<img src=x onerror=alert(1)>',
      startsAt: '2030-07-01T18:00:00Z',
      endsAt: '2030-07-03T18:00:00Z',
    }),
  );
  const cancelled = await mine.publishEvent(
    await mine.createEvent(
      eventWith({
        name: 'Open Air',
        startsAt: '2030-08-01T18:00:00Z',
        endsAt: '2030-08-01T20:00:00Z',
        location: venue,
      }),
    ),
  );
  await mine.cancelEvent(cancelled, { reason: 'A storm is coming.' });
  await theirs.publishEvent(await theirs.createEvent(eventWith({ name: 'City Cycling', location: venue })));
  // One event more than a request scans, so that the first page with this rare tag is empty and has a next one.
  const crowd = Array.from({ length: 500 }, () =>
    recordOf({ organizerId: localUsers.rival.sub, startsAt: '2031-01-01T10:00:00Z', tags: ['common'] }),
  );
  const rare = recordOf({
    organizerId: localUsers.rival.sub,
    eventId: randomUUID(),
    name: 'The Rare One',
    startsAt: '2031-02-01T10:00:00Z',
    tags: ['rare'],
  });
  await seed(stack.tables, [...crowd, rare]);
});

const rows = (page: Page) => page.getByRole('heading', { level: 3 });
const names = (page: Page) => rows(page).allTextContents();

describe('the list', () => {
  it("shows the organizer's own events in every status, with any name", async () => {
    const page = await browser.visit(stack);
    await page.getByText('That is all: 3 events.').waitFor();
    expect(await names(page)).toEqual(['Riverside Jazz Night', '<img src=x onerror=alert(1)>', 'Open Air']);
  });

  it('is filtered by status, time and tag, and keeps the filters in its address', async () => {
    const page = await browser.visit(stack);
    await page.getByRole('checkbox', { name: 'Draft' }).check();
    await page.getByText('That is the only one.').waitFor();
    expect(await names(page)).toEqual(['<img src=x onerror=alert(1)>']);
    await page.getByRole('checkbox', { name: 'Cancelled' }).check();
    await page.getByText('That is all: 2 events.').waitFor();
    await page.getByRole('combobox', { name: 'When' }).selectOption('Between two days');
    await page.getByLabel('From').fill('2030-07-02');
    await page.getByText('That is the only one.').waitFor();
    await page.getByLabel('To', { exact: true }).fill('2030-07-31');
    await page.getByText('No events match these filters').waitFor();
    expect(page.url()).toBe(`${stack.page}#/?status=draft&status=cancelled&when=between&from=2030-07-02&to=2030-07-31`);
    await page.getByRole('link', { name: 'Clear the filters' }).click();
    await page.getByText('That is all: 3 events.').waitFor();
    await page.getByRole('combobox', { name: 'When' }).selectOption('Past');
    await page.getByText('No events match these filters').waitFor();
    await page.getByRole('combobox', { name: 'When' }).selectOption('Upcoming');
    await page.getByRole('searchbox', { name: 'Tag' }).fill('Jazz');
    await page.getByText('That is the only one.').waitFor();
    expect(await names(page)).toEqual(['Riverside Jazz Night']);
    await page.getByRole('searchbox', { name: 'Tag' }).fill('');
    await page.getByText('That is all: 3 events.').waitFor();
    await page.getByRole('searchbox', { name: 'Search' }).fill('night ri');
    await page.getByText('That is the only one.').waitFor();
    expect(await names(page)).toEqual(['Riverside Jazz Night']);
  });

  it('applies all of several filters that are set at the same time', async () => {
    const page = await browser.visit(stack);
    await page.evaluate(() => {
      const named = (text: string) =>
        [...document.querySelectorAll('label')].find(({ textContent }) => textContent === text);
      named('Draft')?.click();
      named('Cancelled')?.click();
      const tag = document.querySelector<HTMLInputElement>('input[name=tag]');
      if (tag) tag.value = 'jazz';
      tag?.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await page.waitForURL(`${stack.page}#/?status=draft&status=cancelled&tag=jazz`);
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(2);
    expect(await page.getByRole('searchbox', { name: 'Tag' }).inputValue()).toBe('jazz');
  });

  it('loads further pages on request', async () => {
    const page = await browser.visit(stack);
    await page.getByRole('radio', { name: "Everyone's" }).check();
    await page.getByRole('button', { name: 'Show more' }).waitFor();
    expect(await names(page)).toHaveLength(25);
    await page.getByRole('button', { name: 'Show more' }).click();
    await rows(page).nth(49).waitFor();
    expect(await names(page)).toHaveLength(50);
    expect((await names(page)).slice(0, 2).sort()).toEqual(['City Cycling', 'Riverside Jazz Night']);
  });

  it('continues by itself after an empty page if there is a next one', async () => {
    const page = await browser.visit(stack);
    await page.getByRole('radio', { name: "Everyone's" }).check();
    await page.getByRole('searchbox', { name: 'Tag' }).fill('rare');
    await page.getByRole('link', { name: 'The Rare One' }).waitFor();
    await page.getByText('That is the only one.').waitFor();
  });

  it('announces that it is loading', async () => {
    const page = await browser.visit(stack);
    let release: () => void = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route(listAddress, (route) => released.then(() => route.continue()));
    await page.getByRole('radio', { name: "Everyone's" }).check();
    await page.getByRole('status').filter({ hasText: 'Loading events' }).waitFor();
    release();
    await page.getByRole('button', { name: 'Show more' }).waitFor();
  });

  it('keeps its pages when the next one fails, shows the request id, and retries that page', async () => {
    const page = await browser.visit(stack);
    await page.getByRole('radio', { name: "Everyone's" }).check();
    await page.getByRole('button', { name: 'Show more' }).waitFor();
    await page.route(listAddress, (route) => route.fulfill(crashed), { times: 1 });
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByRole('alert').filter({ hasText: 'gateway-1' }).waitFor();
    expect(await names(page)).toHaveLength(25);
    await page.getByRole('button', { name: 'Try again' }).click();
    await rows(page).nth(49).waitFor();
    expect(await names(page)).toHaveLength(50);
  });

  it('shows the error of a filter next to it', async () => {
    const page = await browser.visit(stack);
    await page.getByRole('searchbox', { name: 'Tag' }).fill('x'.repeat(51));
    await page.getByText('At most 50 characters, please.').waitFor();
    expect(await page.getByRole('searchbox', { name: 'Tag' }).getAttribute('aria-invalid')).toBe('true');
  });

  it("shows times in the event's time zone, and in the visitor's if they differ", async () => {
    const page = await browser.visit(stack, { timeZone: 'America/New_York' });
    await page.getByText('20:00 – 00:00 Berlin (GMT+2)').waitFor();
    await page.getByText('20:00 – Wed 3 Jul, 20:00').waitFor();
    await page.getByRole('link', { name: 'Riverside Jazz Night' }).click();
    await page.getByText('Your time: Fri, 21 Jun 2030, 14:00 – 18:00, New York (GMT-4)').waitFor();
  });

  it('keeps its filters when the visitor returns', async () => {
    const page = await browser.visit(stack);
    await page.getByRole('checkbox', { name: 'Cancelled' }).check();
    await page.getByRole('link', { name: 'Open Air' }).click();
    await page.getByText('A storm is coming.').waitFor();
    await page.getByRole('link', { name: 'All events' }).click();
    await page.getByText('That is the only one.').waitFor();
    expect(await page.getByRole('checkbox', { name: 'Cancelled' }).isChecked()).toBe(true);
  });

  it('can be used with the keyboard only', async () => {
    const page = await browser.visit(stack);
    await page.getByText('That is all: 3 events.').waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    expect(await focused()).toBe('Events');
    await page.getByRole('link', { name: 'Skip to the content' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('New event');
    // The two views, the calendar feeds, the search, and whose events.
    for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: 'Show more' }).waitFor();
    await page.getByRole('link', { name: 'City Cycling' }).focus();
    await page.keyboard.press('Enter');
    // The heading takes the focus after it is rendered.
    await page.locator('h1:focus').filter({ hasText: 'City Cycling' }).waitFor();
    expect(await focused()).toBe('City Cycling');
    expect(await page.title()).toBe('City Cycling – Organizer');
  });
});

describe('the filter between two days', () => {
  it.each([1_280, 1_100, 390, 320])(
    'has fields that overlap neither each other nor the edge, %i pixels wide',
    async (width) => {
      const page = await browser.visit(stack, { width, at: '#/?when=between&from=2030-07-02&to=2030-07-31' });
      const toggle = page.getByRole('button', { name: 'Filters (1)' });
      if (width < 576) await toggle.click();
      expect(await toggle.count()).toBe(width < 576 ? 1 : 0);
      await page.getByLabel('From').waitFor();
      const boxes = await page
        .locator('.filters')
        .locator('input:not([type=radio], [type=checkbox]), select')
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect));
      expect(boxes.length).toBe(5);
      const overlaps = (one: DOMRect, other: DOMRect) =>
        one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
      expect(boxes.flatMap((one, index) => boxes.slice(index + 1).filter((other) => overlaps(one, other)))).toEqual([]);
      const edge = await page.locator('.filters').evaluate((card) => card.getBoundingClientRect().right);
      for (const { right } of boxes) expect(right).toBeLessThanOrEqual(edge);
    },
  );
});

describe('a visitor who returns to the list', () => {
  const everyone = '#/?whose=everyone';
  const opened = (page: Page) => rows(page).nth(40).getByRole('link');
  const focusedAddress = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('href') ?? null);

  it.each<[string, (page: Page) => Promise<unknown>]>([
    ['with "back"', (page) => page.goBack()],
    ['by the link', (page) => page.getByRole('link', { name: 'All events' }).click()],
  ])('%s finds all loaded pages, the scroll position and the focus', async (_, back) => {
    const page = await browser.visit(stack, { at: everyone });
    await page.getByRole('button', { name: 'Show more' }).click();
    await rows(page).nth(49).waitFor();
    const href = await opened(page).getAttribute('href');
    await opened(page).scrollIntoViewIfNeeded();
    const scroll = await page.evaluate(() => scrollY);
    expect(scroll).toBeGreaterThan(1_000);
    await opened(page).click();
    await page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Events' }).waitFor();
    await back(page);
    await opened(page).waitFor();
    expect(await names(page)).toHaveLength(50);
    expect(await focusedAddress(page)).toBe(href);
    expect(Math.abs((await page.evaluate(() => scrollY)) - scroll)).toBeLessThan(5);
  });

  it('with other filters starts at the top', async () => {
    const page = await browser.visit(stack, { at: everyone });
    await page.getByRole('button', { name: 'Show more' }).click();
    await opened(page).click();
    await page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Events' }).waitFor();
    await page.goto(`${stack.page}${everyone}&tag=common`);
    await rows(page).nth(20).waitFor();
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });
});

describe('the focus', () => {
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.closest('.row')?.textContent ?? '');

  it('moves to the first new row after "Show more", with the keyboard', async () => {
    const page = await browser.visit(stack, { at: '#/?whose=everyone' });
    await page.getByRole('button', { name: 'Show more' }).press('Enter');
    await rows(page).nth(49).waitFor();
    await page.waitForFunction(() => document.activeElement?.closest('.row'));
    expect(
      await rows(page)
        .nth(25)
        .getByRole('link')
        .evaluate((link) => link === document.activeElement),
    ).toBe(true);
  });

  it('moves to the notice if loading fails, and to the first row after "Try again"', async () => {
    const page = await browser.visit(stack, { at: '#/?whose=everyone' });
    await page.getByRole('button', { name: 'Show more' }).waitFor();
    await page.route(listAddress, (route) => route.fulfill(crashed), { times: 1 });
    await page.getByRole('button', { name: 'Show more' }).press('Enter');
    await page.locator('.problem:focus').waitFor();
    await page.getByRole('button', { name: 'Try again' }).press('Enter');
    await rows(page).nth(49).waitFor();
    await page.waitForFunction(() => document.activeElement?.closest('.row'));
    expect(await focused(page)).not.toBe('');

    await page.route(listAddress, (route) => route.fulfill(crashed), { times: 1 });
    await page.getByRole('searchbox', { name: 'Tag' }).fill('jazz');
    await page.getByRole('button', { name: 'Try again' }).press('Enter');
    await page.waitForFunction(() => document.activeElement?.closest('.row'));
    expect(await focused(page)).toContain('Riverside Jazz Night');
  });
});

describe('the filters', () => {
  it('by a tag are set with one click in a row, and reset with one more', async () => {
    const page = await browser.visit(stack);
    await page.getByText('That is all: 3 events.').waitFor();
    await page.getByRole('listitem').getByRole('link', { name: 'jazz', exact: true }).click();
    await page.getByText('That is the only one.').waitFor();
    expect(page.url()).toBe(`${stack.page}#/?tag=jazz`);
    await page.getByRole('link', { name: 'Clear the filters' }).click();
    await page.getByText('That is all: 3 events.').waitFor();
    expect(await page.getByRole('link', { name: 'Clear the filters' }).count()).toBe(0);
  });

  it('explain why nothing is found if the last day is before the first one', async () => {
    const page = await browser.visit(stack, { at: '#/?when=between&from=2030-07-31&to=2030-07-02' });
    await page.getByText('This day is before the first one').waitFor();
    expect(await page.getByLabel('To', { exact: true }).getAttribute('aria-invalid')).toBe('true');
  });

  it('leave room for the events on a phone, and open with the keyboard', async () => {
    const page = await browser.visit(stack, { width: 320 });
    await rows(page).first().waitFor();
    const { y = 0 } = (await rows(page).first().boundingBox()) ?? {};
    expect(y).toBeLessThan(500);
    const toggle = page.getByRole('button', { name: 'Filters' });
    expect([await toggle.getAttribute('aria-expanded'), await page.getByLabel('When').isVisible()]).toEqual([
      'false',
      false,
    ]);
    await toggle.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('whose');
    expect(await toggle.getAttribute('aria-expanded')).toBe('true');
    expect(await findings(page)).toEqual([]);
  });
});

describe('an unknown event', () => {
  it('is reported as missing, once', async () => {
    const page = await browser.visit(stack, { at: `#/events/${randomUUID()}` });
    await page.getByRole('heading', { name: 'Event not found' }).waitFor();
    expect(await page.getByText('Event not found').count()).toBe(1);
  });
});
