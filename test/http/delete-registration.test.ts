import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { concert, draft, ended, ongoing, published, succeed } from '../support/events.ts';
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

describe.each(transports)('deleteRegistration (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const erase = (event: { eventId: string }, number: number, caller = 'organizer') =>
    callAs(api, caller, 'deleteRegistration', event, { number });

  it('cancels and erases the registration, and returns 204 again when it is repeated', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const [first = '', second = ''] = newPeople(2);
    const { code = '' } = await join(api, event, first, { name: 'Zebra Novak', email: 'zebra@example.com' });
    await join(api, event, second);
    const response = await erase(event, 1);
    expect(response).toMatchObject({ status: 204, text: '', headers: { 'cache-control': 'no-store' } });
    const remaining = await numbered(api, event, 1);
    expect(remaining).toMatchObject({
      number: 1,
      status: 'cancelled',
      cancellation: { at: remaining.erasedAt, by: 'organizer' },
    });
    for (const member of ['name', 'email', 'code']) expect(remaining).not.toHaveProperty(member);
    const stored = await storedText(api);
    expect(stored).not.toMatch(/zebra/i);
    for (const personal of [first, code, Buffer.from(code, 'base64url').subarray(21).toString('base64url')])
      expect(stored).not.toContain(personal);
    expect(await own(api, event, second)).toMatchObject({ number: 2, status: 'confirmed' });
    api.advance(2_000);
    expect((await erase(event, 1)).status).toBe(204);
    expect(await numbered(api, event, 1)).toEqual(remaining);
    expect(await countsNow(api, event)).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 0 });
  });

  it('removes the registration from what the person sees; registering again takes a new number', async () => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person);
    expect((await erase(event, 1)).status).toBe(204);
    expectProblem(await callAs(api, person, 'getMyRegistration', event), 'registration-not-found');
    expectProblem(await callAs(api, person, 'deleteMyRegistration', event), 'registration-not-found');
    expect((await callAs(api, person, 'listMyRegistrations')).body).toEqual({ items: [] });
    expect(await join(api, event, person)).toMatchObject({ number: 2, status: 'confirmed' });
  });

  it('erases a cancelled registration with both reasons', async () => {
    const event = await published(api);
    const [first = '', second = ''] = newPeople(2);
    await joinAll(api, event, [first, second]);
    await leave(api, event, first, { reason: 'Zebra reason of the attendee' });
    const body = { reason: 'Zebra reason of the organizer' };
    await callAs(api, 'organizer', 'cancelRegistration', event, { number: 2, body });
    for (const number of [1, 2]) {
      expect((await erase(event, number)).status).toBe(204);
      expect((await numbered(api, event, number)).cancellation).toEqual({
        at: expect.stringMatching(/Z$/) as unknown,
        by: number === 1 ? 'attendee' : 'organizer',
      });
    }
    expect(await storedText(api)).not.toContain('Zebra reason');
  });

  it('erases an earlier registration of a person, and keeps the latest', async () => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person, { name: 'Zebra Earlier' });
    await leave(api, event, person);
    const again = await join(api, event, person);
    expect((await erase(event, 1)).status).toBe(204);
    expect(await storedText(api)).not.toContain('Zebra Earlier');
    expect(await own(api, event, person)).toEqual(again);
    // The number is no longer the person's.
    expectProblem(
      await callAs(api, person, 'cancelMyRegistration', event, { body: { number: 1 } }),
      'registration-not-found',
    );
    expect((await callAs(api, person, 'deleteMyRegistration', event)).status).toBe(204);
    expect(await countsNow(api, event)).toEqual({ registeredCount: 0, seatsLeft: 400, waitlistedCount: 0 });
  });

  it('cancels after the start too, and only erases after the end: the person stays counted', async () => {
    const event = await published(api);
    await joinAll(api, event, newPeople(2));
    await succeed(api, 'updateEvent', event, { body: ongoing });
    expect((await erase(event, 1)).status).toBe(204);
    expect(await numbered(api, event, 1)).toMatchObject({ status: 'cancelled' });
    await succeed(api, 'updateEvent', event, { body: ended });
    for (const time of ['first', 'second']) expect([time, (await erase(event, 2)).status]).toEqual([time, 204]);
    const remaining = await numbered(api, event, 2);
    expect(remaining).toMatchObject({ status: 'confirmed', erasedAt: remaining.updatedAt });
    expect(remaining).not.toHaveProperty('name');
    expect(await countsNow(api, event)).toMatchObject({ registeredCount: 1 });
  });

  it('erases for a cancelled event', async () => {
    const event = await published(api);
    await join(api, event, newPerson(), { name: 'Zebra Cancelled' });
    await succeed(api, 'cancelEvent', event);
    expect((await erase(event, 1)).status).toBe(204);
    expect(await storedText(api)).not.toContain('Zebra Cancelled');
    expect(await countsNow(api, event)).toMatchObject({ registeredCount: 0 });
  });

  it('returns registration-not-found for a number that no one has', async () => {
    const event = await published(api);
    await join(api, event);
    for (const number of [2, 4_294_967_295]) expectProblem(await erase(event, number), 'registration-not-found');
  });

  it('belongs to the organizer of the event', async () => {
    const event = await published(api);
    const created = await join(api, event, 'attendee');
    for (const number of [1, 2]) {
      expectProblem(await erase(event, number, 'attendee'), 'forbidden');
      expectProblem(await erase(event, number, 'rival'), 'not-event-organizer');
      expectProblem(await erase({ eventId: nonexistentEventId }, number), 'event-not-found');
    }
    expectProblem(await erase(await draft(api), 1, 'rival'), 'event-not-found');
    expect(await own(api, event, 'attendee')).toEqual(created);
  });

  it('erases once if organizer and person do it at once', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const people = newPeople(3);
    await joinAll(api, event, people);
    const responses = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        index % 2 ? erase(event, 1) : callAs(api, people[0] ?? '', 'deleteMyRegistration', event),
      ),
    );
    for (const { status, body } of responses) {
      if (status !== 204) expect((body as { code: string }).code).toBe('registration-not-found');
    }
    expect(await storedText(api)).not.toContain(people[0]);
    expect(await own(api, event, people[2] ?? '')).toMatchObject({ status: 'waitlisted', ahead: 0 });
    expect(await countsNow(api, event)).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 1 });
  });
});
