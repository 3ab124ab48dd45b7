/** Calendar feeds, on both pages. */
import { localUsers } from '../../../../../scripts/stack/identity/users.ts';
import { findings, openPage } from '../browser.ts';
import { eventWith, venue } from '../stack.ts';

const { stack, browser } = openPage();

describe('the calendar feeds', () => {
  it('of an organizer are created with the keyboard, shown once, and deleted', async () => {
    const api = stack.as('organizer');
    await api.publishEvent(await api.createEvent(eventWith({ name: 'In the Feed', location: venue })));
    const page = await browser.visit(stack, { width: 320 });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('link', { name: 'Calendar feeds' }).press('Enter');
    await page.getByRole('heading', { name: 'No feeds yet' }).waitFor();
    await page.getByLabel('Name').fill('Concerts');
    await page.keyboard.press('Enter');
    await page.locator('.secret:focus').getByText('It is shown only this once.').waitFor();
    await page.getByRole('heading', { level: 3, name: 'Concerts' }).waitFor();
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    const url = await page.getByLabel('Address of the feed').inputValue();
    await page.getByRole('button', { name: 'Copy address' }).press('Enter');
    await page.getByRole('status').filter({ hasText: 'The address has been copied.' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(url);
    expect(await page.getByRole('link', { name: 'Open in a calendar app' }).getAttribute('href')).toBe(
      url.replace('http:', 'webcal:'),
    );
    expect(await (await fetch(url)).text()).toContain('SUMMARY:In the Feed');

    await page.getByRole('link', { name: 'All events' }).click();
    await page.getByRole('link', { name: 'Calendar feeds' }).click();
    await page.getByRole('heading', { level: 3, name: 'Concerts' }).waitFor();
    expect(await page.getByLabel('Address of the feed').count()).toBe(0);
    await page.getByRole('button', { name: 'Delete Concerts…' }).press('Enter');
    await page.getByRole('dialog').getByText('Concerts').waitFor();
    await page.getByRole('button', { name: 'Delete feed' }).press('Enter');
    await page.getByRole('heading', { name: 'No feeds yet' }).waitFor();
    await page.locator('h1:focus').waitFor();
    expect((await fetch(url)).status).toBe(404);
  });

  it('that were deleted elsewhere are gone, and those of another organizer say so', async () => {
    const api = stack.as('organizer');
    const { sub } = localUsers.rival;
    const feed = await api.createCalendarFeed({ name: 'Theirs', source: { kind: 'published-by', organizerId: sub } });
    const page = await browser.visit(stack, { at: '#/calendars' });
    await page.getByText('Published events of another organizer').waitFor();
    await api.deleteCalendarFeed(feed);
    await page.getByRole('button', { name: 'Delete Theirs…' }).click();
    await page.getByRole('button', { name: 'Delete feed' }).click();
    await page.getByRole('status').filter({ hasText: 'The feed was already deleted.' }).waitFor();
    await page.getByRole('heading', { name: 'No feeds yet' }).waitFor();
  });

  it('of an attendee have the own registrations, and there are at most as many as the API allows', async () => {
    const api = stack.as('organizer');
    const event = await api.publishEvent(await api.createEvent(eventWith({ name: 'Attended', location: venue })));
    await stack.as('attendee').registerForEvent(event.eventId, { name: 'Mira Novak' });
    const page = await browser.visit({ page: stack.attend }, { user: 'attendee', at: '#/registrations' });
    await page.getByRole('link', { name: 'Calendar feeds' }).click();
    const create = page.getByRole('button', { name: 'Create a feed' });
    const rows = page.getByRole('heading', { level: 3, name: 'My registrations' });
    for (let count = 1; count <= 5; count += 1) {
      await create.click();
      await rows.nth(count - 1).waitFor();
    }
    const url = await page.getByLabel('Address of the feed').inputValue();
    expect(await (await fetch(url)).text()).toContain('SUMMARY:Attended');
    await create.click();
    await page.getByRole('alert').filter({ hasText: 'Delete one that you no longer use.' }).waitFor();
    expect(await rows.count()).toBe(5);
  });
});
