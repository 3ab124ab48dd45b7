import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { asOthersSee, call, concert, type Event, published, read, succeed, withoutActions } from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';
import {
  callAs,
  join,
  leave,
  mira,
  newPerson,
  own,
  type Registration,
  registrationsOf,
} from '../support/registrations.ts';

/** A registration of a list as the other support returns it. */
const withoutAllActions = ({ event, ...registration }: Page['items'][number]) => ({
  ...withoutActions(registration),
  ...(event === undefined ? {} : { event: withoutActions(event) }),
});

interface Page {
  readonly items: readonly Registration[];
  readonly nextCursor?: string;
}

describe.each(transports)('listMyRegistrations (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const list = (person: string, query = '') => callAs(api, person, 'listMyRegistrations', undefined, { query });

  async function pageOf(person: string, query = ''): Promise<Page> {
    const response = await list(person, query);
    expect(response).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    });
    return response.body as Page;
  }

  async function pagesOf(person: string, limit: number): Promise<Page[]> {
    const pages = [await pageOf(person, `limit=${limit}`)];
    for (let cursor = pages[0]?.nextCursor; cursor !== undefined; cursor = pages.at(-1)?.nextCursor)
      pages.push(await pageOf(person, `limit=${limit}&cursor=${cursor}`));
    return pages;
  }

  /** Registers a person for new events, one second after the other. */
  async function joinNew(person: string, count: number): Promise<Event[]> {
    const events: Event[] = [];
    for (let index = 0; index < count; index += 1) {
      const event = await published(api);
      api.advance(1_000);
      await join(api, event, person);
      events.push(event);
    }
    return events;
  }

  const ids = (events: readonly { eventId: string }[]) => events.map(({ eventId }) => eventId);

  it('responds to HEAD as to GET, without the body', async () => {
    const head = await api.send({ method: 'HEAD', path: '/registrations', as: 'attendee' });
    expect([head.status, head.text]).toEqual([200, '']);
  });

  it('is empty for somebody who has never registered', async () => {
    expect(await pageOf(newPerson())).toEqual({ items: [] });
  });

  it("returns the caller's registrations, the newest first, each with its event as the caller sees it", async () => {
    const person = newPerson();
    const events = await joinNew(person, 3);
    await join(api, events[0] as Event);
    const { items } = await pageOf(person);
    const expected = await Promise.all(
      [...events].reverse().map(async (event) => ({
        ...(await own(api, event, person)),
        event: asOthersSee(await read(api, event)),
      })),
    );
    expect(items.map(withoutAllActions)).toEqual(expected);
    expect(items.every(({ code }) => code !== undefined)).toBe(true);
  });

  it('shows organizers who registered for an own event how many people wait', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    await join(api, event, 'organizer');
    await join(api, event);
    const { items } = await pageOf('organizer');
    expect(items.map(withoutAllActions)).toEqual([
      { ...(await own(api, event, 'organizer')), event: await read(api, event) },
    ]);
    expect(items[0]?.event).toMatchObject({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 1 });
  });

  it('says what a registration is like now: confirmed, waitlisted or cancelled', async () => {
    const person = newPerson();
    const events: Event[] = [];
    for (let index = 0; index < 4; index += 1) events.push(await published(api, { ...concert, capacity: 1 }));
    const [full, promoted, mine, theirs] = events as [Event, Event, Event, Event];
    const first = newPerson();
    for (const event of [full, promoted]) await join(api, event, first);
    for (const event of events) {
      api.advance(1_000);
      await join(api, event, person);
    }
    await leave(api, promoted, first);
    await leave(api, mine, person, { reason: 'I cannot come.' });
    await callAs(api, 'organizer', 'cancelRegistration', theirs, { number: 1, body: { reason: 'Registered twice.' } });
    expect((await pageOf(person)).items).toMatchObject([
      { eventId: theirs.eventId, status: 'cancelled', cancellation: { by: 'organizer', reason: 'Registered twice.' } },
      { eventId: mine.eventId, status: 'cancelled', cancellation: { by: 'attendee', reason: 'I cannot come.' } },
      { eventId: promoted.eventId, status: 'confirmed', number: 2 },
      { eventId: full.eventId, status: 'waitlisted', number: 2, ahead: 0 },
    ]);
  });

  it('returns the latest registration for each event', async () => {
    const person = newPerson();
    const [first, second] = await joinNew(person, 2);
    await leave(api, first as Event, person);
    api.advance(1_000);
    await join(api, first as Event, person);
    await leave(api, second as Event, person);
    const { items } = await pageOf(person);
    expect(items.map(({ eventId, number, status }) => [eventId, number, status])).toEqual([
      [first?.eventId, 2, 'confirmed'],
      [second?.eventId, 1, 'cancelled'],
    ]);
  });

  it('returns one of several cancelled registrations for an event, also within the same second', async () => {
    const person = newPerson();
    const event = await published(api);
    for (let number = 1; number <= 3; number += 1) {
      await join(api, event, person);
      await leave(api, event, person);
    }
    expect((await pageOf(person)).items).toMatchObject([{ number: 3, status: 'cancelled' }]);
  });

  it('returns a registration without its event if the caller can no longer see the event', async () => {
    const person = newPerson();
    const [event, other] = await joinNew(person, 2);
    await leave(api, event as Event, person);
    await succeed(api, 'unpublishEvent', event as Event);
    const { items } = await pageOf(person);
    expect(ids(items)).toEqual([other?.eventId, event?.eventId]);
    expect(items[0]).toHaveProperty('event');
    expect(items[1]).not.toHaveProperty('event');
    await succeed(api, 'publishEvent', event as Event);
    expect((await pageOf(person)).items[1]).toMatchObject({ event: { eventId: event?.eventId } });
  });

  it('returns registrations for events that are cancelled, but not for deleted ones', async () => {
    const person = newPerson();
    const [cancelled, deleted] = await joinNew(person, 2);
    await succeed(api, 'cancelEvent', cancelled as Event);
    await leave(api, deleted as Event, person);
    expect((await call(api, 'deleteEvent', (deleted as Event).eventId)).status).toBe(204);
    expect((await pageOf(person)).items).toMatchObject([
      { eventId: cancelled?.eventId, status: 'confirmed', event: { status: 'cancelled' } },
    ]);
  });

  it('does not return registrations of others, nor erased ones', async () => {
    const [one, other] = [newPerson(), newPerson()];
    const [event] = await joinNew(one, 1);
    await join(api, event as Event, other);
    await callAs(api, one, 'deleteMyRegistration', event);
    expect(await pageOf(one)).toEqual({ items: [] });
    expect((await pageOf(other)).items).toMatchObject([{ number: 2 }]);
  });

  it('returns every registration once, on pages of any size', async () => {
    const person = newPerson();
    const expected = ids(await joinNew(person, 5)).reverse();
    for (const limit of [1, 2, 4, 5, 25]) {
      const pages = await pagesOf(person, limit);
      expect(ids(pages.flatMap(({ items }) => items))).toEqual(expected);
      for (const { items } of pages) expect(items.length).toBeLessThanOrEqual(limit);
    }
    expect(await pageOf(person)).not.toHaveProperty('nextCursor');
  });

  it('has short or empty pages where a registration is not the latest for its event', async () => {
    const person = newPerson();
    const event = await published(api);
    for (let number = 1; number <= 3; number += 1) {
      await join(api, event, person);
      if (number < 3) await leave(api, event, person);
      api.advance(1_000);
    }
    const pages = await pagesOf(person, 1);
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.map(({ items }) => items.length)).toEqual([1, ...pages.slice(1).map(() => 0)]);
  });

  it('continues after registrations that came meanwhile', async () => {
    const person = newPerson();
    const before = ids(await joinNew(person, 3)).reverse();
    const { items, nextCursor } = await pageOf(person, 'limit=2');
    await joinNew(person, 1);
    const rest = await pageOf(person, `limit=2&cursor=${nextCursor}`);
    expect(ids([...items, ...rest.items])).toEqual(before);
  });

  it("returns nothing of another person with that person's cursor", async () => {
    const [one, other] = [newPerson(), newPerson()];
    await joinNew(one, 2);
    const { nextCursor } = await pageOf(one, 'limit=1');
    expect(await pageOf(other, `cursor=${nextCursor}`)).toEqual({ items: [] });
  });

  it('has nothing personal in its cursor', async () => {
    const person = newPerson();
    await joinNew(person, 2);
    const { nextCursor = '' } = await pageOf(person, 'limit=1');
    const text = Buffer.from(nextCursor, 'base64url').toString();
    for (const personal of [person, mira.name, mira.email]) expect(text).not.toContain(personal);
  });

  it('returns invalid-cursor for a cursor of another list', async () => {
    const event = await published(api);
    await join(api, event);
    await join(api, event);
    const { nextCursor: ofEvent } = await registrationsOf(api, event, 'limit=1');
    const events = await callAs(api, 'organizer', 'listEvents', undefined, { query: 'organizerId=me&limit=1' });
    for (const cursor of ['abc', 'WzFd', ofEvent, (events.body as { nextCursor: string }).nextCursor])
      expectProblem(await list('attendee', `cursor=${cursor}`), 'invalid-cursor');
  });

  it.each([
    ['limit=0', 'limit', 'too-small'],
    ['limit=26', 'limit', 'too-large'],
    ['limit=1&limit=2', 'limit', 'duplicate-parameter'],
    ['cursor=', 'cursor', 'too-short'],
    ['status=confirmed', 'status', 'unknown-parameter'],
  ] as const)('rejects the query %s', async (query, place, code) => {
    expectProblem(await list('attendee', query), 'invalid-request', { errors: [[place, code]] });
  });
});
