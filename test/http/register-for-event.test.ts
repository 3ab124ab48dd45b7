import { startTestApi, type TestApi, transports } from '../support/api.ts';
import {
  asOthersSee,
  call,
  cancelled,
  concert,
  draft,
  ended,
  listed,
  ongoing,
  published,
  read,
  succeed,
  withoutActions,
} from '../support/events.ts';
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
  own,
  type Registration,
  registrationFrom,
} from '../support/registrations.ts';
import { nonexistentEventId } from '../support/requests.ts';
import { inFull, scaled } from '../support/sample.ts';
import { recordOf, seed, seedSeats } from '../support/seed.ts';

const small = (capacity: number, members: object = {}) => ({ ...concert, capacity, ...members });
const { capacity: _capacity, ...unlimited } = concert;

describe.each(transports)('registerForEvent (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const put = (event: { eventId: string }, person: string, body: object = mira) =>
    callAs(api, person, 'registerForEvent', event, { body });
  const change = (event: { eventId: string }, body: object) => succeed(api, 'updateEvent', event, { body });

  describe('for somebody who is not registered', () => {
    it('returns the registration with its number and the code of the ticket', async () => {
      const event = await published(api);
      const response = await put(event, newPerson());
      const { etag, code, registeredAt } = response.body as Registration;
      expect(response).toMatchObject({
        status: 201,
        headers: {
          location: `/events/${event.eventId}/registration`,
          etag,
          'cache-control': 'no-store',
          'content-type': 'application/json',
        },
      });
      expect(withoutActions(response.body)).toEqual({
        eventId: event.eventId,
        number: 1,
        etag: expect.stringMatching(/^"1-[0-9a-f]{12}"$/) as unknown,
        status: 'confirmed',
        ...mira,
        code: expect.stringMatching(/^[\w-]{44}$/) as unknown,
        registeredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as unknown,
        updatedAt: registeredAt,
      });
      const bytes = Buffer.from(code ?? '', 'base64url');
      expect(bytes.subarray(0, 21).toString('hex')).toBe(`01${event.eventId.replaceAll('-', '')}00000001`);
      expect(await countsNow(api, event)).toEqual({ registeredCount: 1, seatsLeft: 399, waitlistedCount: 0 });
    });

    it('needs no address', async () => {
      const event = await published(api);
      const person = newPerson();
      const created = await join(api, event, person, { name: 'Jonas Weber' });
      expect(created).toMatchObject({ name: 'Jonas Weber' });
      expect(created).not.toHaveProperty('email');
      expect(await own(api, event, person)).toEqual(created);
    });

    it.each(['organizer', 'rival', 'attendee'] as const)('registers the %s of the tests', async (caller) => {
      expect(await join(api, await published(api), caller)).toMatchObject({ number: 1, status: 'confirmed' });
    });

    it('gives each person the next number and a code of its own', async () => {
      const registrations = await joinAll(api, await published(api), newPeople(4));
      expect(registrations.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
      expect(new Set(registrations.map(({ code }) => code)).size).toBe(4);
    });

    it('changes neither the ETag nor updatedAt of the event', async () => {
      const event = await published(api);
      api.advance(2_000);
      await join(api, event);
      const { registeredCount, seatsLeft, ...now } = await read(api, event);
      expect({ ...now, registeredCount: 0, seatsLeft: 400 }).toEqual(event);
      expect({ registeredCount, seatsLeft }).toEqual({ registeredCount: 1, seatsLeft: 399 });
    });

    it('puts people on the waitlist once all seats are taken, without a code', async () => {
      const event = await published(api, small(2));
      const people = newPeople(4);
      const registrations = await joinAll(api, event, people);
      expect(registrations.map(({ status, ahead, code }) => [status, ahead, code === undefined])).toEqual([
        ['confirmed', undefined, false],
        ['confirmed', undefined, false],
        ['waitlisted', 0, true],
        ['waitlisted', 1, true],
      ]);
      expect(await countsNow(api, event)).toEqual({ registeredCount: 2, seatsLeft: 0, waitlistedCount: 2 });
    });

    it('shows others the public counts only', async () => {
      const event = await published(api, small(1));
      await joinAll(api, event, newPeople(2));
      const shown = asOthersSee(await read(api, event));
      expect(shown).toMatchObject({ registeredCount: 1, seatsLeft: 0 });
      for (const caller of ['attendee', 'rival'] as const)
        expect(await succeed(api, 'getEvent', event, { as: caller })).toEqual(shown);
      const page = await api.send({ path: '/events?limit=100', as: 'attendee' });
      expect(listed(page)).toContainEqual(shown);
    });

    it('confirms everybody for an event without a capacity', async () => {
      const event = await published(api, unlimited);
      for (const { status } of await joinAll(api, event, newPeople(3))) expect(status).toBe('confirmed');
      expect(await countsNow(api, event)).toEqual({ registeredCount: 3, waitlistedCount: 0 });
    });

    it('is possible while the event takes place', async () => {
      const event = await published(api);
      await change(event, ongoing);
      expect(await join(api, event)).toMatchObject({ status: 'confirmed' });
    });
  });

  describe('for somebody who is registered', () => {
    it('returns the registration unchanged if the details are the same', async () => {
      const event = await published(api);
      const person = newPerson();
      const created = await join(api, event, person);
      api.advance(2_000);
      const response = await put(event, person);
      expect(response).toMatchObject({ status: 200, headers: { etag: created.etag } });
      expect(response.headers).not.toHaveProperty('location');
      expect(withoutActions(response.body)).toEqual(created);
      expect(await countsNow(api, event)).toMatchObject({ registeredCount: 1 });
    });

    it('replaces the name and the address, and removes an address that is left out', async () => {
      const event = await published(api);
      const person = newPerson();
      const { etag, updatedAt, ...created } = await join(api, event, person);
      api.advance(2_000);
      const renamed = await registrationFrom(put(event, person, { name: 'Mira Weber', email: 'weber@example.com' }));
      expect(renamed).toEqual({
        ...created,
        name: 'Mira Weber',
        email: 'weber@example.com',
        etag: expect.stringMatching(/^"2-/) as unknown,
        updatedAt: expect.stringMatching(/Z$/) as unknown,
      });
      expect(renamed.updatedAt > updatedAt).toBe(true);
      expect(renamed.etag).not.toBe(etag);
      const without = await registrationFrom(put(event, person, { name: 'Mira Weber' }));
      expect(without).toMatchObject({ name: 'Mira Weber', etag: expect.stringMatching(/^"3-/) as unknown });
      expect(without).not.toHaveProperty('email');
      expect(await own(api, event, person)).toEqual(without);
    });

    it('keeps the place on the waitlist', async () => {
      const event = await published(api, small(1));
      const [, waiting = ''] = newPeople(2);
      await join(api, event);
      await join(api, event, waiting);
      expect(await registrationFrom(put(event, waiting, { name: 'Jonas Weber' }))).toMatchObject({
        number: 2,
        status: 'waitlisted',
        ahead: 0,
        name: 'Jonas Weber',
      });
    });

    it('replaces details while registration is closed, but not after the event has ended', async () => {
      const event = await published(api);
      const person = newPerson();
      await join(api, event, person);
      await change(event, { registrationClosesAt: '2026-01-01T00:00:00Z' });
      const renamed = await registrationFrom(put(event, person, { name: 'Mira Weber' }));
      expect(renamed).toMatchObject({ name: 'Mira Weber' });
      await change(event, ended);
      expect(await registrationFrom(put(event, person, { name: 'Too Late' }))).toEqual(renamed);
    });

    it('returns the registration unchanged once the event is cancelled', async () => {
      const event = await published(api);
      const person = newPerson();
      const created = await join(api, event, person);
      await succeed(api, 'cancelEvent', event);
      expect(await registrationFrom(put(event, person, { name: 'Too Late' }))).toEqual(created);
    });

    it('registers once if it is sent many times at once', async () => {
      const times = scaled({ all: 50, sample: 15 });
      const event = await published(api, unlimited);
      const person = newPerson();
      const responses = await Promise.all(Array.from({ length: times }, () => put(event, person)));
      const [created, ...others] = responses.filter(({ status }) => status === 201);
      expect(others).toEqual([]);
      expect(responses.filter(({ status }) => status === 200)).toHaveLength(times - 1);
      for (const { body } of responses) expect(body).toEqual(created?.body);
      expect(await allRegistrations(api, event)).toMatchObject([{ number: (created?.body as Registration).number }]);
      // The numbers that were taken in vain are reclaimed a minute later, when somebody looks.
      api.advance(61_000);
      await allRegistrations(api, event);
      expect(await countsNow(api, event)).toEqual({ registeredCount: 1, waitlistedCount: 0 });
    });

    it('keeps one name if different names are sent at once, and returns what is stored', async () => {
      const event = await published(api);
      const person = newPerson();
      const responses = await Promise.all(
        Array.from({ length: 10 }, (_, index) => put(event, person, { name: `Name ${index}` })),
      );
      const codes = new Set(responses.map(({ body }) => (body as Registration).code));
      expect(codes.size).toBe(1);
      expect(responses.map(({ status }) => status).sort()).toEqual([...Array<number>(9).fill(200), 201]);
      const now = await own(api, event, person);
      expect(codes).toContain(now.code);
      expect(responses.map(({ body }) => withoutActions(body))).toContainEqual(now);
    });
  });

  describe('after a cancellation', () => {
    it('takes a new number, at the end of the waitlist', async () => {
      const event = await published(api, small(1));
      const [first = '', second = '', third = ''] = newPeople(3);
      const [before] = await joinAll(api, event, [first, second, third]);
      await leave(api, event, first);
      const again = await join(api, event, first, { name: 'Mira Again' });
      expect(again).toMatchObject({ number: 4, status: 'waitlisted', ahead: 1, name: 'Mira Again' });
      expect(again).not.toHaveProperty('email');
      expect(await own(api, event, second)).toMatchObject({ number: 2, status: 'confirmed' });
      await leave(api, event, second);
      await leave(api, event, third);
      const confirmed = await own(api, event, first);
      expect(confirmed).toMatchObject({ number: 4, status: 'confirmed' });
      expect(confirmed.code).not.toBe(before?.code);
      expect(await countsNow(api, event)).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 0 });
    });

    inFull('is possible 19 times', async () => {
      const event = await published(api);
      const person = newPerson();
      for (let number = 1; number <= 20; number += 1) {
        expect(await join(api, event, person)).toMatchObject({ number, status: 'confirmed' });
        await leave(api, event, person);
      }
      expectProblem(await put(event, person), 'too-many-registrations');
      expect(await join(api, event)).toMatchObject({ number: 21 });
      expect(await own(api, event, person)).toMatchObject({ number: 20, status: 'cancelled' });
    });

    it('is possible if the organizer has cancelled the registration', async () => {
      const event = await published(api);
      const person = newPerson();
      await join(api, event, person);
      expect((await callAs(api, 'organizer', 'cancelRegistration', event, { number: 1 })).status).toBe(200);
      expect(await join(api, event, person)).toMatchObject({ number: 2, status: 'confirmed' });
    });

    it('is rejected as for anybody else', async () => {
      const event = await published(api);
      const person = newPerson();
      await join(api, event, person);
      await leave(api, event, person);
      await change(event, { registrationClosesAt: '2026-01-01T00:00:00Z' });
      expectProblem(await put(event, person), 'registration-closed');
    });
  });

  describe('outside of the registration period', () => {
    it('returns registration-not-open before it opens, until it is moved or removed', async () => {
      const event = await published(api, { ...concert, registrationOpensAt: '2030-01-01T00:00:00Z' });
      expectProblem(await put(event, newPerson()), 'registration-not-open');
      await change(event, { registrationOpensAt: '2026-01-01T00:00:00Z' });
      expect(await join(api, event)).toMatchObject({ number: 1 });
      await change(event, { registrationOpensAt: '2030-01-01T01:00:00+01:00' });
      expectProblem(await put(event, newPerson()), 'registration-not-open');
      await change(event, { registrationOpensAt: null });
      expect(await join(api, event)).toMatchObject({ number: 2 });
    });

    it('returns registration-closed after it closes, until it is moved or removed', async () => {
      const event = await published(api, { ...concert, registrationClosesAt: '2026-01-01T00:00:00Z' });
      expectProblem(await put(event, newPerson()), 'registration-closed');
      await change(event, { registrationClosesAt: '2030-01-01T00:00:00Z' });
      expect(await join(api, event)).toMatchObject({ number: 1 });
      await change(event, { registrationClosesAt: '2026-01-01T00:00:00Z' });
      expectProblem(await put(event, newPerson()), 'registration-closed');
      await change(event, { registrationClosesAt: null });
      expect(await join(api, event)).toMatchObject({ number: 2 });
    });

    it('opens and closes by the clock, each to the second', async () => {
      const at = (seconds: number) => new Date(Date.now() + offset + seconds * 1_000).toISOString();
      // The clock of this test file may have been advanced before; the response of a new draft tells by how much.
      const { createdAt } = await draft(api);
      const offset = Date.parse(createdAt) - Date.now();
      const event = await published(api, {
        ...concert,
        registrationOpensAt: at(60),
        registrationClosesAt: at(120),
      });
      expectProblem(await put(event, newPerson()), 'registration-not-open');
      api.advance(62_000);
      expect(await join(api, event)).toMatchObject({ number: 1 });
      api.advance(60_000);
      expectProblem(await put(event, newPerson()), 'registration-closed');
    });

    it('closes when the event ends, even if the end is moved', async () => {
      const event = await published(api);
      await change(event, ended);
      expectProblem(await put(event, newPerson()), 'registration-closed');
      await change(event, ongoing);
      expect(await join(api, event)).toMatchObject({ number: 1 });
    });

    it('closes when the event ends, even if the closing time is later', async () => {
      const event = await published(api, { ...concert, registrationClosesAt: '2031-01-01T00:00:00Z' });
      expect(event.registrationClosesAt).toBe('2031-01-01T00:00:00Z');
      expect(await join(api, event)).toMatchObject({ number: 1 });
      await change(event, ended);
      expectProblem(await put(event, newPerson()), 'registration-closed');
    });

    it('follows changes that were made while the event was a draft', async () => {
      const event = await published(api, { ...small(1), registrationClosesAt: '2026-01-01T00:00:00Z' });
      await succeed(api, 'unpublishEvent', event);
      await change(event, { registrationClosesAt: null, capacity: 2, waitlist: false });
      await succeed(api, 'publishEvent', event);
      await joinAll(api, event, newPeople(2));
      expectProblem(await put(event, newPerson()), 'event-full');
    });
  });

  describe('by the state of the event', () => {
    it('returns event-cancelled for a cancelled event', async () => {
      expectProblem(await put(await cancelled(api), newPerson()), 'event-cancelled');
    });

    it('returns not-published to the organizer of a draft, and event-not-found to others', async () => {
      const neverPublished = await draft(api);
      const unpublished = await published(api);
      await succeed(api, 'unpublishEvent', unpublished);
      for (const event of [neverPublished, unpublished]) {
        expectProblem(await put(event, 'organizer'), 'not-published');
        expectProblem(await put(event, 'rival'), 'event-not-found');
        expectProblem(await put(event, 'attendee'), 'event-not-found');
      }
    });

    it('continues the numbers after the event was unpublished and published', async () => {
      const event = await published(api, small(1));
      const person = newPerson();
      await join(api, event, person);
      await leave(api, event, person);
      await succeed(api, 'unpublishEvent', event);
      await succeed(api, 'publishEvent', event);
      expect(await join(api, event)).toMatchObject({ number: 2, status: 'confirmed' });
      expect(await join(api, event)).toMatchObject({ number: 3, status: 'waitlisted' });
    });

    it('returns event-not-found for an event that does not exist, or was deleted', async () => {
      expectProblem(await put({ eventId: nonexistentEventId }, newPerson()), 'event-not-found');
      const event = await published(api);
      expect((await call(api, 'deleteEvent', event.eventId)).status).toBe(204);
      expectProblem(await put(event, newPerson()), 'event-not-found');
      expectProblem(await put(event, 'organizer'), 'event-not-found');
    });

    it('works at once for an event from before there were registrations', async () => {
      const event = recordOf({ capacity: 1 });
      await seed(api.tables, [event]);
      expect(await countsNow(api, event)).toEqual({ registeredCount: 0, seatsLeft: 1, waitlistedCount: 0 });
      const [first, second] = await joinAll(api, event, newPeople(2));
      expect([first?.status, second?.status]).toEqual(['confirmed', 'waitlisted']);
      expect(await countsNow(api, event)).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 1 });
    });

    it('works at once for such an event if many people come first together', async () => {
      const event = recordOf({ capacity: 3 });
      await seed(api.tables, [event]);
      const registrations = await Promise.all(newPeople(8).map((person) => join(api, event, person)));
      expect(registrations.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect(await countsNow(api, event)).toEqual({ registeredCount: 3, seatsLeft: 0, waitlistedCount: 5 });
    });
  });

  describe('without a waitlist', () => {
    it('returns event-full once all seats are taken, until one becomes free', async () => {
      const event = await published(api, small(1, { waitlist: false }));
      const [first = '', second = ''] = newPeople(2);
      await join(api, event, first);
      expectProblem(await put(event, second), 'event-full');
      expect(await registrationFrom(put(event, first))).toMatchObject({ number: 1, status: 'confirmed' });
      await leave(api, event, first);
      expect(await join(api, event, second)).toMatchObject({ number: 2, status: 'confirmed' });
      expectProblem(await put(event, first), 'event-full');
      await change(event, { capacity: 2 });
      expect(await join(api, event, first)).toMatchObject({ number: 3, status: 'confirmed' });
      await change(event, { waitlist: true });
      expect(await join(api, event)).toMatchObject({ number: 4, status: 'waitlisted' });
    });

    it('keeps those who wait when the waitlist is turned off', async () => {
      const event = await published(api, small(1));
      const [first = '', waiting = '', late = ''] = newPeople(3);
      await joinAll(api, event, [first, waiting]);
      await change(event, { waitlist: false });
      expectProblem(await put(event, late), 'event-full');
      expect(await registrationFrom(put(event, waiting))).toMatchObject({ number: 2, status: 'waitlisted' });
      await leave(api, event, first);
      expect(await own(api, event, waiting)).toMatchObject({ number: 2, status: 'confirmed' });
      expectProblem(await put(event, late), 'event-full');
    });

    it('gives a seat whose request died to the next person a minute later', async () => {
      const event = await published(api, small(1, { waitlist: false }));
      const { updatedAt: lastNumberAt } = event;
      const closesAt = '2030-06-21T22:00:00Z';
      const seats = { closesAt, lastNumber: 1, confirmedUpTo: 1, waitlist: false, lastNumberAt };
      await seedSeats(api.tables, event.eventId, seats);
      expectProblem(await put(event, newPerson()), 'event-full');
      api.advance(61_000);
      expect(await join(api, event)).toMatchObject({ number: 2, status: 'confirmed' });
      expect(await countsNow(api, event)).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 0 });
    });
  });

  describe('when the capacity changes', () => {
    it('confirms those who wait, in the order of their numbers, when it is raised', async () => {
      const event = await published(api, small(1));
      const people = newPeople(4);
      await joinAll(api, event, people);
      const { etag } = await change(event, { capacity: 3 });
      const statuses = await Promise.all(people.map(async (person) => (await own(api, event, person)).status));
      expect(statuses).toEqual(['confirmed', 'confirmed', 'confirmed', 'waitlisted']);
      expect(await read(api, event)).toMatchObject({ etag, registeredCount: 3, seatsLeft: 0, waitlistedCount: 1 });
      expect((await own(api, event, people[2] ?? '')).code).toMatch(/^[\w-]{44}$/);
    });

    it('takes no seat from anyone when it is lowered', async () => {
      const event = await published(api, small(4));
      await joinAll(api, event, newPeople(2));
      const lowered = await call(api, 'updateEvent', event.eventId, { body: { capacity: 1 } });
      expectProblem(lowered, 'capacity-below-registrations');
      await change(event, { capacity: 2 });
      expect(await join(api, event)).toMatchObject({ number: 3, status: 'waitlisted' });
      // Somebody waits: even the seats that no one has yet cannot become fewer than the numbers.
      await change(event, { capacity: 3 });
      expectProblem(
        await call(api, 'updateEvent', event.eventId, { body: { capacity: 2 } }),
        'capacity-below-registrations',
      );
      expect(await countsNow(api, event)).toEqual({ registeredCount: 3, seatsLeft: 0, waitlistedCount: 0 });
    });

    it('confirms everybody when it is removed, and can be set again', async () => {
      const event = await published(api, small(1));
      const people = newPeople(3);
      await joinAll(api, event, people);
      await change(event, { capacity: null });
      for (const person of people) expect((await own(api, event, person)).status).toBe('confirmed');
      expect(await countsNow(api, event)).toEqual({ registeredCount: 3, waitlistedCount: 0 });
      expectProblem(
        await call(api, 'updateEvent', event.eventId, { body: { capacity: 2 } }),
        'capacity-below-registrations',
      );
      await change(event, { capacity: 4 });
      expect(await countsNow(api, event)).toEqual({ registeredCount: 3, seatsLeft: 1, waitlistedCount: 0 });
      await join(api, event);
      expect(await join(api, event)).toMatchObject({ status: 'waitlisted', ahead: 0 });
    });

    it('gives no seat to those who have left the waitlist', async () => {
      const event = await published(api, small(1));
      const people = newPeople(5);
      const [first = '', second = '', third = '', fourth = '', fifth = ''] = people;
      await joinAll(api, event, people);
      await leave(api, event, second);
      await leave(api, event, fourth);
      expect(await countsNow(api, event)).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 2 });
      await change(event, { capacity: 3 });
      // Looking gives the seats of those who left to the next people, at most every ten seconds.
      api.advance(11_000);
      await own(api, event, fifth);
      for (const person of [first, third, fifth])
        expect([person, (await own(api, event, person)).status]).toEqual([person, 'confirmed']);
      for (const person of [second, fourth]) expect((await own(api, event, person)).status).toBe('cancelled');
      expect(await countsNow(api, event)).toEqual({ registeredCount: 3, seatsLeft: 0, waitlistedCount: 0 });
    });
  });

  it.each([
    ['an empty name', { name: '' }, '/name', 'too-short'],
    ['a name of 101 characters', { name: 'x'.repeat(101) }, '/name', 'too-long'],
    ['a name that is a number', { name: 5 }, '/name', 'invalid-type'],
    ['no name', { email: mira.email }, '/name', 'required'],
    ['a text that is not an address', { ...mira, email: 'mira.novak' }, '/email', 'invalid-format'],
    ['an address of 255 characters', { ...mira, email: `${'x'.repeat(243)}@example.com` }, '/email', 'too-long'],
    ['an address that is null', { ...mira, email: null }, '/email', 'invalid-type'],
    ['a number', { ...mira, number: 1 }, '/number', 'unknown-field'],
    ['a status', { ...mira, status: 'confirmed' }, '/status', 'unknown-field'],
  ] as const)('rejects %s', async (_, body, place, code) => {
    const event = await published(api);
    const person = newPerson();
    const response = await put(event, person, body);
    expect(response.body.errors).toContainEqual(
      expect.objectContaining({ pointer: place, code }) as Record<string, unknown>,
    );
    expectProblem(await callAs(api, person, 'getMyRegistration', event), 'registration-not-found');
    expect(await countsNow(api, event)).toMatchObject({ registeredCount: 0 });
  });

  it('accepts names of 1 and 100 characters of any script', async () => {
    const event = await published(api);
    for (const name of ['x', '🎷'.repeat(100)])
      expect(await join(api, event, newPerson(), { name })).toMatchObject({ name });
  });
});
