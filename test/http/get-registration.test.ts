import { createHash } from 'node:crypto';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { concert, draft, published, succeed, withoutActions } from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';
import {
  callAs,
  join,
  joinAll,
  leave,
  newPeople,
  newPerson,
  numbered,
  own,
  type Registration,
} from '../support/registrations.ts';
import { nonexistentEventId } from '../support/requests.ts';
import { seedSeats } from '../support/seed.ts';

describe.each(transports)('getRegistration (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const get = (event: { eventId: string }, number: number, caller = 'organizer') =>
    callAs(api, caller, 'getRegistration', event, { number });

  it('returns what the person gets, with the digest of the code in place of the code', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const people = newPeople(3);
    await joinAll(api, event, people);
    await leave(api, event, people[2] ?? '', { reason: 'I cannot come.' });
    for (const [index, status] of ['confirmed', 'waitlisted', 'cancelled'].entries()) {
      const { code, ...registration } = await own(api, event, people[index] ?? '');
      expect(registration).toMatchObject({ number: index + 1, status });
      expect(code === undefined).toBe(status !== 'confirmed');
      const response = await get(event, index + 1);
      expect(response).toMatchObject({
        status: 200,
        headers: { etag: registration.etag, 'cache-control': 'no-store' },
      });
      const { codeDigest, ...shown } = withoutActions(response.body as Registration);
      expect(shown).toEqual(registration);
      expect(codeDigest).toBe(code && createHash('sha256').update(code).digest('base64url'));
    }
  });

  it('shows when somebody has moved up: status only, not the ETag', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const people = newPeople(2);
    const [, waiting] = await joinAll(api, event, people);
    expect(await numbered(api, event, 2)).toMatchObject({ status: 'waitlisted', ahead: 0 });
    await leave(api, event, people[0] ?? '');
    expect(await numbered(api, event, 2)).toMatchObject({ status: 'confirmed', etag: waiting?.etag });
    expect(await numbered(api, event, 2)).not.toHaveProperty('ahead');
  });

  it('returns earlier registrations of a person who registered again', async () => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person);
    const first = await leave(api, event, person);
    await join(api, event, person, { name: 'Mira Again' });
    expect(await numbered(api, event, 1)).toEqual(first);
    expect(await numbered(api, event, 2)).toMatchObject({ status: 'confirmed', name: 'Mira Again' });
  });

  it('returns registration-not-found for a number that no one has, taken or not', async () => {
    const event = await published(api);
    await seedSeats(api.tables, event.eventId, { closesAt: concert.endsAt, lastNumber: 1 });
    await join(api, event);
    for (const number of [1, 3, 4_294_967_295]) expectProblem(await get(event, number), 'registration-not-found');
    expectProblem(await get(await draft(api), 1), 'registration-not-found');
    // A minute later, number 1 is marked as unused.
    api.advance(61_000);
    await callAs(api, 'organizer', 'listRegistrations', event);
    for (const operationId of ['getRegistration', 'cancelRegistration', 'deleteRegistration'] as const)
      expectProblem(await callAs(api, 'organizer', operationId, event, { number: 1 }), 'registration-not-found');
  });

  it('returns the registration for an event that is cancelled or unpublished', async () => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person);
    const cancelled = await leave(api, event, person);
    await succeed(api, 'unpublishEvent', event);
    expect(await numbered(api, event, 1)).toEqual(cancelled);
    await succeed(api, 'publishEvent', event);
    await succeed(api, 'cancelEvent', event);
    expect(await numbered(api, event, 1)).toEqual(cancelled);
  });

  it('belongs to the organizer of the event', async () => {
    const event = await published(api);
    await join(api, event, 'attendee');
    await join(api, event, 'rival');
    for (const number of [1, 2, 3]) {
      expectProblem(await get(event, number, 'attendee'), 'forbidden');
      expectProblem(await get(event, number, 'rival'), 'not-event-organizer');
      expectProblem(await get({ eventId: nonexistentEventId }, number), 'event-not-found');
    }
    expectProblem(await get(await draft(api), 1, 'rival'), 'event-not-found');
  });

  it.each([
    [0, 'too-small'],
    [-1, 'too-small'],
    [4_294_967_296, 'too-large'],
    [1.5, 'invalid-type'],
  ] as const)('rejects the number %j', async (number, code) => {
    const errors = [['number', code]] as const;
    expectProblem(await get(await published(api), number), 'invalid-request', { errors });
  });

  it('rejects a number that is a word', async () => {
    const path = `/events/${nonexistentEventId}/registrations/one`;
    const errors = [['number', 'invalid-type']] as const;
    expectProblem(await api.send({ path, as: 'organizer' }), 'invalid-request', { errors });
  });
});
