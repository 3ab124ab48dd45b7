import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { findings, listAddress, openPage, pictures as pictureHost } from '../browser.ts';
import { crashed, eventWith, venue } from '../stack.ts';

/** The folder for a screenshot of each view, for review by a person. */
const screenshots = 'build/example-pictures';

const { stack, browser } = openPage();
let eventId: string;

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  const api = stack.as('organizer');
  const event = await api.createEvent(
    eventWith({
      location: venue,
      capacity: 400,
      tags: ['music', 'jazz'],
      description: 'Three bands, one stage, and the river.',
      imageUrl: `${pictureHost}/riverside.jpg`,
    }),
  );
  ({ eventId } = await api.publishEvent(event));
  await api.createRegistration(eventId, { name: 'Maximilian-Alexander Freiherr von und zu Hohenlohe-Waldenburg' });
  await api.createEvent(
    eventWith({
      name: 'Donaudampfschifffahrtsgesellschaftskapitänsversammlung',
      startsAt: '2030-08-01T10:00:00Z',
      endsAt: '2030-08-03T10:00:00Z',
    }),
  );
  const cancelled = await api.publishEvent(
    await api.createEvent(
      eventWith({
        name: 'Open Air',
        startsAt: '2030-09-01T10:00:00Z',
        endsAt: '2030-09-01T12:00:00Z',
        location: venue,
      }),
    ),
  );
  await api.cancelEvent(cancelled, { reason: 'A storm is coming.' });
});

/** Every view in order, each with the steps from the previous one. */
const views: readonly (readonly [name: string, enter: (page: Page) => Promise<unknown>])[] = [
  ['list', (page) => page.getByText('That is all').waitFor()],
  [
    'empty',
    async (page) => {
      await page.getByRole('searchbox', { name: 'Search' }).fill('nothing');
      await page.getByText('No events match').waitFor();
    },
  ],
  [
    'failed',
    async (page) => {
      await page.route(listAddress, (route) => route.fulfill(crashed), { times: 1 });
      await page.goto(`${stack.page}#/?when=past`);
      await page.getByRole('alert').waitFor();
    },
  ],
  [
    'month',
    async (page) => {
      await page.goto(`${stack.page}#/?view=month&month=2030-08`);
      await page
        .getByRole('link', { name: /Donaudampf/ })
        .first()
        .waitFor();
    },
  ],
  [
    'event',
    async (page) => {
      await page.goto(`${stack.page}#/events/${eventId}`);
      await page.getByRole('button', { name: 'More' }).waitFor();
    },
  ],
  [
    'menu',
    async (page) => {
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name: 'Duplicate…' }).waitFor();
      await page.keyboard.press('End');
    },
  ],
  [
    'cancel dialog',
    async (page) => {
      await page.getByRole('menuitem', { name: 'Cancel event…' }).click();
      await page.getByLabel('Reason').waitFor();
    },
  ],
  [
    'share dialog',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Share' }).click();
      await page.getByRole('dialog', { name: 'Share this event' }).getByRole('img').waitFor();
    },
  ],
  [
    'preview',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.goto(`${stack.page}#/events/${eventId}/preview`);
      await page.getByText('This is how guests will see the event.').waitFor();
    },
  ],
  [
    'feeds',
    async (page) => {
      await page.goto(`${stack.page}#/calendars`);
      await page.getByRole('button', { name: 'Create a feed' }).click();
      await page.locator('.secret').waitFor();
    },
  ],
  [
    'delete-feed dialog',
    async (page) => {
      await page.getByRole('button', { name: /^Delete/ }).click();
      await page.getByRole('dialog').waitFor();
    },
  ],
  [
    'check-in',
    async (page) => {
      await page.getByRole('button', { name: 'Delete feed' }).click();
      await page.getByRole('heading', { name: 'No feeds yet' }).waitFor();
      await page.goto(`${stack.page}#/events/${eventId}/check-in`);
      await page.getByLabel('Name, number or code').fill('1');
      await page.getByLabel('Name, number or code').press('Enter');
      await page.locator('.door-result').waitFor();
    },
  ],
  [
    'unknown ticket',
    async (page) => {
      await page.getByLabel('Name, number or code').fill('a'.repeat(44));
      await page.getByLabel('Name, number or code').press('Enter');
      await page.locator('.door-result').filter({ hasText: 'Unknown ticket' }).waitFor();
    },
  ],
  [
    'form',
    async (page) => {
      await page.goto(`${stack.page}#/events/${eventId}`);
      await page.getByRole('link', { name: 'Edit' }).click();
      await page.getByLabel('Venue', { exact: true }).waitFor();
    },
  ],
  [
    'leave dialog',
    async (page) => {
      await page.getByLabel('Name').fill('');
      await page.getByRole('link', { name: 'Organizer' }).click();
      await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    },
  ],
  [
    'field errors',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.getByLabel('Capacity').fill('0');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('alert').waitFor();
    },
  ],
  [
    'conflict',
    async (page) => {
      await page.getByLabel('Name').fill('Riverside Jazz Weekend');
      await page.getByLabel('Capacity').fill('500');
      const { name } = await stack.as('organizer').getEvent(eventId);
      await stack
        .as('organizer')
        .updateEvent(eventId, { name: `${name}!`, tags: ['music', 'jazz', `v${name.length}`] });
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { name: 'This event was changed in another tab or on another device' }).waitFor();
    },
  ],
];

async function checkAppearance(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${screenshots}/${name}.png`, fullPage: true });
  expect(await findings(page)).toEqual([]);
  const { width, available } = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    available: document.documentElement.clientWidth,
  }));
  expect(width).toBeLessThanOrEqual(available);
}

describe.each([
  ['light', { dark: false, width: 1_100 }],
  ['dark', { dark: true, width: 1_100 }],
  ['phone', { dark: false, width: 390 }],
  ['narrow dark', { dark: true, width: 320 }],
])('on a %s screen', (screen, visit) => {
  it('every view passes the checks of axe, and fits the width', async () => {
    const page = await browser.visit(stack, { ...visit, user: 'signed-out' });
    await checkAppearance(page, `${screen}-welcome`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Who signs in?' }).waitFor();
    await checkAppearance(page, `${screen}-sign-in`);
    await page.getByRole('link', { name: /^organizer/ }).click();
    for (const [name, enter] of views) {
      await enter(page);
      await checkAppearance(page, `${screen}-${name}`);
    }
  });
});
