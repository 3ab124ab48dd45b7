import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { concert, draft, type Event, published, succeed } from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';
import {
  allRegistrations,
  callAs,
  countsNow,
  join,
  joinAll,
  leave,
  mira,
  newPeople,
  newPerson,
  type Registration,
  registrationsOf,
  seedEntries,
} from '../support/registrations.ts';
import { nonexistentEventId } from '../support/requests.ts';
import { sampled } from '../support/sample.ts';
import { recordOf, registrationOf, seed, seedSeats } from '../support/seed.ts';

const numbers = (items: readonly Registration[]) => items.map(({ number }) => number);

describe.each(transports)('listRegistrations (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const list = (event: { eventId: string }, query = '', caller = 'organizer') =>
    callAs(api, caller, 'listRegistrations', event, { query });

  /** An event of three seats: 1 and 4 are confirmed, 2 and 6 cancelled, 3 erased, 5 and 7 on the waitlist. */
  async function mixed(): Promise<Event> {
    const event = await published(api, { ...concert, capacity: 2 });
    const people = newPeople(7);
    await joinAll(api, event, people.slice(0, 3));
    await callAs(api, people[2] ?? '', 'deleteMyRegistration', event);
    await leave(api, event, people[1] ?? '', { reason: 'I cannot come.' });
    await joinAll(api, event, people.slice(3));
    await leave(api, event, people[5] ?? '');
    return event;
  }

  it('returns registrations by number, with names, addresses and reasons, and without codes', async () => {
    const event = await mixed();
    const response = await list(event);
    expect(response).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    });
    const { items } = response.body as { items: Registration[] };
    expect(
      items.map(({ number, status, ahead, name, cancellation }) => [number, status, ahead, name, cancellation?.reason]),
    ).toEqual([
      [1, 'confirmed', undefined, mira.name, undefined],
      [2, 'cancelled', undefined, mira.name, 'I cannot come.'],
      [3, 'cancelled', undefined, undefined, undefined],
      [4, 'confirmed', undefined, mira.name, undefined],
      [5, 'waitlisted', 0, mira.name, undefined],
      [6, 'cancelled', undefined, mira.name, undefined],
      [7, 'waitlisted', 2, mira.name, undefined],
    ]);
    for (const item of items) {
      expect(item.etag).toMatch(/^"[1-9]\d*-[0-9a-f]{12}"$/);
      for (const member of ['code', 'event', 'userId']) expect(item).not.toHaveProperty(member);
      // Each is what getRegistration returns.
      expect((await callAs(api, 'organizer', 'getRegistration', event, { number: item.number })).body).toEqual(item);
    }
    expect(response.body).not.toHaveProperty('nextCursor');
  });

  const narrowed: readonly (readonly [query: string, numbers: readonly number[]])[] = [
    ['status=confirmed', [1, 4]],
    ['status=waitlisted', [5, 7]],
    ['status=cancelled', [2, 3, 6]],
    ['status=confirmed&status=waitlisted', [1, 4, 5, 7]],
    ['status=waitlisted&status=cancelled', [2, 3, 5, 6, 7]],
    ['status=confirmed&status=cancelled', [1, 2, 3, 4, 6]],
    ['status=confirmed&status=waitlisted&status=cancelled', [1, 2, 3, 4, 5, 6, 7]],
  ];
  it.each(sampled(narrowed))(
    'narrows the list to %s, in both orders, on pages of any size',
    async (query, expected) => {
      const event = await mixed();
      expect(numbers((await registrationsOf(api, event, query)).items)).toEqual(expected);
      for (const limit of [1, 2, 1000]) {
        expect(numbers(await allRegistrations(api, event, `${query}&limit=${limit}`))).toEqual(expected);
        const descending = await allRegistrations(api, event, `${query}&limit=${limit}&order=desc`);
        expect(numbers(descending)).toEqual([...expected].reverse());
      }
    },
  );

  it('returns pages of the limit, and no cursor after the last registration', async () => {
    const event = await published(api);
    await joinAll(api, event, newPeople(4));
    const first = await registrationsOf(api, event, 'limit=3');
    expect(numbers(first.items)).toEqual([1, 2, 3]);
    const second = await registrationsOf(api, event, `limit=3&cursor=${first.nextCursor}`);
    expect(numbers(second.items)).toEqual([4]);
    expect(second).not.toHaveProperty('nextCursor');
    for (const query of ['limit=4', 'limit=4&order=desc', 'limit=4&status=confirmed'])
      expect(await registrationsOf(api, event, query)).not.toHaveProperty('nextCursor');
    // The limit is not a filter: it can change.
    expect(numbers((await registrationsOf(api, event, `limit=1&cursor=${first.nextCursor}`)).items)).toEqual([4]);
  });

  it('returns registrations that came after the first page', async () => {
    const event = await published(api);
    await joinAll(api, event, newPeople(3));
    const { nextCursor } = await registrationsOf(api, event, 'limit=2');
    await joinAll(api, event, newPeople(2));
    expect(numbers((await registrationsOf(api, event, `cursor=${nextCursor}`)).items)).toEqual([3, 4, 5]);
  });

  it('returns a person who moves up between two pages only if both statuses are asked for', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const people = newPeople(3);
    await joinAll(api, event, people);
    const { nextCursor } = await registrationsOf(api, event, 'status=waitlisted&limit=1&order=desc');
    await leave(api, event, people[0] ?? '');
    expect((await registrationsOf(api, event, `status=waitlisted&order=desc&cursor=${nextCursor}`)).items).toEqual([]);
    expect(numbers((await registrationsOf(api, event, 'status=confirmed&status=waitlisted')).items)).toEqual([2, 3]);
  });

  it('leaves out numbers that no one has, and gives their seats to the next when they are a minute old', async () => {
    const event = await published(api, { ...concert, capacity: 2 });
    await seedSeats(api.tables, event.eventId, { closesAt: concert.endsAt, lastNumber: 2, confirmedUpTo: 2 });
    const people = newPeople(2);
    await joinAll(api, event, people);
    expect((await registrationsOf(api, event)).items).toMatchObject([
      { number: 3, status: 'waitlisted' },
      { number: 4, status: 'waitlisted' },
    ]);
    api.advance(61_000);
    expect((await registrationsOf(api, event)).items).toMatchObject([
      { number: 3, status: 'confirmed' },
      { number: 4, status: 'confirmed' },
    ]);
    expect(await countsNow(api, event)).toEqual({ registeredCount: 2, seatsLeft: 0, waitlistedCount: 0 });
    expect(numbers(await allRegistrations(api, event, 'limit=1'))).toEqual([3, 4]);
  });

  it('has short pages, and few calls, where many registrations do not have the status', async () => {
    const event = recordOf();
    const count = 300;
    const cancellation = { at: '2026-01-03T00:00:00Z', by: 'attendee' } as const;
    const records = Array.from({ length: count }, (_, index) =>
      registrationOf({
        eventId: event.eventId,
        number: index + 1,
        ...(index === count - 1 ? { cancellation } : {}),
      }),
    );
    await seed(api.tables, [event]);
    await seedSeats(api.tables, event.eventId, { lastNumber: count, reclaimedUpTo: count });
    await seedEntries(api.tables, records);
    expect(numbers(await allRegistrations(api, event, 'limit=1&status=cancelled'))).toEqual([count]);
    expect(numbers(await allRegistrations(api, event, 'limit=100'))).toEqual(
      Array.from({ length: count }, (_, index) => index + 1),
    );
    const { items } = await registrationsOf(api, event);
    expect(items).toHaveLength(100);
  });

  it('is empty for an event without registrations, in any status', async () => {
    const unpublished = await published(api);
    await succeed(api, 'unpublishEvent', unpublished);
    const old = recordOf();
    await seed(api.tables, [old]);
    for (const event of [await draft(api), await published(api), unpublished, old])
      expect(await registrationsOf(api, event)).toEqual({ items: [] });
  });

  it('returns the registrations for an event that is cancelled, ended or unpublished', async () => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person);
    await succeed(api, 'updateEvent', event, {
      body: { startsAt: '2020-01-01T00:00:00Z', endsAt: '2020-01-02T00:00:00Z' },
    });
    expect(numbers((await registrationsOf(api, event)).items)).toEqual([1]);
    await succeed(api, 'cancelEvent', event);
    expect((await registrationsOf(api, event)).items).toMatchObject([{ number: 1, status: 'confirmed' }]);
    const other = await published(api);
    await join(api, other, person);
    await leave(api, other, person);
    await succeed(api, 'unpublishEvent', other);
    expect((await registrationsOf(api, other)).items).toMatchObject([{ number: 1, status: 'cancelled' }]);
  });

  it('returns invalid-cursor for a cursor of another event, other filters or another list', async () => {
    const [event, other] = [await published(api), await published(api)];
    for (const one of [event, other]) await joinAll(api, one, newPeople(2));
    const cursorOf = async (query: string) => (await registrationsOf(api, event, `limit=1${query}`)).nextCursor ?? '';
    const plain = await cursorOf('');
    const confirmed = await cursorOf('&status=confirmed');
    const both = await cursorOf('&status=confirmed&status=cancelled');
    const events = await callAs(api, 'organizer', 'listEvents', undefined, { query: 'organizerId=me&limit=1' });
    const person = newPerson();
    for (const one of [event, other]) await join(api, one, person);
    const mine = await callAs(api, person, 'listMyRegistrations', undefined, { query: 'limit=1' });
    const invalid: (readonly [Event, string])[] = [
      [other, `cursor=${plain}`],
      [event, `cursor=${plain}&order=desc`],
      [event, `cursor=${plain}&status=confirmed`],
      [event, `cursor=${confirmed}`],
      [event, `cursor=${confirmed}&status=waitlisted`],
      [event, `cursor=${both}&status=confirmed`],
      [event, `cursor=${(events.body as { nextCursor: string }).nextCursor}`],
      [event, `cursor=${(mine.body as { nextCursor: string }).nextCursor}`],
      [event, 'cursor=abc'],
      [event, `cursor=${plain.slice(0, -2)}`],
    ];
    for (const [one, query] of invalid) expectProblem(await list(one, query), 'invalid-cursor');
    // The order of the statuses is not a filter.
    const page = await registrationsOf(api, event, `status=cancelled&status=confirmed&cursor=${both}`);
    expect(numbers(page.items)).toEqual([2, 3]);
  });

  it('has nothing personal in its cursor', async () => {
    const event = await published(api);
    const people = newPeople(2);
    await joinAll(api, event, people);
    const { nextCursor = '' } = await registrationsOf(api, event, 'limit=1');
    const text = Buffer.from(nextCursor, 'base64url').toString();
    for (const personal of [...people, mira.name, mira.email]) expect(text).not.toContain(personal);
  });

  it('belongs to the organizer of the event', async () => {
    const event = await published(api);
    await join(api, event, 'attendee');
    await join(api, event, 'rival');
    expectProblem(await list(event, '', 'attendee'), 'forbidden');
    expectProblem(await list(event, '', 'rival'), 'not-event-organizer');
    expectProblem(await list(event, 'cursor=abc', 'rival'), 'not-event-organizer');
    expectProblem(await list(await draft(api), '', 'rival'), 'event-not-found');
    for (const caller of ['organizer', 'rival'])
      expectProblem(await list({ eventId: nonexistentEventId }, 'cursor=abc', caller), 'event-not-found');
  });

  it.each([
    ['limit=0', 'limit', 'too-small'],
    ['limit=1001', 'limit', 'too-large'],
    ['limit=ten', 'limit', 'invalid-type'],
    ['status=draft', 'status', 'invalid-value'],
    ['status=confirmed&status=confirmed', 'status', 'duplicate-item'],
    ['order=up', 'order', 'invalid-value'],
    ['order=asc&order=desc', 'order', 'duplicate-parameter'],
    ['name=Mira', 'name', 'unknown-parameter'],
  ] as const)('rejects the query %s', async (query, place, code) => {
    const { status, body } = await list(await published(api), query);
    expect([status, body.code]).toEqual([400, 'invalid-request']);
    const [error] = (body as { errors: { parameter: string; code: string }[] }).errors;
    expect([error?.parameter.replace(/\W.*/, ''), error?.code]).toEqual([place, code]);
  });
});
