/** How a visitor finds an event, registers with answers, waits, moves up and cancels. */
import type { Page } from 'playwright-core';
import type { Event as ApiEvent } from '../../../../src/index.ts';
import { findings, openPage, signIn } from '../browser.ts';
import { eventWith, tokenRejected, venue } from '../stack.ts';

const { stack, browser } = openPage();

const questions = [
  { questionId: 'meal', kind: 'choice', label: 'Which meal?', options: ['Vegetarian', 'Vegan'], required: true },
  { questionId: 'days', kind: 'choices', label: 'Which days?', options: ['Friday', 'Saturday'] },
  { questionId: 'rules', kind: 'checkbox', label: 'I accept the rules', required: true },
  { questionId: 'note', kind: 'long-text', label: 'Anything else?' },
] as const;

async function publish(changes: object = {}): Promise<ApiEvent> {
  const organizer = stack.as('organizer');
  return organizer.publishEvent(await organizer.createEvent(eventWith({ location: venue, ...changes })));
}
const addressOf = ({ eventId }: ApiEvent) => `#/events/${eventId}`;
const visit = (user: 'attendee' | 'rival' | 'signed-out', at: string, more = {}) =>
  browser.visit({ page: stack.attend }, { user, at, ...more });
const submit = (page: Page) => page.locator('form button[type=submit]').click();

/** Answers what must be answered, and registers. */
async function register(page: Page, name: string): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Which meal?').selectOption('Vegan');
  await page.getByLabel('Saturday').check();
  await page.getByLabel('I accept the rules').check();
  await submit(page);
}

describe('an event', () => {
  it('that is public is read without a sign-in, by people and by search engines, and one signs in to register', async () => {
    const event = await publish({ visibility: 'public', capacity: 5, tags: ['jazz'] });
    const page = await visit('signed-out', addressOf(event));
    await page.getByRole('heading', { level: 1, name: event.name }).waitFor();
    await page.getByText('5 seats left').waitFor();
    const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? '') as object;
    expect(data).toMatchObject({ '@type': 'Event', name: event.name, startDate: event.startsAt });
    expect(await page.title()).toBe(`${event.name} – Events`);
    expect(await page.getByRole('link', { name: 'jazz' }).getAttribute('href')).toBe('#/?tag=jazz');
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Sign in to register' }).click();
    await page.getByRole('link', { name: /^attendee/ }).click();
    await page.getByLabel('Your name').waitFor();
    expect(page.url().split('#')[1]).toBe(addressOf(event).slice(1));
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.getByRole('button', { name: 'Register' }).waitFor();
  });

  it('that is not public does not exist for a visitor who has not signed in, who can do so there', async () => {
    const event = await publish({ name: 'For Members Only' });
    const page = await visit('signed-out', addressOf(event));
    await page.getByRole('heading', { level: 1, name: 'Event not found' }).waitFor();
    expect(await page.locator('script[type="application/ld+json"]').count()).toBe(0);
    await page.getByText('Some events are shown only to people who have signed in.').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.locator('main').getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: /^attendee/ }).click();
    await page.getByRole('heading', { level: 1, name: 'For Members Only' }).waitFor();
  });

  it('that was deleted while it was open says so, and offers nothing in vain', async () => {
    const event = await publish({ name: 'Soon Gone' });
    const page = await visit('attendee', addressOf(event));
    await page.getByRole('button', { name: 'Register' }).waitFor();
    await stack.as('organizer').deleteEvent(event);
    await page.getByRole('button', { name: 'Add to calendar' }).click();
    await page.getByRole('alert').filter({ hasText: 'Event not found' }).waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  });

  it('is found by its name, and says how many seats are left', async () => {
    await publish({ name: 'Violet Lantern Walk', capacity: 7 });
    const page = await visit('attendee', '');
    await page.getByLabel('Search').fill('violet lantern');
    const row = page.getByRole('listitem').filter({ hasText: 'Violet Lantern Walk' });
    await row.getByText('7 seats left').waitFor();
    await page.getByLabel('Search').fill('nothing has these words');
    await page.getByRole('heading', { name: 'No events found' }).waitFor();
    await page.getByRole('link', { name: 'Show all events' }).click();
    await row.waitFor();
  });
});

