import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { call, concert, ended, ongoing, published, succeed } from '../support/events.ts';
import { testUsers } from '../support/issuer.ts';
import { expectProblem } from '../support/problems.ts';
import {
  callAs,
  countsNow,
  join,
  joinAll,
  leave,
  newPeople,
  newPerson,
  numbered,
  own,
  registrationsOf,
} from '../support/registrations.ts';
import { nonexistentEventId } from '../support/requests.ts';
import { recordOf, registrationOf, seed, seedRegistration, seedSeats } from '../support/seed.ts';
import { storedText } from '../support/stored.ts';

describe.each(transports)('deleteMyRegistration (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const erase = (event: { eventId: string }, person: string) => callAs(api, person, 'deleteMyRegistration', event);

  it('returns 204 without a body, and then registration-not-found', async () => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person);
    const response = await erase(event, person);
    expect(response).toMatchObject({ status: 204, text: '', headers: { 'cache-control': 'no-store' } });
    expect(response.headers).not.toHaveProperty('etag');
    expectProblem(await erase(event, person), 'registration-not-found');
    expectProblem(await callAs(api, person, 'getMyRegistration', event), 'registration-not-found');
  });

  it('cancels an active registration: the next person has the seat', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const [first = '', second = ''] = newPeople(2);
    await joinAll(api, event, [first, second]);
    expect((await erase(event, first)).status).toBe(204);
    expect(await own(api, event, second)).toMatchObject({ number: 2, status: 'confirmed' });
    expect((await erase(event, second)).status).toBe(204);
    expect(await countsNow(api, event)).toEqual({ registeredCount: 0, seatsLeft: 1, waitlistedCount: 0 });
  });

  it('leaves the number, without anything personal, to the organizer', async () => {
    const event = await published(api);
    const person = newPerson();
    const { number, registeredAt } = await join(api, event, person);
    await leave(api, event, person, { reason: 'My secret reason.' });
    api.advance(2_000);
    await erase(event, person);
    const remaining = await numbered(api, event, number);
    expect(remaining).toEqual({
      eventId: event.eventId,
      number,
      etag: expect.stringMatching(/^"3-/) as unknown,
      status: 'cancelled',
      cancellation: { at: expect.stringMatching(/Z$/) as unknown, by: 'attendee' },
      registeredAt,
      updatedAt: remaining.erasedAt,
      erasedAt: expect.stringMatching(/Z$/) as unknown,
    });
    expect((await registrationsOf(api, event)).items).toEqual([remaining]);
  });

  it('removes name, address, user, reason and code of all registrations from the database', async () => {
    const event = await published(api);
    const person = newPerson();
    const codes: string[] = [];
    for (const round of ['One', 'Two', 'Three']) {
      const created = await join(api, event, person, { name: `Zebra ${round}`, email: `zebra-${round}@example.com` });
      codes.push(created.code ?? '');
      if (round !== 'Three') await leave(api, event, person, { reason: `Zebra reason ${round}` });
    }
    const other = newPerson();
    await join(api, event, other, { name: 'Not Erased' });
    const before = await storedText(api);
    for (const text of ['Zebra One', 'zebra-Two@', 'Zebra reason One', person]) expect(before).toContain(text);
    expect((await erase(event, person)).status).toBe(204);
    const after = await storedText(api);
    expect(after).not.toMatch(/zebra/i);
    expect(after).not.toContain(person);
    for (const code of codes) {
      expect(after).not.toContain(code);
      expect(after).not.toContain(Buffer.from(code, 'base64url').subarray(21).toString('base64url'));
    }
    expect(after).toContain('Not Erased');
    expect((await callAs(api, person, 'listMyRegistrations')).body).toEqual({ items: [] });
    const { items } = await registrationsOf(api, event);
    expect(items.map(({ number, status, name, erasedAt }) => [number, status, name, erasedAt !== undefined])).toEqual([
      [1, 'cancelled', undefined, true],
      [2, 'cancelled', undefined, true],
      [3, 'cancelled', undefined, true],
      [4, 'confirmed', 'Not Erased', false],
    ]);
    expect(await countsNow(api, event)).toEqual({ registeredCount: 1, seatsLeft: 399, waitlistedCount: 0 });
  });

  it('allows to register again, with a new number', async () => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person);
    await erase(event, person);
    expect(await join(api, event, person)).toMatchObject({ number: 2, status: 'confirmed' });
  });

  it('returns event-started for an active registration from the start to the end of the event', async () => {
    const event = await published(api);
    const person = newPerson();
    const created = await join(api, event, person);
    await succeed(api, 'updateEvent', event, { body: ongoing });
    expectProblem(await erase(event, person), 'event-started');
    expect(await own(api, event, person)).toEqual(created);
  });

  it('erases only, once the event has ended: the person stays counted', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const [first = '', second = ''] = newPeople(2);
    await joinAll(api, event, [first, second]);
    await succeed(api, 'updateEvent', event, { body: ended });
    for (const person of [first, second]) expect((await erase(event, person)).status).toBe(204);
    const { items } = await registrationsOf(api, event);
    expect(items).toMatchObject([
      { number: 1, status: 'confirmed' },
      { number: 2, status: 'waitlisted', ahead: 0 },
    ]);
    for (const item of items) {
      expect(item).toHaveProperty('erasedAt');
      for (const member of ['name', 'email', 'code', 'cancellation']) expect(item).not.toHaveProperty(member);
    }
    expect(await countsNow(api, event)).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 1 });
    for (const person of [first, second])
      expectProblem(await callAs(api, person, 'getMyRegistration', event), 'registration-not-found');
  });

  it('erases a cancelled registration while the event takes place', async () => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person);
    await leave(api, event, person);
    await succeed(api, 'updateEvent', event, { body: ongoing });
    expect((await erase(event, person)).status).toBe(204);
  });

  it('cancels and erases at any time if the event is cancelled', async () => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person);
    await succeed(api, 'updateEvent', event, { body: ongoing });
    await succeed(api, 'cancelEvent', event);
    expect((await erase(event, person)).status).toBe(204);
    expect(await countsNow(api, event)).toMatchObject({ registeredCount: 0 });
  });

  it('works after the event was hidden', async () => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person, { name: 'Zebra Hidden' });
    await leave(api, event, person);
    await succeed(api, 'unpublishEvent', event);
    expectProblem(await callAs(api, person, 'getMyRegistration', event), 'event-not-found');
    expect((await erase(event, person)).status).toBe(204);
    expect(await storedText(api)).not.toContain('Zebra Hidden');
  });

  it('returns registration-not-found after the event was deleted, because its registrations are erased', async () => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person);
    await leave(api, event, person);
    expect((await call(api, 'deleteEvent', event.eventId)).status).toBe(204);
    expectProblem(await erase(event, person), 'registration-not-found');
  });

  it('works for an event that was deleted, and whose registrations are not erased yet', async () => {
    const { eventId } = recordOf();
    const person = newPerson();
    const cancellation = { at: '2026-01-03T00:00:00Z', by: 'attendee', reason: 'Zebra reason' } as const;
    await seedSeats(api.tables, eventId, { accepting: false, lastNumber: 1, released: 1 });
    const record = registrationOf({ eventId, userId: person, name: 'Zebra Left', cancellation });
    await seedRegistration(api.tables, record);
    expect((await erase({ eventId }, person)).status).toBe(204);
    expect(await storedText(api)).not.toMatch(/Zebra (Left|reason)/);
    expectProblem(await erase({ eventId }, person), 'registration-not-found');
  });

  it('erases what a request that died has left: the number is released', async () => {
    const event = recordOf({ capacity: 1 });
    const person = newPerson();
    await seed(api.tables, [event]);
    await seedSeats(api.tables, event.eventId, { lastNumber: 1, confirmedUpTo: 1 });
    // The number was claimed for the person, and no registration was written.
    const record = registrationOf({ eventId: event.eventId, userId: person });
    await seedRegistration(api.tables, record);
    await removeEntry(event.eventId, 1);
    expectProblem(await callAs(api, person, 'getMyRegistration', event), 'registration-not-found');
    expect((await erase(event, person)).status).toBe(204);
    expect(await storedText(api)).not.toContain(person);
    expect(await join(api, event)).toMatchObject({ number: 2, status: 'confirmed' });
    expect(await countsNow(api, event)).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 0 });
  });

  it('returns registration-not-found without a registration, whether or not the event exists', async () => {
    const event = await published(api);
    await join(api, event);
    for (const person of ['attendee', 'rival', 'organizer'] as const) {
      expectProblem(await erase(event, person), 'registration-not-found');
      expectProblem(await erase({ eventId: nonexistentEventId }, person), 'registration-not-found');
    }
    expect(await storedText(api)).not.toContain(`attendee/${testUsers.attendee}`);
  });

  it('erases once if it is sent 10 times at once', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const people = newPeople(3);
    await joinAll(api, event, people);
    const responses = await Promise.all(Array.from({ length: 10 }, () => erase(event, people[0] ?? '')));
    const statuses = new Set(responses.map(({ status }) => status));
    expect([...statuses].every((status) => status === 204 || status === 404)).toBe(true);
    expect(statuses).toContain(204);
    expect(await storedText(api)).not.toContain(people[0]);
    expect(await own(api, event, people[1] ?? '')).toMatchObject({ status: 'confirmed' });
    expect(await countsNow(api, event)).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 1 });
  });

  async function removeEntry(scope: string, number: number): Promise<void> {
    const { database, tableNames } = api.tables;
    await database.transact([{ delete: { TableName: tableNames.registrations, Key: { scope, number } } }]);
  }
});
