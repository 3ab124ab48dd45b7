import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { call, concert, ended, published, succeed, withoutActions } from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';
import {
  callAs,
  countsNow,
  join,
  joinAll,
  leave,
  newPeople,
  newPerson,
  own,
  registrationFrom,
} from '../support/registrations.ts';
import { nonexistentEventId } from '../support/requests.ts';
import { seedSeats } from '../support/seed.ts';

describe.each(transports)('getMyRegistration (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const get = (event: { eventId: string }, person: string) => callAs(api, person, 'getMyRegistration', event);

  it('returns the registration as registerForEvent did, with the code', async () => {
    const event = await published(api);
    const person = newPerson();
    const created = await join(api, event, person);
    const response = await get(event, person);
    expect(response).toMatchObject({ status: 200, headers: { etag: created.etag, 'cache-control': 'no-store' } });
    expect(withoutActions(response.body)).toEqual(created);
  });

  it('says how many people are ahead, and confirms in the order of the numbers', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const people = newPeople(4);
    const [first = '', second = '', third = '', fourth = ''] = people;
    const created = await joinAll(api, event, people);
    const ahead = async (person: string) => {
      const { status, ahead } = await own(api, event, person);
      return [status, ahead];
    };
    expect(await ahead(fourth)).toEqual(['waitlisted', 2]);
    await leave(api, event, first);
    expect(await ahead(second)).toEqual(['confirmed', undefined]);
    expect(await ahead(third)).toEqual(['waitlisted', 0]);
    expect(await ahead(fourth)).toEqual(['waitlisted', 1]);
    // The registration itself has not changed.
    expect(await own(api, event, second)).toMatchObject({ etag: created[1]?.etag, updatedAt: created[1]?.updatedAt });
    expect((await own(api, event, second)).code).toMatch(/^[\w-]{44}$/);
  });

  it('counts people ahead who have left the waitlist, until a seat passes them', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const people = newPeople(4);
    const [first = '', second = '', third = '', fourth = ''] = people;
    await joinAll(api, event, people);
    await leave(api, event, second);
    expect(await own(api, event, fourth)).toMatchObject({ status: 'waitlisted', ahead: 2 });
    expect(await countsNow(api, event)).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 2 });
    await leave(api, event, first);
    expect(await own(api, event, third)).toMatchObject({ status: 'confirmed' });
    expect(await own(api, event, fourth)).toMatchObject({ status: 'waitlisted', ahead: 0 });
    expect(await countsNow(api, event)).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 1 });
  });

  it('gives the seat of a request that died to the person who waits and looks a minute later', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    // Somebody took number 1, and nothing else was written.
    await seedSeats(api.tables, event.eventId, { closesAt: concert.endsAt, lastNumber: 1, confirmedUpTo: 1 });
    const person = newPerson();
    expect(await join(api, event, person)).toMatchObject({ number: 2, status: 'waitlisted', ahead: 0 });
    expect(await own(api, event, person)).toMatchObject({ status: 'waitlisted' });
    api.advance(61_000);
    expect(await own(api, event, person)).toMatchObject({ number: 2, status: 'confirmed' });
    expect(await countsNow(api, event)).toEqual({ registeredCount: 1, seatsLeft: 0, waitlistedCount: 0 });
  });

  it('returns a cancelled registration without code and number ahead, and says who cancelled it and why', async () => {
    const event = await published(api);
    const [first = '', second = ''] = newPeople(2);
    await joinAll(api, event, [first, second]);
    const mine = await leave(api, event, first, { reason: 'I cannot come.' });
    expect(await own(api, event, first)).toEqual(mine);
    expect(mine).toMatchObject({ status: 'cancelled', cancellation: { by: 'attendee', reason: 'I cannot come.' } });
    const body = { reason: 'Registered twice.' };
    await registrationFrom(callAs(api, 'organizer', 'cancelRegistration', event, { number: 2, body }));
    const theirs = await own(api, event, second);
    expect(theirs).toMatchObject({
      status: 'cancelled',
      cancellation: { by: 'organizer', reason: 'Registered twice.' },
    });
    for (const registration of [mine, theirs]) {
      expect(registration).not.toHaveProperty('code');
      expect(registration).not.toHaveProperty('ahead');
      expect(registration).not.toHaveProperty('event');
    }
  });

  it('returns the latest registration of somebody who registered again', async () => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person);
    await leave(api, event, person);
    expect(await own(api, event, person)).toMatchObject({ number: 1, status: 'cancelled' });
    const again = await join(api, event, person);
    expect(await own(api, event, person)).toEqual(again);
  });

  it('returns the registration for an event that is cancelled or has ended', async () => {
    const event = await published(api);
    const person = newPerson();
    const created = await join(api, event, person);
    await succeed(api, 'updateEvent', event, { body: ended });
    expect(await own(api, event, person)).toEqual(created);
    await succeed(api, 'cancelEvent', event);
    expect(await own(api, event, person)).toEqual(created);
  });

  it('returns registration-not-found to everybody else, and to the organizer', async () => {
    const event = await published(api);
    await join(api, event);
    for (const person of [newPerson(), 'attendee', 'rival', 'organizer'])
      expectProblem(await get(event, person), 'registration-not-found');
  });

  it('returns registration-not-found once the registration is erased by the person or the organizer', async () => {
    const event = await published(api);
    const [first = '', second = ''] = newPeople(2);
    await joinAll(api, event, [first, second]);
    expect((await callAs(api, first, 'deleteMyRegistration', event)).status).toBe(204);
    expect((await callAs(api, 'organizer', 'deleteRegistration', event, { number: 2 })).status).toBe(204);
    for (const person of [first, second]) expectProblem(await get(event, person), 'registration-not-found');
  });

  it('returns event-not-found for an event that does not exist, is hidden or was deleted', async () => {
    const person = newPerson();
    expectProblem(await get({ eventId: nonexistentEventId }, person), 'event-not-found');
    const event = await published(api);
    await join(api, event, person);
    await leave(api, event, person);
    await succeed(api, 'unpublishEvent', event);
    expectProblem(await get(event, person), 'event-not-found');
    expect((await call(api, 'deleteEvent', event.eventId)).status).toBe(204);
    expectProblem(await get(event, person), 'event-not-found');
  });

  it('is readable by the organizer who registered for an own event and unpublished it', async () => {
    const event = await published(api);
    await join(api, event, 'organizer');
    const cancelled = await leave(api, event, 'organizer');
    await succeed(api, 'unpublishEvent', event);
    expect(await own(api, event, 'organizer')).toEqual(cancelled);
  });

  it('responds to HEAD without a body', async () => {
    const event = await published(api);
    const { etag } = await join(api, event, 'attendee');
    const response = await api.send({ method: 'HEAD', path: `/events/${event.eventId}/registration`, as: 'attendee' });
    expect(response).toMatchObject({ status: 200, headers: { etag }, text: '' });
  });
});