describe('a registration', () => {
  it('has answers, which are checked before they are sent, each beside its question', async () => {
    const event = await publish({ name: 'Dinner with Questions', questions });
    const page = await visit('attendee', addressOf(event));
    await page.getByRole('button', { name: 'Register' }).click();
    const sent: string[] = [];
    page.on('request', (request) => request.method() === 'PUT' && sent.push(request.url()));
    await submit(page);
    await page.getByText('Please fill this in.').first().waitFor();
    expect(await page.getByText('Please fill this in.').count()).toBe(3);
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('name');
    expect(await findings(page)).toEqual([]);
    expect(sent).toEqual([]);
    await page.getByLabel('Email address').fill('mira');
    await register(page, 'Mira Novak');
    await page.getByText('An email address, please').waitFor();
    await page.getByLabel('Email address').fill('mira@example.com');
    await submit(page);
    await page.getByRole('heading', { name: 'You are registered' }).waitFor();
    expect(await stack.as('attendee').getMyRegistration(event.eventId)).toMatchObject({
      name: 'Mira Novak',
      email: 'mira@example.com',
      answers: { meal: 'Vegan', days: ['Saturday'], rules: true },
    });

    await page.getByRole('button', { name: 'Change my details' }).click();
    expect(await page.getByLabel('Which meal?').inputValue()).toBe('Vegan');
    await page.getByLabel('Which meal?').selectOption('Vegetarian');
    await submit(page);
    await page.getByRole('status').filter({ hasText: 'Saved.' }).waitFor();
    expect((await stack.as('attendee').getMyRegistration(event.eventId)).answers).toMatchObject({ meal: 'Vegetarian' });
  });

  it('waits if all seats are taken, and moves up when somebody cancels', async () => {
    const event = await publish({ name: 'A Talk for One', capacity: 1 });
    // The second visitor has a tab of its own, whose clock the test moves.
    const [first, second] = await Promise.all([
      visit('attendee', addressOf(event)),
      visit('rival', addressOf(event), { width: 1_003 }),
    ]);
    await first.getByRole('button', { name: 'Register' }).click();
    await first.getByLabel('Your name').fill('Mira Novak');
    await submit(first);
    await first.getByRole('heading', { name: 'You are registered' }).waitFor();

    await second.reload();
    await signIn(second, 'rival');
    await second.clock.install();
    await second.getByRole('button', { name: 'Join the waitlist' }).click();
    await second.getByLabel('Your name').fill('Jonas Weber');
    await submit(second);
    await second.getByRole('heading', { name: 'You are on the waitlist' }).waitFor();
    await second.getByText('You are next.').waitFor();

    await first.getByRole('button', { name: 'Cancel my registration…' }).click();
    const dialog = first.getByRole('dialog', { name: 'Cancel your registration?' });
    await dialog.getByLabel('Reason').fill('I am ill.');
    await dialog.getByRole('button', { name: 'Cancel my registration' }).click();
    await first.getByRole('status').filter({ hasText: 'Your registration has been cancelled.' }).waitFor();
    await first.getByRole('button', { name: /Register|waitlist/ }).waitFor();

    // The page looks again by itself.
    await second.clock.fastForward('01:00');
    await second.getByRole('link', { name: 'Show my ticket' }).click();
    await second.getByRole('img', { name: /QR code of your ticket/ }).waitFor();
  });

  it('that was made elsewhere since is not cancelled by a page that shows the one before', async () => {
    const event = await publish({ name: 'Changed My Mind' });
    const attendee = stack.as('attendee');
    await attendee.registerForEvent(event.eventId, { name: 'Mira Novak' });
    const page = await visit('attendee', addressOf(event));
    await page.getByRole('button', { name: 'Cancel my registration…' }).click();
    await attendee.cancelMyRegistration(event);
    await attendee.registerForEvent(event.eventId, { name: 'Mira Novak' });
    const cancelled = page.waitForResponse((response) => response.url().endsWith('/registration/cancel'));
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel my registration' }).click();
    await cancelled;
    expect(await attendee.getMyRegistration(event.eventId)).toMatchObject({ number: 2, status: 'confirmed' });
  });

  it('is not lost if the sign-in has ended while it was typed', async () => {
    const event = await publish({ name: 'A Long Form', questions });
    const page = await visit('attendee', addressOf(event));
    await page.getByRole('button', { name: 'Register' }).click();
    await page.route('**/registration', (route) => route.fulfill(tokenRejected));
    await page.route('**/token', (route) =>
      route.fulfill({ status: 400, contentType: 'application/json', body: '{"error":"invalid_grant"}' }),
    );
    await register(page, 'Mira Novak');
    await page.getByRole('button', { name: 'Sign in again' }).waitFor();
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByRole('link', { name: /^attendee/ }).click();
    expect(await page.getByLabel('Your name').inputValue()).toBe('Mira Novak');
    await submit(page);
    await page.getByRole('heading', { name: 'You are registered' }).waitFor();
  });

  it('keeps what was typed if somebody else takes the last seat', async () => {
    const event = await publish({ name: 'A Seat for One', capacity: 1, waitlist: false });
    const page = await visit('attendee', addressOf(event));
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByLabel('Your name').fill('Mira Novak');
    await stack.as('rival').registerForEvent(event.eventId, { name: 'Jonas Weber' });
    // After the failure, the page loads again what may have changed, and it has been rendered with that.
    const loaded = page.waitForResponse(
      (response) => response.request().method() === 'GET' && response.url().endsWith('/registration'),
    );
    await submit(page);
    await loaded;
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Your name').inputValue()).toBe('Mira Novak');
  });

  it('cannot be made before and after the time for it, and the page says when that is', async () => {
    const soon = await publish({ name: 'Not Yet', registrationOpensAt: '2030-01-01T10:00:00Z' });
    const page = await visit('attendee', addressOf(soon));
    await page.getByText('Registration opens on Tue, 1 Jan 2030, 11:00, Berlin (GMT+1).').waitFor();
    expect(await page.getByRole('button', { name: 'Register' }).count()).toBe(0);
  });
});

