/** The page of a month. */
import type { Page } from 'playwright-core';
import { localUsers } from '../../../../../scripts/stack/identity/users.ts';
import { recordOf, seed } from '../../../../../test/support/seed.ts';
import { findings, openPage } from '../browser.ts';

const { stack, browser } = openPage();

beforeAll(async () => {
  const timed = (name: string, startsAt: string, endsAt: string, changes = {}) =>
    recordOf({ organizerId: localUsers.organizer.sub, name, startsAt, endsAt, ...changes });
  await seed(stack.tables, [
    timed('Camp', '2030-05-30T18:00:00Z', '2030-06-02T18:00:00Z'),
    timed('Late', '2030-07-01T02:00:00Z', '2030-07-01T03:00:00Z'),
    timed('Idea', '2030-06-12T10:00:00Z', '2030-06-12T12:00:00Z', { status: 'draft' }),
    timed('July', '2030-07-04T10:00:00Z', '2030-07-04T12:00:00Z'),
    // More than a page of the API.
    ...Array.from({ length: 101 }, (_, index) =>
      timed(`Course ${index}`, '2030-06-20T10:00:00Z', '2030-06-20T12:00:00Z', { tags: ['course'] }),
    ),
  ]);
});

const june = '#/?view=month&month=2030-06';
/** The events on a day of June. */
const on = (page: Page, day: string) =>
  page.locator(`td:has(time[datetime="2030-06-${day}"])`).getByRole('link').allInnerTexts();

describe('the page of a month', () => {
  it('has all events on each of their days, in the time zone of the visitor, and leads to them', async () => {
    const page = await browser.visit(stack, { at: june, timeZone: 'America/New_York' });
    await page
      .getByRole('table', { name: 'June 2030' })
      .getByRole('link', { name: /Course 100/ })
      .waitFor();
    await page.getByText('Times in New York (GMT-4)').waitFor();
    expect(await on(page, '20')).toHaveLength(101);
    expect([await on(page, '01'), await on(page, '02'), await on(page, '03')]).toEqual([
      ['continues Camp'],
      ['continues Camp'],
      [],
    ]);
    expect(await on(page, '30')).toEqual(['22:00 Late']);
    expect(await on(page, '12')).toEqual(['06:00 Idea Draft']);
    expect(await page.getByRole('link', { name: /July$/ }).count()).toBe(0);
    await page.getByRole('link', { name: /Late/ }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Late' }).waitFor();
    await page.getByRole('link', { name: 'All events' }).click();
    await page.locator('a:focus').filter({ hasText: 'Late' }).waitFor();
  });

  it('is turned with the keyboard, keeps its filters, and has an address of its own', async () => {
    const page = await browser.visit(stack, { at: `${june}&tag=course` });
    await page.getByRole('link', { name: /Course 100/ }).waitFor();
    expect(await on(page, '12')).toEqual([]);
    await page.getByRole('link', { name: 'July 2030' }).press('Enter');
    await page.getByRole('heading', { name: 'No events in this month' }).waitFor();
    expect(page.url()).toContain('tag=course&view=month&month=2030-07');
    await page.keyboard.press('Enter');
    await page.getByRole('table', { name: 'August 2030' }).waitFor();
    await page.getByRole('link', { name: 'List' }).press('Enter');
    await page
      .getByRole('heading', { level: 3, name: /^Course/ })
      .first()
      .waitFor();
    expect(page.url()).toMatch(/#\/\?tag=course$/);
  });

  it.each([
    ['en-US', 'Sun', /^6:00\sAM Idea/],
    ['de', 'Mo', /^06:00 Idea/],
  ])('begins its weeks, and has times, as people in %s write them', async (locale, day, entry) => {
    const page = await browser.visit(stack, { at: june, locale });
    await page.getByRole('link', { name: /Idea/ }).waitFor();
    expect(await page.getByRole('columnheader').first().innerText()).toBe(day);
    expect((await on(page, '12'))[0]).toMatch(entry);
  });

  it.each([
    ['light', false],
    ['dark', true],
  ])('is a list of days with events on a narrow screen, and accessible: %s', async (_, dark) => {
    const page = await browser.visit(stack, { at: `${june}&q=idea`, width: 320, dark });
    await page.getByRole('link', { name: /Idea/ }).waitFor();
    expect(await page.getByRole('cell').count()).toBe(1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    expect(await findings(page)).toEqual([]);
  });
});
