/** Short messages at the bottom of the page. */
import { openPage } from '../browser.ts';
import { eventWith, venue } from '../stack.ts';

const { stack, browser } = openPage();

describe('a message', () => {
  it('can be closed, and disappears with the next view and with what contradicts it', async () => {
    const api = stack.as('organizer');
    const { eventId } = await api.createEvent(eventWith({ name: 'Told', location: venue }));
    const page = await browser.visit(stack, { at: `#/events/${eventId}` });
    const message = page.getByRole('status').filter({ hasText: 'Published' });
    const publish = async () => {
      await page.getByRole('button', { name: 'Publish' }).click();
      await message.waitFor();
    };
    await publish();
    await page.getByRole('button', { name: 'Close this message' }).press('Enter');
    await message.waitFor({ state: 'detached' });
    await api.unpublishEvent(eventId);
    await page.getByRole('link', { name: 'All events' }).click();
    await page.getByRole('link', { name: 'Told' }).click();
    await publish();
    // A view that changes together with a message does not remove it, so the visitor leaves later.
    const shownAt = Date.now();
    await page.waitForFunction((at) => Date.now() > at + 1_000, shownAt);
    await page.getByRole('link', { name: 'All events' }).click();
    await page.getByRole('link', { name: 'Told' }).waitFor();
    await message.waitFor({ state: 'detached' });
  });
});
