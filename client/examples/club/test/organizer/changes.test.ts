import type { Page } from 'playwright-core';
import { choose, fillNew, findings, openPage, pictures, shownId, signIn } from '../browser.ts';
import { eventWith, venue } from '../stack.ts';

const { stack, browser } = openPage();

const api = () => stack.as('organizer');
const conflictTitle = 'This event was changed in another tab or on another device';
const focusedName = (page: Page) => page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.name);
const namesOf = async () => {
  const names: string[] = [];
  for await (const { name } of api().listEvents({ organizerId: 'me' })) names.push(name);
  return names;
};

/** Saves, but drops the response of each attempt. */
async function saveAndLoseResponse(page: Page): Promise<void> {
  await page.route('**/events', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.getByRole('button', { name: 'Save draft' }).click();
  await page.getByRole('heading', { name: 'The API cannot be reached' }).waitFor();
  await page.unroute('**/events');
}

describe('an event', () => {
  it('is created, published, unpublished, published again, cancelled and deleted', async () => {
    const page = await browser.visit(stack);
    await page.getByRole('link', { name: 'New event' }).click();
    await fillNew(page, 'Life of an Event');
    await page.getByRole('radio', { name: 'At a venue' }).check();
    await page.getByLabel('Venue', { exact: true }).fill('Harbour Stage');
    await page.getByLabel('Address').fill('Uferstraße 12, 10115 Berlin');
    await page.getByLabel('Capacity').fill('400');
    await page.getByLabel('Tags').fill('music, jazz');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByRole('status').filter({ hasText: 'Saved as a draft.' }).waitFor();
    const eventId = shownId(page);
    expect(await api().getEvent(eventId)).toMatchObject({
      name: 'Life of an Event',
      startsAt: '2030-06-21T18:00:00Z',
      endsAt: '2030-06-21T22:00:00Z',
      location: venue,
      capacity: 400,
      tags: ['music', 'jazz'],
    });
    await page.getByRole('button', { name: 'Publish' }).click();
    await choose(page, 'Unpublish…');
    await page.getByRole('button', { name: 'Unpublish', exact: true }).click();
    await page.getByRole('status').filter({ hasText: 'It is a draft again.' }).waitFor();
    await page.getByRole('button', { name: 'Publish' }).click();
    await choose(page, 'Cancel event…');
    await page.getByLabel('Reason').fill('A storm is coming.');
    await page.getByRole('button', { name: 'Cancel the event' }).click();
    await page.getByText('A storm is coming.').waitFor();
    expect(await api().getEvent(eventId)).toMatchObject({
      status: 'cancelled',
      cancellation: { reason: 'A storm is coming.' },
    });
    await choose(page, 'Delete…');
    await page.getByRole('button', { name: 'Delete event' }).click();
    await page.getByRole('status').filter({ hasText: '“Life of an Event” has been deleted.' }).waitFor();
    expect((await api().getEvent(eventId).result()).error?.code).toBe('event-not-found');
  });

  it('has its new name in the list as soon as it is changed', async () => {
    const event = await api().createEvent(eventWith({ name: 'Old Name' }));
    const page = await browser.visit(stack);
    await page.getByRole('link', { name: 'Old Name' }).click();
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Name').fill('New Name');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'New Name' }).waitFor();
    await page.getByRole('link', { name: 'All events' }).click();
    await page.getByRole('link', { name: 'New Name' }).waitFor();
    expect(await page.getByRole('link', { name: 'Old Name' }).count()).toBe(0);
    await api().deleteEvent(event.eventId);
  });

  it('that is deleted is not where "back" leads to', async () => {
    const event = await api().createEvent(eventWith({ name: 'Deleted at Once' }));
    const page = await browser.visit(stack);
    await page.getByRole('link', { name: event.name }).click();
    await choose(page, 'Delete…');
    await page.getByRole('button', { name: 'Delete event' }).click();
    await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
    await page.goBack();
    expect(page.url()).not.toContain(event.eventId);
    await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
  });

  it('shows its picture, but no gap if the picture cannot be loaded', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await fillNew(page, 'With a Picture');
    await page.getByLabel('Picture').fill('http://pictures.example.com/a.jpg');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('Not saved yet').waitFor();
    expect(await page.getByLabel('Picture').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Picture').fill(`${pictures}/a.jpg`);
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.waitForFunction(() => document.querySelector<HTMLImageElement>('img.picture')?.naturalWidth);
    const eventId = shownId(page);
    expect(await api().getEvent(eventId)).toMatchObject({ imageUrl: `${pictures}/a.jpg` });

    await api().updateEvent(eventId, { imageUrl: `${pictures}/missing.jpg` });
    await page.reload();
    await signIn(page, 'organizer');
    await page.getByRole('heading', { name: 'With a Picture' }).waitFor();
    await page.locator('img.picture').waitFor({ state: 'detached' });
  });

  it('is visible to those whom its organizer chooses, as a plain sentence explains', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await fillNew(page, 'For Members');
    const choice = page.getByLabel('Visible to');
    const explained = async () => {
      const id = (await choice.getAttribute('aria-describedby')) ?? '';
      return page.locator(`#${id}`).innerText();
    };
    expect(await choice.inputValue()).toBe('signed-in');
    const explanations = new Set<string>();
    for (const label of ['Everyone who has signed in', 'Everyone', 'Everyone with the link']) {
      await choice.selectOption({ label });
      explanations.add(await explained());
    }
    expect(explanations.size).toBe(3);
    expect(await explained()).toMatch(/anyone who has its link .* only your own list/);
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByRole('heading', { level: 1, name: 'For Members' }).waitFor();
    const eventId = shownId(page);
    expect(await api().getEvent(eventId)).toMatchObject({ visibility: 'unlisted' });

    await page.getByRole('link', { name: 'Edit' }).click();
    expect(await choice.inputValue()).toBe('unlisted');
    await choice.selectOption({ label: 'Everyone' });
    await api().updateEvent(eventId, { visibility: 'signed-in' });
    await page.getByRole('button', { name: 'Save' }).click();
    const sides = page.getByRole('group', { name: 'Visible to' });
    await sides.getByText('Everyone who has signed in').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'For Members' }).waitFor();
    expect(await api().getEvent(eventId)).toMatchObject({ visibility: 'public' });
  });

  it('is duplicated once as a draft with new times, even if the response is lost', async () => {
    const event = await api().publishEvent(await api().createEvent(eventWith({ name: 'Every Week', location: venue })));
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}` });
    await choose(page, 'Duplicate…');
    expect(await findings(page)).toEqual([]);
    expect([await page.getByLabel('Starts').inputValue(), await page.getByLabel('Ends').inputValue()]).toEqual([
      '2030-06-28T20:00',
      '2030-06-29T00:00',
    ]);
    await page.getByLabel('Ends').fill('2030-06-28T19:00');
    await page.getByRole('button', { name: 'Duplicate', exact: true }).click();
    await page.getByText('Not saved yet').waitFor();
    expect(await page.getByLabel('Ends').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Ends').fill('2030-06-28T23:00');
    await page.route(
      '**/duplicate',
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 3 },
    );
    await page.getByRole('button', { name: 'Duplicate', exact: true }).click();
    await page.getByRole('heading', { name: 'The API cannot be reached' }).waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('status').filter({ hasText: 'Duplicated: this is the copy, a draft.' }).waitFor();
    const copyId = shownId(page);
    expect(await api().getEvent(copyId)).toMatchObject({
      name: 'Copy of Every Week',
      status: 'draft',
      startsAt: '2030-06-28T18:00:00Z',
      endsAt: '2030-06-28T21:00:00Z',
      location: venue,
    });
    expect((await namesOf()).filter((name) => name.endsWith('Every Week'))).toHaveLength(2);
  });

  it('is created once by a double click, and while Enter is held down', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await fillNew(page, 'Only Once');
    let posts = 0;
    page.on(
      'request',
      (request) => (posts += Number(request.method() === 'POST' && request.url().endsWith('/events'))),
    );
    await page.getByRole('button', { name: 'Save draft' }).dblclick();
    await page.getByRole('heading', { level: 1, name: 'Only Once' }).waitFor();
    expect(posts).toBe(1);

    await page.goto(`${stack.page}#/new`);
    await fillNew(page, 'Only Once at a Time');
    // Before the page is rendered again, and the button is busy.
    await page.getByRole('button', { name: 'Save draft' }).evaluate((button: HTMLElement) => {
      button.click();
      button.click();
    });
    await page.getByRole('heading', { level: 1, name: 'Only Once at a Time' }).waitFor();
    expect(posts).toBe(2);

    await page.goto(`${stack.page}#/new`);
    await fillNew(page, 'Only Once by Enter');
    await page.getByLabel('Name').focus();
    await page.keyboard.down('Enter');
    await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await page.getByRole('heading', { level: 1, name: 'Only Once by Enter' }).waitFor();
    expect(posts).toBe(3);
  });

  it('is created once, even if the response is lost and the visitor tries again', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await fillNew(page, 'Lost Response');
    await saveAndLoseResponse(page);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: 'Lost Response' }).waitFor();
    expect((await namesOf()).filter((name) => name === 'Lost Response')).toHaveLength(1);
  });

  it('is not created again if the form is changed after a lost response', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await fillNew(page, 'Lost and Changed');
    await saveAndLoseResponse(page);
    await page.getByLabel('Name').fill('Changed Meanwhile');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByRole('link', { name: 'You will find it among your events.' }).click();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('link', { name: 'Lost and Changed' }).waitFor();
    expect(await namesOf()).not.toContain('Changed Meanwhile');
  });
});

