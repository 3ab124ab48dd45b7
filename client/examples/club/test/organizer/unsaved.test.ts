import type { Page } from 'playwright-core';
import { choose, fillNew, findings, openPage, shownId, signIn } from '../browser.ts';
import { eventWith, tokenRejected, venue } from '../stack.ts';

const { stack, browser } = openPage();

const api = () => stack.as('organizer');
const storage = (page: Page) => page.evaluate(() => JSON.stringify({ ...sessionStorage }));
const nameIn = (page: Page) => page.getByLabel('Name').inputValue();

/** Rejects the token of a request to this address, and the refreshed one too, so that a new sign-in is needed. */
async function endSession(page: Page, address: string): Promise<void> {
  await page.route(address, (route) => route.fulfill(tokenRejected), { times: 2 });
}

async function leaveForIssuer(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Your sign-in has ended' }).waitFor();
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await page.getByRole('heading', { name: 'Who signs in?' }).waitFor();
}

async function returnAs(page: Page, user = 'organizer'): Promise<void> {
  await page.getByRole('link', { name: new RegExp(`^${user}`) }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

describe('unsaved input', () => {
  it('is restored after a new sign-in in the form of a new event, and then removed from storage', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await fillNew(page, 'Long Text');
    await page.getByLabel('Description').fill('A paragraph that no one wants to type again.');
    await endSession(page, '**/events');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await leaveForIssuer(page);
    await returnAs(page);
    await page.getByRole('status').filter({ hasText: 'What you typed is still here.' }).waitFor();
    expect(await page.getByLabel('Description').inputValue()).toBe('A paragraph that no one wants to type again.');
    expect(await storage(page)).toBe('{}');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByRole('heading', { level: 1, name: 'Long Text' }).waitFor();
  });

  it('is restored in changes to an event, which still do not overwrite newer changes', async () => {
    const event = await api().createEvent(eventWith({ name: 'Changed Twice', description: 'Before' }));
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}/edit` });
    await page.getByLabel('Description').fill('Mine');
    await endSession(page, `**/events/${event.eventId}`);
    await page.getByRole('button', { name: 'Save' }).click();
    await leaveForIssuer(page);
    await api().updateEvent(event, { description: 'Theirs' });
    await returnAs(page);
    expect(await page.getByLabel('Description').inputValue()).toBe('Mine');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'This event was changed in another tab or on another device' }).waitFor();
  });

  it('is restored in the reason of a cancellation', async () => {
    const event = await api().publishEvent(await api().createEvent(eventWith({ location: venue })));
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}` });
    await choose(page, 'Cancel event…');
    await page.getByLabel('Reason').fill('A storm is coming.');
    await endSession(page, '**/cancel');
    await page.getByRole('button', { name: 'Cancel the event' }).click();
    await leaveForIssuer(page);
    await returnAs(page);
    expect(await page.getByLabel('Reason').inputValue()).toBe('A storm is coming.');
    await page.getByRole('button', { name: 'Cancel the event' }).click();
    await page.getByRole('heading', { name: /^Cancelled on/ }).waitFor();
  });

  it('is restored in the times of a copy', async () => {
    const event = await api().createEvent(eventWith({ name: 'Copied Late' }));
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}` });
    await choose(page, 'Duplicate…');
    await page.getByLabel('Starts').fill('2031-06-21T20:00');
    await page.getByLabel('Ends').fill('2031-06-21T23:30');
    await endSession(page, '**/duplicate');
    await page.getByRole('button', { name: 'Duplicate', exact: true }).click();
    await leaveForIssuer(page);
    await returnAs(page);
    await page.getByRole('button', { name: 'Duplicate', exact: true }).click();
    await page.getByRole('status').filter({ hasText: 'Duplicated: this is the copy, a draft.' }).waitFor();
    const copyId = shownId(page);
    expect(await api().getEvent(copyId)).toMatchObject({
      startsAt: '2031-06-21T18:00:00Z',
      endsAt: '2031-06-21T21:30:00Z',
    });
  });

  it('is restored after a sign-in that was first abandoned', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await fillNew(page, 'Second Thoughts');
    await endSession(page, '**/events');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await leaveForIssuer(page);
    await page.getByRole('link', { name: 'Back without signing in' }).click();
    await page.getByRole('button', { name: 'Try again' }).click();
    await returnAs(page);
    expect(await nameIn(page)).toBe('Second Thoughts');
  });

  it('is not restored for another user', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await fillNew(page, 'Confidential');
    await endSession(page, '**/events');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await leaveForIssuer(page);
    await returnAs(page, 'rival');
    await page.getByLabel('Name').waitFor();
    expect(await nameIn(page)).toBe('');
    expect(await storage(page)).toBe('{}');
  });

  it('stays in the form if the issuer does not respond', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await fillNew(page, 'Still Here');
    await endSession(page, '**/events');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.route('**/.well-known/openid-configuration', (route) => route.abort());
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByText('The sign-in could not be completed').waitFor();
    expect([await nameIn(page), await storage(page)]).toEqual(['Still Here', '{}']);
  });
});

describe('what is typed into a form', () => {
  const offer = (page: Page) => page.getByText('You have unsaved changes from');
  const kept = (page: Page) => page.evaluate(() => Object.keys(localStorage).length);
  const untilKept = (page: Page, text: string) =>
    page.waitForFunction((typed) => JSON.stringify({ ...localStorage }).includes(typed), text);

  /** Loads the page again, as after a crash, and signs in again. */
  async function loadAgain(page: Page): Promise<void> {
    await page.reload();
    await signIn(page, 'organizer');
  }

  it('survives a reload, is offered again, and is gone when it is saved', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await fillNew(page, 'After the Crash');
    await page.getByRole('button', { name: 'Add a question' }).click();
    await page.keyboard.type('Which meal?');
    // At once, without a pause after the last key.
    await loadAgain(page);
    await offer(page).waitFor();
    expect(await nameIn(page)).toBe('');
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Continue' }).press('Enter');
    expect(await nameIn(page)).toBe('After the Crash');
    expect(await page.getByLabel('What you ask').inputValue()).toBe('Which meal?');
    expect(await offer(page).count()).toBe(0);
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByRole('heading', { level: 1, name: 'After the Crash' }).waitFor();
    expect(await kept(page)).toBe(0);
  });

  it('becomes one event, even if it was saved before the reload and the response was lost', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await fillNew(page, 'Saved Before the Crash');
    await page.route(/\/events$/, async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByRole('heading', { name: 'The API cannot be reached' }).waitFor();
    await page.unrouteAll();
    await loadAgain(page);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByRole('heading', { level: 1, name: 'Saved Before the Crash' }).waitFor();
    const { items } = await api().listEvents({ organizerId: 'me', q: 'Saved Before the Crash' });
    expect(items).toHaveLength(1);
  });

  it('is removed when it is discarded, left, or changed back, and at sign-out', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await page.getByLabel('Name').fill('Discarded');
    await untilKept(page, 'Discarded');
    await loadAgain(page);
    await offer(page).waitFor();
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    await offer(page).waitFor({ state: 'detached' });
    expect(await kept(page)).toBe(0);

    await page.getByLabel('Name').fill('Left');
    await untilKept(page, 'Left');
    await page.getByRole('link', { name: 'All events' }).click();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
    expect(await kept(page)).toBe(0);

    await page.getByRole('link', { name: 'New event' }).click();
    await page.getByLabel('Name').fill('Changed back');
    await untilKept(page, 'Changed back');
    await page.getByLabel('Name').fill('');
    await page.waitForFunction(() => Object.keys(localStorage).length === 0);

    await page.getByLabel('Name').fill('Signed out');
    await untilKept(page, 'Signed out');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await kept(page)).toBe(0);
  });

  it('is kept for each tab, and is not offered while another tab has it', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await page.getByLabel('Name').fill('First tab');
    await untilKept(page, 'First tab');
    const other = await page.context().newPage();
    await other.goto(`${stack.page}#/new`);
    await signIn(other, 'organizer');
    await other.getByLabel('Name').fill('Second tab');
    await untilKept(other, 'Second tab');
    expect(await offer(other).count()).toBe(0);
    expect(await kept(page)).toBe(2);
    await other.close();
    await loadAgain(page);
    // What is typed now is not lost by continuing with something else.
    await page.getByLabel('Name').fill('Third');
    const resume = (name: string) =>
      page.locator('.offered-draft', { hasText: name }).getByRole('button', { name: 'Continue' }).click();
    await resume('Second tab');
    expect(await nameIn(page)).toBe('Second tab');
    await resume('Third');
    expect(await nameIn(page)).toBe('Third');
    await page.locator('.offered-draft', { hasText: 'Second tab' }).waitFor();
    await page.locator('.offered-draft', { hasText: 'First tab' }).waitFor();
  });

  it('still does not overwrite what was saved since', async () => {
    const event = await api().createEvent(eventWith({ name: 'Kept Revision', description: 'Before' }));
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}/edit` });
    await page.getByLabel('Description').fill('Mine');
    await untilKept(page, 'Mine');
    await api().updateEvent(event, { description: 'Theirs' });
    await loadAgain(page);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'This event was changed in another tab or on another device' }).waitFor();
    await page.getByRole('group', { name: 'Description' }).getByText('Theirs').waitFor();
  });

  it('is offered to no one else', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await page.getByLabel('Name').fill('Confidential');
    await untilKept(page, 'Confidential');
    await page.reload();
    await signIn(page, 'rival');
    await page.getByLabel('Name').waitFor();
    await page.waitForFunction(() => Object.keys(localStorage).length === 0);
    expect(await offer(page).count()).toBe(0);
  });
});

describe('a form with changes', () => {
  const confirmation = (page: Page) => page.getByRole('dialog', { name: 'Leave without saving?' });

  it('asks for confirmation before a link leaves it', async () => {
    const page = await browser.visit(stack);
    await page.getByRole('link', { name: 'New event' }).click();
    await page.getByLabel('Name').fill('Half Done');
    await page.getByRole('link', { name: 'All events' }).click();
    await confirmation(page).waitFor();
    await page.keyboard.press('Escape');
    await confirmation(page).waitFor({ state: 'detached' });
    expect([page.url(), await nameIn(page)]).toEqual([`${stack.page}#/new`, 'Half Done']);
    await page.getByRole('link', { name: 'Organizer' }).click();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
    expect(page.url()).toBe(`${stack.page}#/`);
  });

  it('asks for confirmation each time before "back" leaves it', async () => {
    const page = await browser.visit(stack);
    await page.getByRole('checkbox', { name: 'Draft' }).check();
    await page.getByRole('link', { name: 'New event' }).click();
    await page.getByLabel('Name').fill('Half Done');
    await page.goBack();
    await page.getByRole('button', { name: 'Keep editing' }).click();
    await page.goBack();
    await confirmation(page).waitFor();
    expect([page.url(), await nameIn(page)]).toEqual([`${stack.page}#/new`, 'Half Done']);
    // Navigates before the dialog has dispatched its `close` event.
    await page.getByRole('button', { name: 'Keep editing' }).evaluate((button: HTMLElement) => {
      button.click();
      location.hash = '#/?status=draft';
    });
    await confirmation(page).waitFor();
    await page.getByRole('button', { name: 'Keep editing' }).click();
    await confirmation(page).waitFor({ state: 'detached' });
    await page.goBack();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('checkbox', { name: 'Draft', checked: true }).waitFor();
    expect(page.url()).toBe(`${stack.page}#/?status=draft`);
  });

  it("shows the browser's own prompt before the page is closed", async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await page.getByLabel('Name').fill('Half Done');
    const prompt = page.waitForEvent('dialog');
    const closed = page.close({ runBeforeUnload: true });
    expect((await prompt).type()).toBe('beforeunload');
    await (await prompt).dismiss();
    await closed;
    expect(await nameIn(page)).toBe('Half Done');
  });

  it('is left without confirmation when discarded, unchanged or saved', async () => {
    const event = await api().createEvent(eventWith({ name: 'Left at Once' }));
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}/edit` });
    const edit = () => page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Name').fill('Discarded');
    await page.getByRole('link', { name: 'Discard changes' }).click();
    await edit();
    await page.getByLabel('Name').fill('Left at Once');
    await page.getByRole('link', { name: 'Left at Once' }).click();
    await edit();
    await page.getByLabel('Name').fill('Saved');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Saved' }).waitFor();
    await page.getByRole('link', { name: 'All events' }).click();
    await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
  });
});
