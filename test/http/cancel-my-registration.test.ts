import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { concert, ended, ongoing, published, read, succeed, withoutActions } from '../support/events.ts';
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
} from '../support/registrations.ts';
import { nonexistentEventId } from '../support/requests.ts';
import { storedText } from '../support/stored.ts';

describe.each(transports)('cancelMyRegistration (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const cancel = (event: { eventId: string }, person: string, body?: object) =>
    callAs(api, person, 'cancelMyRegistration', event, { body });

  it('cancels the registration, and stores the reason and the time', async () => {
    const event = await published(api);
    const person = newPerson();
    const { code: _code, etag, updatedAt: _before, ...created } = await join(api, event, person);
    api.advance(2_000);
    const cancelled = await leave(api, event, person, { reason: 'I cannot come.' });
    expect(cancelled).toEqual({
      ...created,
      status: 'cancelled',
      etag: expect.stringMatching(/^"2-/) as unknown,
      updatedAt: cancelled.updatedAt,
      cancellation: { at: cancelled.updatedAt, by: 'attendee', reason: 'I cannot come.' },
    });
    expect(cancelled.updatedAt > created.registeredAt).toBe(true);
    expect(cancelled.etag).not.toBe(etag);
    expect(await own(api, event, person)).toEqual(cancelled);
    // The organizer still sees the name.
    expect(await numbered(api, event, 1)).toEqual(cancelled);
    expect(await countsNow(api, event)).toEqual({ registeredCount: 0, seatsLeft: 400, waitlistedCount: 0 });
  });

  it.each([
    ['no body', undefined],
    ['an empty object', {}],
  ])('requires no reason: %s', async (_, body) => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person);
    const { updatedAt, cancellation } = await leave(api, event, person, body);
    expect(cancellation).toEqual({ at: updatedAt, by: 'attendee' });
  });

  it('changes nothing when it is repeated: the first reason remains', async () => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person);
    const cancelled = await leave(api, event, person, { reason: 'I cannot come.' });
    api.advance(60_000);
    expect(await leave(api, event, person, { reason: 'Another reason.' })).toEqual(cancelled);
    expect(await leave(api, event, person)).toEqual(cancelled);
    await succeed(api, 'updateEvent', event, { body: ongoing });
    expect(await leave(api, event, person)).toEqual(cancelled);
    expect(await countsNow(api, event)).toMatchObject({ registeredCount: 0, seatsLeft: 400 });
  });

  it("changes nothing after the organizer's cancellation", async () => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person);
    const body = { reason: 'Registered twice.' };
    const { body: cancelled } = await callAs(api, 'organizer', 'cancelRegistration', event, { number: 1, body });
    expect(await leave(api, event, person, { reason: 'I cannot come.' })).toEqual(withoutActions(cancelled));
  });

  it('gives the seat to the next person, and changes neither the ETag nor updatedAt of the event', async () => {
    const event = await published(api, { ...concert, capacity: 2 });
    const people = newPeople(4);
    await joinAll(api, event, people);
    const before = await read(api, event);
    await leave(api, event, people[0] ?? '');
    expect(await own(api, event, people[2] ?? '')).toMatchObject({ number: 3, status: 'confirmed' });
    expect(await own(api, event, people[3] ?? '')).toMatchObject({ number: 4, status: 'waitlisted', ahead: 0 });
    expect(await read(api, event)).toEqual({ ...before, registeredCount: 2, seatsLeft: 0, waitlistedCount: 1 });
  });

  it('gives the place on the waitlist to the next person', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const [first = '', second = '', third = ''] = newPeople(3);
    await joinAll(api, event, [first, second, third]);
    expect(await leave(api, event, second)).toMatchObject({ number: 2, status: 'cancelled' });
    expect(await countsNow(api, event)).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 1 });
    await leave(api, event, first);
    expect(await own(api, event, third)).toMatchObject({ number: 3, status: 'confirmed' });
    expect(await countsNow(api, event)).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 0 });
  });

  it('releases one seat if it is sent 20 times at once', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const people = newPeople(3);
    await joinAll(api, event, people);
    const responses = await Promise.all(Array.from({ length: 20 }, () => cancel(event, people[0] ?? '')));
    for (const { status, body } of responses)
      expect({ status, body: body as unknown }).toEqual({ status: 200, body: responses[0]?.body as unknown });
    expect(await own(api, event, people[1] ?? '')).toMatchObject({ status: 'confirmed' });
    expect(await own(api, event, people[2] ?? '')).toMatchObject({ status: 'waitlisted', ahead: 0 });
    expect(await countsNow(api, event)).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 1 });
  });

  it('releases each seat once if many people cancel at once', async () => {
    const event = await published(api, { ...concert, capacity: 6 });
    const people = newPeople(12);
    await joinAll(api, event, people);
    const leaving = people.filter((_, index) => index % 2 === 0);
    const responses = await Promise.all(leaving.map((person) => cancel(event, person)));
    for (const { status } of responses) expect(status).toBe(200);
    // 1, 3, 5 had a seat; 7, 9 and 11 waited, or moved up before they left.
    const remaining = await Promise.all(
      people.filter((_, index) => index % 2 === 1).map((one) => own(api, event, one)),
    );
    expect(remaining.map(({ number, status }) => [number, status])).toEqual(
      [2, 4, 6, 8, 10, 12].map((number) => [number, 'confirmed']),
    );
    expect(await countsNow(api, event)).toEqual({ registeredCount: 6, seatsLeft: 0, waitlistedCount: 0 });
  });

  describe('with a number', () => {
    it('cancels the latest registration, and returns an earlier one without a change', async () => {
      const event = await published(api);
      const person = newPerson();
      await join(api, event, person);
      const first = await leave(api, event, person, { number: 1, reason: 'I cannot come.' });
      const again = await join(api, event, person);
      // The retry of the first cancellation comes late.
      expect(await leave(api, event, person, { number: 1, reason: 'I cannot come.' })).toEqual(first);
      expect(await own(api, event, person)).toEqual(again);
      expect(await leave(api, event, person, { number: 2 })).toMatchObject({ number: 2, status: 'cancelled' });
    });

    it("returns registration-not-found for a number that is another person's, or that no one has", async () => {
      const event = await published(api);
      const [first = '', second = ''] = newPeople(2);
      await joinAll(api, event, [first, second]);
      for (const number of [2, 3, 4_294_967_295])
        expectProblem(await cancel(event, first, { number }), 'registration-not-found');
      expect(await own(api, event, first)).toMatchObject({ status: 'confirmed' });
      expect(await own(api, event, second)).toMatchObject({ status: 'confirmed' });
    });

    it.each([
      [0, 'too-small'],
      [4_294_967_296, 'too-large'],
      ['1', 'invalid-type'],
      [1.5, 'invalid-type'],
    ] as const)('rejects the number %j', async (number, code) => {
      const event = await published(api);
      const person = newPerson();
      await join(api, event, person);
      expectProblem(await cancel(event, person, { number }), 'invalid-request', { errors: [['/number', code]] });
      expect(await own(api, event, person)).toMatchObject({ status: 'confirmed' });
    });
  });

  it('returns event-started from the start of the event', async () => {
    const event = await published(api);
    const person = newPerson();
    const created = await join(api, event, person);
    await succeed(api, 'updateEvent', event, { body: ongoing });
    expectProblem(await cancel(event, person), 'event-started');
    await succeed(api, 'updateEvent', event, { body: ended });
    expectProblem(await cancel(event, person), 'event-started');
    expect(await own(api, event, person)).toEqual(created);
    await succeed(api, 'updateEvent', event, { body: { startsAt: concert.startsAt, endsAt: concert.endsAt } });
    expect(await leave(api, event, person)).toMatchObject({ status: 'cancelled' });
  });

  it('is possible at any time if the event is cancelled', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const [first = '', second = ''] = newPeople(2);
    await joinAll(api, event, [first, second]);
    await succeed(api, 'updateEvent', event, { body: ended });
    await succeed(api, 'cancelEvent', event);
    for (const person of [first, second])
      expect(await leave(api, event, person)).toMatchObject({ status: 'cancelled' });
    expect(await countsNow(api, event)).toEqual({ registeredCount: 0, seatsLeft: 1, waitlistedCount: 0 });
  });

  it('returns 404 without a registration or an event', async () => {
    const event = await published(api);
    await join(api, event);
    for (const person of ['attendee', 'rival', 'organizer'])
      expectProblem(await cancel(event, person), 'registration-not-found');
    expectProblem(await cancel({ eventId: nonexistentEventId }, 'attendee'), 'event-not-found');
  });

  it('returns registration-not-found once the registration is erased', async () => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person);
    expect((await callAs(api, person, 'deleteMyRegistration', event)).status).toBe(204);
    expectProblem(await cancel(event, person), 'registration-not-found');
    expectProblem(await cancel(event, person, { number: 1 }), 'registration-not-found');
  });

  it('removes the code from the database', async () => {
    const event = await published(api);
    const person = newPerson();
    const { code = '' } = await join(api, event, person);
    const secret = Buffer.from(code, 'base64url').subarray(21).toString('base64url');
    expect(await storedText(api)).toContain(secret);
    await leave(api, event, person);
    const stored = await storedText(api);
    for (const part of [secret, code]) expect(stored).not.toContain(part);
  });

  it.each([
    ['', 'too-short'],
    ['x'.repeat(501), 'too-long'],
    [null, 'invalid-type'],
  ] as const)('rejects the reason %j', async (reason, code) => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person);
    expectProblem(await cancel(event, person, { reason }), 'invalid-request', { errors: [['/reason', code]] });
    expect(await own(api, event, person)).toMatchObject({ status: 'confirmed' });
  });
});