describe('an action', () => {
  const requestsOf = (page: Page) => {
    const sent: string[] = [];
    page.on('request', (request) => request.method() === 'GET' || sent.push(request.url().split('/').at(-1) ?? ''));
    return sent;
  };

  it.each([0, 120, 450])('is not undone by a second click %d ms after the first one', async (gap) => {
    const event = await api().createEvent(eventWith({ name: 'Clicked Twice', location: venue }));
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}` });
    const sent = requestsOf(page);
    const publish = page.getByRole('button', { name: 'Publish', exact: true });
    await publish.click({ trial: true });
    const { x, y } = (await publish.boundingBox()) ?? { x: 0, y: 0 };
    await page.mouse.click(x + 20, y + 20);
    await page.waitForTimeout(gap);
    await page.mouse.click(x + 20, y + 20);
    await page.getByRole('status').filter({ hasText: 'Published' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(sent).toEqual(['publish']);
    expect((await api().getEvent(event.eventId)).status).toBe('published');
  });

  it('is not started by the second half of a double click that opened the event', async () => {
    const event = await api().createEvent(eventWith({ name: 'Opened Twice', location: venue }));
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}` });
    const publish = page.getByRole('button', { name: 'Publish', exact: true });
    const { x, y } = (await publish.boundingBox()) ?? { x: 0, y: 0 };
    await page.getByRole('link', { name: 'All events' }).click();
    await page.getByRole('link', { name: 'Opened Twice' }).click();
    await publish.waitFor();
    await page.mouse.click(x + 20, y + 20);
    await publish.click({ trial: true });
    expect((await api().getEvent(event.eventId)).status).toBe('draft');
  });

  it('that hides a published event asks first', async () => {
    const event = await api().publishEvent(await api().createEvent(eventWith({ name: 'Stays', location: venue })));
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}` });
    await choose(page, 'Unpublish…');
    await page.getByText('No one is notified.').waitFor();
    await page.getByRole('button', { name: 'Keep it published' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await api().getEvent(event.eventId)).status).toBe('published');
  });
});

describe('the menu of actions', () => {
  it('is used with the keyboard as menus are, and not opened and closed by a double click', async () => {
    const event = await api().publishEvent(await api().createEvent(eventWith({ name: 'Keys', location: venue })));
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}`, width: 320 });
    const more = page.getByRole('button', { name: 'More' });
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    const after = async (key: string) => {
      await page.keyboard.press(key);
      return focused();
    };
    await more.press('ArrowUp');
    expect(await focused()).toBe('Delete…');
    expect([await after('ArrowDown'), await after('c'), await after('End'), await after('Home')]).toEqual([
      'Preview as a guest',
      'Cancel event…',
      'Delete…',
      'Preview as a guest',
    ]);
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    expect(await after('Escape')).toBe('More');
    expect(await page.getByRole('menu').count()).toBe(0);
    await more.dblclick();
    expect(await page.getByRole('menuitem').count()).toBe(5);
    await page.getByRole('heading', { level: 1 }).click();
    await page.getByRole('menu').waitFor({ state: 'detached' });
  });

  it('waits while an action runs, as its button says', async () => {
    const event = await api().createEvent(eventWith({ name: 'Slow', location: venue }));
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}` });
    let release: () => void = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/publish', (route) => released.then(() => route.continue()));
    await page.getByRole('button', { name: 'Publish' }).press('Enter');
    await page.getByRole('button', { name: 'Publishing…' }).waitFor();
    await page.getByRole('link', { name: 'Edit' }).click({ force: true });
    await page.getByRole('button', { name: 'More' }).click({ force: true });
    expect([page.url().endsWith('/edit'), await page.getByRole('menu').count()]).toEqual([false, 0]);
    release();
    await page.locator('section.actions:focus').waitFor();
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByRole('heading', { level: 1, name: 'Edit event' }).waitFor();
  });
});

describe('a save that fails', () => {
  const failure = { status: 500, contentType: 'application/json', body: '{"message":"Internal Server Error"}' };
  /** Whether the focused notice is on the screen as a whole. */
  const noticeInView = (page: Page) =>
    page.evaluate(() => {
      const { top, bottom } = document.querySelector('.problem:focus')?.getBoundingClientRect() ?? {
        top: -1,
        bottom: -1,
      };
      return top >= 0 && bottom <= innerHeight;
    });

  it('shows why where the visitor is, and moves the focus there', async () => {
    const event = await api().createEvent(eventWith({ name: 'Unsaved', location: venue }));
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}/edit`, width: 390 });
    await page.getByLabel('Name').fill('Unsaved, changed');
    await page.route(`**/events/${event.eventId}`, (route) => route.fulfill(failure), { times: 2 });
    for (const button of ['Save', 'Try again']) {
      await page.getByRole('button', { name: button }).click();
      await page.locator('.problem:focus').waitFor();
      expect(await noticeInView(page)).toBe(true);
    }
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: 'Unsaved, changed' }).waitFor();
  });

  it('moves the focus in the dialog of a copy too, to the invalid field or to the reason', async () => {
    const event = await api().createEvent(eventWith({ name: 'Uncopied' }));
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}` });
    await choose(page, 'Duplicate…');
    await page.getByLabel('Ends').fill('2030-06-28T19:00');
    await page.getByRole('button', { name: 'Duplicate', exact: true }).click();
    await page.locator('[name=ends]:focus').waitFor();
    await page.getByLabel('Ends').fill('2030-06-28T23:00');
    await page.route('**/duplicate', (route) => route.fulfill(failure), { times: 1 });
    await page.getByRole('button', { name: 'Duplicate', exact: true }).click();
    await page.locator('dialog .problem:focus').waitFor();
  });
});

describe('the page', () => {
  it('keeps tags with a comma, and the lines of an address and of a reason', async () => {
    const tags = ['rock, pop', 'jazz'];
    const event = await api().createEvent(eventWith({ name: 'Commas', tags, location: venue }));
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}/edit` });
    expect(await page.getByLabel('Tags').inputValue()).toBe('"rock, pop", jazz');
    await page.getByLabel('Tags').fill('"rock, pop", jazz, "a, b"');
    await page.getByLabel('Address', { exact: true }).fill('');
    await page.getByLabel('Address', { exact: true }).pressSequentially('Uferstraße 12\n10115 Berlin');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await choose(page, 'Cancel event…');
    await page.getByLabel('Reason').fill('A storm is coming.\nTake care.');
    await page.getByRole('button', { name: 'Cancel the event' }).click();
    await page.getByText('Take care.').waitFor();
    expect(await page.getByText('Take care.').innerText()).toBe('A storm is coming.\nTake care.');
    expect(await api().getEvent(event.eventId)).toMatchObject({
      tags: [...tags, 'a, b'],
      location: { address: 'Uferstraße 12\n10115 Berlin' },
    });
  });

  it('shows all errors next to their fields, and focuses the first invalid field', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await page.getByRole('radio', { name: 'Online' }).check();
    await page.getByLabel('Link').fill('http://meet.example.com');
    await page.getByLabel('Picture', { exact: true }).fill('http://pictures.example.com/riverside.jpg');
    await page.getByLabel('Capacity').fill('many');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByRole('heading', { name: 'Not saved yet' }).waitFor();
    expect(await page.getByText('Request id:').count()).toBe(0);
    const described = (label: string) =>
      page.getByLabel(label, { exact: true }).evaluate((field) => {
        const ids = field.getAttribute('aria-describedby')?.split(' ') ?? [];
        return document.getElementById(ids[0] ?? '')?.textContent;
      });
    expect(await described('Name')).toBe('At least 3 characters, please.');
    expect(await described('Starts')).toBe('Please give a date and a time.');
    expect(await described('Link')).toBe('An address that begins with https://, please.');
    expect(await described('Picture')).toBe('An address that begins with https://, please.');
    expect(await described('Capacity')).toBe('Enter a whole number, such as 150 or 1,500.');
    expect(await focusedName(page)).toBe('name');
  });

  it('reports an end before the start, and a skipped time', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await fillNew(page, 'Invalid');
    await page.getByLabel('Ends').fill('2030-06-21T19:00');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('The end must be after the start.').waitFor();
    expect(await focusedName(page)).toBe('ends');
    await page.getByLabel('Starts').fill('2030-03-31T02:30');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('this time does not exist there').waitFor();
  });

  it('offers what is allowed: no deletion and no way back to a draft once somebody has registered', async () => {
    const event = await api().publishEvent(await api().createEvent(eventWith({ name: 'Sold', location: venue })));
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}` });
    const more = page.getByRole('button', { name: 'More' });
    const items = async () => {
      await more.click();
      const labels = await page.getByRole('menuitem').allTextContents();
      await page.keyboard.press('Escape');
      return labels;
    };
    expect(await items()).toEqual(['Preview as a guest', 'Duplicate…', 'Unpublish…', 'Cancel event…', 'Delete…']);
    const openAgain = async () => {
      await page.getByRole('link', { name: 'All events' }).click();
      await page.getByRole('link', { name: 'Sold' }).click();
      await more.waitFor();
    };
    await stack.as('attendee').registerForEvent(event.eventId, { name: 'Mira Novak' });
    await openAgain();
    expect(await items()).toEqual(['Preview as a guest', 'Duplicate…', 'Cancel event…']);
    await api().cancelEvent(event.eventId);
    await openAgain();
    expect(await items()).toEqual(['Preview as a guest', 'Share', 'Duplicate…']);
    expect(await page.getByRole('link', { name: 'Edit' }).count()).toBe(0);
  });

  it('lists everything that keeps a draft from being published, and leads to each field', async () => {
    const event = await api().createEvent(
      eventWith({ startsAt: '2020-06-21T18:00:00Z', endsAt: '2020-06-21T22:00:00Z' }),
    );
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}`, width: 320 });
    const list = page.getByRole('region', { name: 'Before you can publish' });
    await list.waitFor();
    expect(await list.getByRole('listitem').allTextContents()).toEqual([
      'Say where it takes place',
      'Choose a start in the future',
    ]);
    expect(await page.getByRole('button', { name: 'Publish' }).count()).toBe(0);
    expect(await findings(page)).toEqual([]);
    await list.getByRole('link', { name: 'Choose a start' }).press('Enter');
    await page.locator('[name=starts]:focus').waitFor();
    await page.getByLabel('Starts').fill('2030-06-21T20:00');
    await page.getByLabel('Ends').fill('2030-06-21T22:00');
    await page.getByRole('button', { name: 'Save' }).click();
    await list.getByRole('link', { name: 'Say where' }).press('Enter');
    await page.locator('[name=place]:focus').waitFor();
    await page.getByRole('radio', { name: 'Online' }).check();
    await page.getByLabel('Link').fill('https://meet.example.com/1');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('status').filter({ hasText: 'everyone who has signed in' }).waitFor();
    expect((await api().getEvent(event.eventId)).status).toBe('published');
  });
});

