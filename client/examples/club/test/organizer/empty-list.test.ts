import { openPage } from '../browser.ts';
import { eventWith } from '../stack.ts';

const { stack, browser } = openPage();

describe('an empty list', () => {
  it('leads to past events, because the first view shows upcoming ones only', async () => {
    const past = eventWith({
      name: 'An Event of 2020',
      startsAt: '2020-01-01T10:00:00Z',
      endsAt: '2020-01-01T12:00:00Z',
    });
    await stack.as('rival').createEvent(past);
    const page = await browser.visit(stack, { user: 'rival' });
    await page.getByRole('heading', { name: 'No upcoming events' }).waitFor();
    await page.getByRole('link', { name: 'Past events' }).click();
    await page.getByRole('link', { name: 'An Event of 2020' }).waitFor();
  });
});