describe.each([
  ['dark', { dark: true, width: 1_100 }],
  ['narrow dark', { dark: true, width: 320 }],
])('on a %s screen', (_, screen) => {
  it('every view passes the checks of axe, and fits the width', async () => {
    const event = await publish({ name: 'Donaudampfschifffahrtsgesellschaftsabend', questions, tags: ['music'] });
    const page = await visit('attendee', '#/?tag=music', screen);
    const check = async () => {
      expect(await findings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(screen.width);
    };
    await page.getByRole('link', { name: event.name }).first().waitFor();
    await check();
    await page.goto(`${stack.attend}${addressOf(event)}`);
    await page.getByRole('button', { name: 'Register' }).waitFor();
    await check();
    await page.getByRole('button', { name: 'Register' }).click();
    await submit(page);
    await page.getByText('Please fill this in.').first().waitFor();
    await check();
    await register(page, 'Mira Novak');
    await page.getByRole('button', { name: 'Cancel my registration…' }).waitFor();
    await check();
    await page.getByRole('button', { name: 'Cancel my registration…' }).click();
    await page.getByRole('dialog').waitFor();
    await check();
    await page.goto(`${stack.attend}#/calendars`);
    await page.getByRole('heading', { name: 'Your feeds' }).waitFor();
    await check();
    await page.goto(`${stack.attend}#/events/none`);
    await page.getByRole('heading', { level: 1, name: 'Event not found' }).waitFor();
    await check();
  });
});

describe('in German', () => {
  it('every view has German words and dates', async () => {
    const event = await publish({ name: 'Deutscher Abend', visibility: 'public', capacity: 3 });
    const page = await visit('signed-out', addressOf(event), { locale: 'de-DE' });
    await page.getByText('Noch 3 Plätze').waitFor();
    await page.getByText('Fr., 21. Juni 2030', { exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await page.getByRole('button', { name: 'Einloggen und teilnehmen' }).click();
    await page.getByRole('link', { name: /^attendee/ }).click();
    await page.getByRole('button', { name: 'Teilnehmen' }).click();
    await submit(page);
    await page.getByText('Bitte füllen Sie dieses Feld aus.').waitFor();
    await page.getByLabel('Ihr Name').fill('Mira Novak');
    await submit(page);
    await page.getByRole('heading', { name: 'Sie nehmen teil' }).waitFor();
    expect(await findings(page)).toEqual([]);
  });
});