describe('a concurrent change', () => {
  it('is shown as yours and theirs for each field, and merged as chosen', async () => {
    const event = await api().createEvent(
      eventWith({ name: 'Two Editors', description: 'Before', capacity: 100, tags: ['old'] }),
    );
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}/edit` });
    await page.getByLabel('Name').fill('Two Editors, mine');
    await page.getByLabel('Description').fill('Mine');
    await page.getByLabel('Capacity').fill('300');
    await api().updateEvent(event, { name: 'Two Editors, theirs', description: 'Theirs', tags: ['new'] });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: conflictTitle }).waitFor();
    await page.getByText('Tags: old → new').waitFor();
    await page
      .getByRole('group', { name: 'Description' })
      .getByRole('radio', { name: /The other version/ })
      .check();
    // Another request is faster again.
    await api().updateEvent(event.eventId, { tags: ['newest'] });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Tags: new → newest').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Two Editors, mine' }).waitFor();
    expect(await api().getEvent(event.eventId)).toMatchObject({
      name: 'Two Editors, mine',
      description: 'Theirs',
      capacity: 300,
      tags: ['newest'],
    });
  });

  it('in the place or the time is one choice between what both people see', async () => {
    const event = await api().createEvent(eventWith({ name: 'Moved', location: venue }));
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}/edit` });
    await page.getByLabel('Venue', { exact: true }).fill('Grande Salle');
    await page.getByLabel('Starts').fill('2030-06-21T19:00');
    const url = 'https://meet.example.com/moved';
    await api().updateEvent(event, { location: { kind: 'online', url }, endsAt: '2030-06-21T23:00:00Z' });
    await page.getByRole('button', { name: 'Save' }).click();
    const side = (group: string, name: RegExp) => page.getByRole('group', { name: group }).getByRole('radio', { name });
    await side('Place', /The other version.*Online, https:\/\/meet\.example\.com\/moved/).waitFor();
    expect(await page.getByRole('group').count()).toBe(2);
    await side('Place', /Your version.*Grande Salle, Uferstraße 12, 10115 Berlin/).check();
    await side('When', /Your version.*Fri, 21 Jun 2030, 19:00 – 23:00, Berlin/).waitFor();
    await side('When', /The other version.*20:00 – 01:00/).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Moved' }).waitFor();
    expect(await api().getEvent(event.eventId)).toMatchObject({
      location: { ...venue, name: 'Grande Salle' },
      startsAt: '2030-06-21T18:00:00Z',
      endsAt: '2030-06-21T23:00:00Z',
    });
  });

  it('prevents an action, and shows the current event', async () => {
    const event = await api().createEvent(eventWith({ name: 'Overtaken', location: venue }));
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}` });
    await page.getByRole('button', { name: 'Publish' }).waitFor();
    await api().updateEvent(event, { name: 'Overtaken Twice' });
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Name: Overtaken → Overtaken Twice').waitFor();
    expect((await api().getEvent(event.eventId)).status).toBe('draft');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('status').filter({ hasText: 'Published' }).waitFor();
  });
});

describe('a dialog', () => {
  /** Holds Enter down as a keyboard does: the second press and each one after it is a repetition. */
  async function holdEnter(page: Page): Promise<void> {
    for (let presses = 0; presses < 15; presses += 1) {
      await page.keyboard.down('Enter');
      await page.waitForTimeout(50);
    }
    await page.keyboard.up('Enter');
  }
  /** Opens the menu with the keyboard, and moves the focus to an item. */
  async function openItem(page: Page, name: string): Promise<void> {
    await page.getByRole('button', { name: 'More' }).press('ArrowDown');
    await page.getByRole('menuitem', { name }).focus();
  }
  const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent);

  it.each([
    ['Delete…', 'Keep it'],
    ['Unpublish…', 'Keep it published'],
  ])(
    'that %s opens has the focus on its harmless button, and is not confirmed by holding Enter',
    async (name, kept) => {
      const event = await api().publishEvent(await api().createEvent(eventWith({ name: 'Held', location: venue })));
      const page = await browser.visit(stack, { at: `#/events/${event.eventId}` });
      await openItem(page, name);
      await holdEnter(page);
      await page.getByRole('dialog').waitFor();
      expect(await focusedText(page)).toBe(kept);
      expect((await api().getEvent(event.eventId)).status).toBe('published');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
  );

  it.each(['Cancel event…', 'Duplicate…'])('that %s opens is not confirmed by holding Enter', async (name) => {
    const event = await api().publishEvent(await api().createEvent(eventWith({ name: 'Held too', location: venue })));
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}` });
    await openItem(page, name);
    await holdEnter(page);
    await page.getByRole('dialog').waitFor();
    expect((await api().getEvent(event.eventId)).status).toBe('published');
    expect((await namesOf()).filter((one) => one === 'Held too')).toHaveLength(name === 'Duplicate…' ? 2 : 1);
  });

  it('that asks before a form is left does not leave it by holding Enter', async () => {
    const page = await browser.visit(stack, { at: '#/new' });
    await page.getByLabel('Name').fill('Nearly lost');
    await page.getByRole('link', { name: 'All events' }).focus();
    await holdEnter(page);
    await page.getByRole('dialog').waitFor();
    expect(await focusedText(page)).toBe('Keep editing');
    expect(await page.getByLabel('Name').inputValue()).toBe('Nearly lost');
  });

  it('traps the focus, closes on Escape, and restores the focus', async () => {
    const event = await api().createEvent(eventWith({ name: 'Kept' }));
    const page = await browser.visit(stack, { at: `#/events/${event.eventId}` });
    await openItem(page, 'Delete…');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    for (let presses = 0; presses < 4; presses += 1) {
      await page.keyboard.press('Tab');
      // `body` is the active element while the browser's own controls have the focus.
      expect(await page.evaluate(() => document.activeElement?.matches('dialog *, body'))).toBe(true);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('More');
    expect((await api().getEvent(event.eventId)).name).toBe('Kept');
  });
});
