import type { Page } from 'playwright-core';
import { fillNew, openPage, shownId } from './browser.ts';
import { eventWith, refuseToken, venue } from './stack.ts';

const { stack, browser } = openPage();

const api = () => stack.as('organizer');
const kept = (page: Page) => page.evaluate(() => JSON.stringify({ ...sessionStorage }));
const nameIn = (page: Page) => page.getByLabel('Name').inputValue();

/** Has the API refuse what is sent to this address once with each token, so that only a new sign-in helps. */
async function endSession(page: Page, address: string): Promise<void> {
  await page.route(address, (route) => route.fulfill(refuseToken), { times: 2 });
}

async function leaveForIssuer(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Your sign-in has ended' }).waitFor();
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await page.getByRole('heading', { name: 'Who signs in?' }).waitFor();
}

async function comeBack(page: Page, user = 'organizer'): Promise<void> {
  await page.getByRole('link', { name: new RegExp(`^${user}`) }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

describe('what was typed outlives a new sign-in', () => {
  it('is restored in the form of a new event, and then removed', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await fillNew(page, 'Long Text');
    await page.getByLabel('Description').fill('A paragraph that no one wants to type again.');
    await endSession(page, '**/events');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await leaveForIssuer(page);
    await comeBack(page);
    await page.getByRole('status').filter({ hasText: 'What you typed is still here.' }).waitFor();
    expect(await page.getByLabel('Description').inputValue()).toBe('A paragraph that no one wants to type again.');
    expect(await kept(page)).toBe('{}');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByRole('heading', { level: 1, name: 'Long Text' }).waitFor();
  });

  it('in changes to an event, which still overwrite nothing', async () => {
    const event = await api().createEvent(eventWith({ name: 'Changed Twice', description: 'Before' }));
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}/edit` });
    await page.getByLabel('Description').fill('Mine');
    await endSession(page, `**/events/${event.eventId}`);
    await page.getByRole('button', { name: 'Save' }).click();
    await leaveForIssuer(page);
    await api().updateEvent(event, { description: 'Theirs' });
    await comeBack(page);
    expect(await page.getByLabel('Description').inputValue()).toBe('Mine');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Somebody saved this event before you' }).waitFor();
  });

  it('in the reason of a cancellation', async () => {
    const event = await api().publishEvent(await api().createEvent(eventWith({ location: venue })));
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}` });
    await page.getByRole('button', { name: 'Cancel event…' }).click();
    await page.getByLabel('Reason').fill('A storm is coming.');
    await endSession(page, '**/cancel');
    await page.getByRole('button', { name: 'Cancel the event' }).click();
    await leaveForIssuer(page);
    await comeBack(page);
    expect(await page.getByLabel('Reason').inputValue()).toBe('A storm is coming.');
    await page.getByRole('button', { name: 'Cancel the event' }).click();
    await page.getByRole('heading', { name: /^Cancelled on/ }).waitFor();
  });

  it('in the times of a copy', async () => {
    const event = await api().createEvent(eventWith({ name: 'Copied Late' }));
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}` });
    await page.getByRole('button', { name: 'Duplicate…' }).click();
    await page.getByLabel('Starts').fill('2031-06-21T20:00');
    await page.getByLabel('Ends').fill('2031-06-21T23:30');
    await endSession(page, '**/duplicate');
    await page.getByRole('button', { name: 'Duplicate', exact: true }).click();
    await leaveForIssuer(page);
    await comeBack(page);
    await page.getByRole('button', { name: 'Duplicate', exact: true }).click();
    await page.getByRole('status').filter({ hasText: 'Duplicated: this is the copy, a draft.' }).waitFor();
    const copyId = shownId(page);
    expect(await api().getEvent(copyId)).toMatchObject({
      startsAt: '2031-06-21T18:00:00Z',
      endsAt: '2031-06-21T21:30:00Z',
    });
  });

  it('also where the visitor first leaves the issuer without a choice', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await page.getByLabel('Name').fill('Second Thoughts');
    await endSession(page, '**/events');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await leaveForIssuer(page);
    await page.getByRole('link', { name: 'Back without signing in' }).click();
    await page.getByRole('button', { name: 'Try again' }).click();
    await comeBack(page);
    expect(await nameIn(page)).toBe('Second Thoughts');
  });

  it('is not restored for another user', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await page.getByLabel('Name').fill('Confidential');
    await endSession(page, '**/events');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await leaveForIssuer(page);
    await comeBack(page, 'rival');
    await page.getByLabel('Name').waitFor();
    expect(await nameIn(page)).toBe('');
    expect(await kept(page)).toBe('{}');
  });

  it('stays in the form if the issuer does not respond', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await page.getByLabel('Name').fill('Still Here');
    await endSession(page, '**/events');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.route('**/.well-known/openid-configuration', (route) => route.abort());
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByText('The sign-in could not be completed').waitFor();
    expect([await nameIn(page), await kept(page)]).toEqual(['Still Here', '{}']);
  });
});

describe('a form with changes', () => {
  const question = (page: Page) => page.getByRole('dialog', { name: 'Leave without saving?' });

  it('is left by a link only after a confirmation, and kept otherwise', async () => {
    const page = await browser.visit(stack);
    await page.getByRole('link', { name: 'New event' }).click();
    await page.getByLabel('Name').fill('Half Done');
    await page.getByRole('link', { name: 'All events' }).click();
    await question(page).waitFor();
    await page.keyboard.press('Escape');
    await question(page).waitFor({ state: 'detached' });
    expect([page.url(), await nameIn(page)]).toEqual([`${stack.page}#/new`, 'Half Done']);
    await page.getByRole('link', { name: 'Organizer' }).click();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
    expect(page.url()).toBe(`${stack.page}#/`);
  });

  it('is not left by "back" without a question, however often', async () => {
    const page = await browser.visit(stack);
    await page.getByRole('checkbox', { name: 'Draft' }).check();
    await page.getByRole('link', { name: 'New event' }).click();
    await page.getByLabel('Name').fill('Half Done');
    await page.goBack();
    await page.getByRole('button', { name: 'Keep editing' }).click();
    await page.goBack();
    await question(page).waitFor();
    expect([page.url(), await nameIn(page)]).toEqual([`${stack.page}#/new`, 'Half Done']);
    // Before the dialog has had the time to say that it is closed.
    await page.getByRole('button', { name: 'Keep editing' }).evaluate((button: HTMLElement) => {
      button.click();
      location.hash = '#/?status=draft';
    });
    await question(page).waitFor();
    await page.getByRole('button', { name: 'Keep editing' }).click();
    await question(page).waitFor({ state: 'detached' });
    await page.goBack();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('checkbox', { name: 'Draft', checked: true }).waitFor();
    expect(page.url()).toBe(`${stack.page}#/?status=draft`);
  });

  it("is not closed without the browser's own question", async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await page.getByLabel('Name').fill('Half Done');
    const asked = page.waitForEvent('dialog');
    const closed = page.close({ runBeforeUnload: true });
    expect((await asked).type()).toBe('beforeunload');
    await (await asked).dismiss();
    await closed;
    expect(await nameIn(page)).toBe('Half Done');
  });

  it('is left at once where that is what was asked for, where nothing was changed, and after it was saved', async () => {
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
