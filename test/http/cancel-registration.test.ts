import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { concert, draft, ended, ongoing, published, read, succeed, withoutActions } from '../support/events.ts';
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
  registrationFrom,
} from '../support/registrations.ts';
import { nonexistentEventId } from '../support/requests.ts';

describe.each(transports)('cancelRegistration (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const send = (event: { eventId: string }, number: number, body?: object, caller = 'organizer') =>
    callAs(api, caller, 'cancelRegistration', event, { number, body });
  const cancel = (event: { eventId: string }, number: number, body?: object) =>
    registrationFrom(send(event, number, body));

  it('cancels the registration, and tells the person who did it and why', async () => {
    const event = await published(api);
    const person = newPerson();
    const { code: _code, updatedAt: _before, ...created } = await join(api, event, person);
    api.advance(2_000);
    const cancelled = await cancel(event, 1, { reason: 'Registered twice.' });
    expect(cancelled).toEqual({
      ...created,
      status: 'cancelled',
      etag: expect.stringMatching(/^"2-/) as unknown,
      updatedAt: cancelled.updatedAt,
      cancellation: { at: cancelled.updatedAt, by: 'organizer', reason: 'Registered twice.' },
    });
    expect(await own(api, event, person)).toEqual(cancelled);
    expect(await numbered(api, event, 1)).toEqual(cancelled);
  });

  it.each([
    ['no body', undefined],
    ['an empty object', {}],
  ])('requires no reason: %s', async (_, body) => {
    const event = await published(api);
    await join(api, event);
    const { updatedAt, cancellation } = await cancel(event, 1, body);
    expect(cancellation).toEqual({ at: updatedAt, by: 'organizer' });
  });

  it('changes nothing when it is repeated, or after the person has cancelled', async () => {
    const event = await published(api);
    const [first = '', second = ''] = newPeople(2);
    await joinAll(api, event, [first, second]);
    const theirs = await cancel(event, 1, { reason: 'Registered twice.' });
    const own = await leave(api, event, second, { reason: 'I cannot come.' });
    api.advance(60_000);
    expect(await cancel(event, 1, { reason: 'Another reason.' })).toEqual(theirs);
    expect(await cancel(event, 2)).toEqual(own);
    expect(await countsNow(api, event)).toEqual({ registeredCount: 0, seatsLeft: 400, waitlistedCount: 0 });
  });

  it('gives the seat to the next person, and changes neither the ETag nor updatedAt of the event', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const people = newPeople(3);
    await joinAll(api, event, people);
    const before = await read(api, event);
    await cancel(event, 1);
    expect(await own(api, event, people[1] ?? '')).toMatchObject({ number: 2, status: 'confirmed' });
    expect(await read(api, event)).toEqual({ ...before, waitlistedCount: 1 });
    await cancel(event, 3);
    expect(await read(api, event)).toEqual({ ...before, waitlistedCount: 0 });
  });

  it('cancels an earlier registration of a person without an effect on the latest', async () => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person);
    const first = await leave(api, event, person);
    const again = await join(api, event, person);
    expect(await cancel(event, 1)).toEqual(first);
    expect(await own(api, event, person)).toEqual(again);
  });

  it('is possible at any time: after the start, after the end, and if the event is cancelled', async () => {
    const event = await published(api);
    await joinAll(api, event, newPeople(3));
    const { startsAt } = await succeed(api, 'updateEvent', event, { body: ongoing });
    expect(startsAt).toBe(ongoing.startsAt);
    expect(await cancel(event, 1)).toMatchObject({ status: 'cancelled' });
    await succeed(api, 'updateEvent', event, { body: ended });
    expect(await cancel(event, 2)).toMatchObject({ status: 'cancelled' });
    await succeed(api, 'cancelEvent', event);
    expect(await cancel(event, 3)).toMatchObject({ status: 'cancelled' });
    expect(await countsNow(api, event)).toEqual({ registeredCount: 0, seatsLeft: 400, waitlistedCount: 0 });
  });

  it('releases one seat if it is sent 10 times at once, together with the cancellation of the person', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const people = newPeople(3);
    await joinAll(api, event, people);
    const responses = await Promise.all([
      ...Array.from({ length: 10 }, () => send(event, 1, { reason: 'Registered twice.' })),
      callAs(api, people[0] ?? '', 'cancelMyRegistration', event, { body: { reason: 'I cannot come.' } }),
    ]);
    const cancelled = await numbered(api, event, 1);
    for (const { status, body } of responses)
      expect({ status, body: withoutActions(body) }).toEqual({ status: 200, body: cancelled });
    expect(await own(api, event, people[2] ?? '')).toMatchObject({ status: 'waitlisted', ahead: 0 });
    expect(await countsNow(api, event)).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 1 });
  });

  it('returns registration-not-found for a number that no one has', async () => {
    const event = await published(api);
    await join(api, event);
    for (const number of [2, 4_294_967_295]) expectProblem(await send(event, number), 'registration-not-found');
  });

  it('belongs to the organizer of the event', async () => {
    const event = await published(api);
    const created = await join(api, event, 'attendee');
    for (const number of [1, 2]) {
      expectProblem(await send(event, number, undefined, 'attendee'), 'forbidden');
      expectProblem(await send(event, number, undefined, 'rival'), 'not-event-organizer');
      expectProblem(await send({ eventId: nonexistentEventId }, number), 'event-not-found');
    }
    expectProblem(await send(await draft(api), 1, undefined, 'rival'), 'event-not-found');
    expect(await own(api, event, 'attendee')).toEqual(created);
  });

  it.each([
    [{ reason: '' }, '/reason', 'too-short'],
    [{ reason: 'x'.repeat(501) }, '/reason', 'too-long'],
    [{ reason: null }, '/reason', 'invalid-type'],
    [{ number: 1 }, '/number', 'unknown-field'],
  ] as const)('rejects the body %j', async (body, place, code) => {
    const event = await published(api);
    await join(api, event);
    expectProblem(await send(event, 1, body), 'invalid-request', { errors: [[place, code]] });
    expect(await numbered(api, event, 1)).toMatchObject({ status: 'confirmed' });
  });
});
