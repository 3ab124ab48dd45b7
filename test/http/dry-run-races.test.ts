import { randomUUID } from 'node:crypto';
import { type TestApi, transports } from '../support/api.ts';
import { call, concert, draft, type Event, published, read } from '../support/events.ts';
import { respond } from '../support/failing-server.ts';
import type { LossyProxy } from '../support/lossy-proxy.ts';
import { expectProblem } from '../support/problems.ts';
import {
  allRegistrations,
  callAs,
  join,
  joinAll,
  leave,
  mira,
  newPeople,
  newPerson,
  own,
  scanOf,
} from '../support/registrations.ts';
import { recordOf, registrationOf, seed, seedRegistration, seedSeats } from '../support/seed.ts';
import { writingNothing } from '../support/stored.ts';
import { startApiThroughProxy } from '../support/through-proxy.ts';

const query = 'dryRun=true';

describe.each(transports)('a dry run among other requests (%s)', (transport) => {
  let proxy: LossyProxy;
  let api: TestApi;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ api, proxy, stop } = await startApiThroughProxy(transport));
  });
  afterAll(() => stop());

  const register = (event: Event, person: string, options = {}) =>
    callAs(api, person, 'registerForEvent', event, { body: mira, ...options });
  const rename = (event: Event, parameters = '') =>
    api.send({
      method: 'PATCH',
      path: `/events/${event.eventId}${parameters}`,
      headers: { 'If-Match': event.etag },
      body: { name: 'Another name' },
      as: 'organizer',
    });

  it('makes no request read or decide again', async () => {
    const event = await published(api);
    let dry: { status: number } | undefined;
    proxy.beforeNext('UpdateItem', async () => (dry = await rename(event, `?${query}`)));
    const renamed = await rename(event);
    expect([dry?.status, renamed.status]).toEqual([200, 200]);

    const person = newPerson();
    proxy.beforeNext('PutItem', async () => (dry = await register(event, person, { query })));
    expect(await register(event, person)).toMatchObject({ status: 201, body: { number: 1 } });
    expect(dry?.status).toBe(201);
  });

  it('takes no number and no seat from those who register at the same time', async () => {
    const event = await published(api, { ...concert, capacity: 3 });
    const people = newPeople(6);
    const sent = people.flatMap((person) => [
      register(event, person, { query }),
      register(event, person),
      register(event, person, { query }),
      callAs(api, person, 'cancelMyRegistration', event, { query }),
      callAs(api, 'organizer', 'createRegistration', event, { body: mira, query }),
    ]);
    for (const { status, headers } of await Promise.all(sent))
      // Who is not registered yet cannot cancel.
      expect(headers['dry-run'] === undefined ? [201, 404] : [200, 201]).toContain(status);
    const registrations = await allRegistrations(api, event);
    expect(registrations.map(({ number, status }) => [number, status])).toEqual(
      [1, 2, 3, 4, 5, 6].map((number) => [number, number <= 3 ? 'confirmed' : 'waitlisted']),
    );
  });

  it.each([
    [1, 1],
    [3, 1],
    [7, 1],
    [15, 3],
  ])('has the next number if others take those that it had (%d, %d at a time)', async (others, atATime) => {
    const event = await published(api);
    const people = newPeople(others);
    const take = async () => {
      await joinAll(api, event, people.splice(0, atATime));
      if (people.length > 0) proxy.beforeNext('BatchGetItem', take);
    };
    proxy.beforeNext('BatchGetItem', take);
    const dry = await register(event, newPerson(), { query });
    expect(dry).toMatchObject({ status: 201, body: { number: others + 1 } });
    expect(await allRegistrations(api, event)).toHaveLength(others);
  });

  it('requires a revision that is current when it reads', async () => {
    const event = await draft(api);
    await rename(event);
    expectProblem(await rename(event, `?${query}`), 'precondition-failed');
  });

  it('settles no number of people who left, and reclaims no gap', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const [anna, ben, cleo] = newPeople(3) as [string, string, string];
    for (const person of [anna, ben, cleo]) await join(api, event, person);
    await leave(api, event, ben);
    // The seat would be that of the third person, because the second has left.
    const left = await writingNothing(api, () => callAs(api, anna, 'cancelMyRegistration', event, { query }));
    expect(left).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    expect(await own(api, event, cleo)).toMatchObject({ status: 'waitlisted' });

    const full = recordOf({ status: 'published', capacity: 2, organizerId: event.organizerId });
    await seed(api.tables, [full]);
    const seats = { lastNumber: 2, confirmedUpTo: 2, waitlist: false, lastNumberAt: full.createdAt };
    await seedSeats(api.tables, full.eventId, seats);
    await seedRegistration(api.tables, registrationOf({ eventId: full.eventId, number: 1, userId: newPerson() }));
    const person = newPerson();
    const of = full as unknown as Event;
    const dry = await writingNothing(api, () => register(of, person, { query }));
    expect(dry).toMatchObject({ status: 201, body: { number: 3, status: 'confirmed' } });
    expect(await register(of, person)).toMatchObject({ status: 201, body: { number: 3, status: 'confirmed' } });
  });

  it('looks for no free seat on behalf of those who wait', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const [anna, ben, cleo] = newPeople(3) as [string, string, string];
    await join(api, event, anna);
    const second = await join(api, event, ben);
    await join(api, event, cleo);
    await leave(api, event, ben);
    const scans = [scanOf({ number: second.number }), scanOf({ number: 3 })];
    const scan = () => callAs(api, 'organizer', 'createCheckIns', event, { body: { scans }, query });
    expect((await writingNothing(api, scan)).status).toBe(200);
  });

  describe('if the database takes no writes', () => {
    const calls = ['PutItem', 'UpdateItem', 'TransactWriteItems'] as const;
    afterEach(() => [...calls, 'BatchGetItem' as const].forEach((name) => proxy.fail(name)));

    it('succeeds, because it sends none', async () => {
      const event = await published(api);
      const { number } = await join(api, event);
      for (const name of calls) proxy.fail(name, respond(500, 'InternalServerError'));
      const registered = await register(event, newPerson(), { query });
      const cancelled = await callAs(api, 'organizer', 'cancelRegistration', event, { number, query });
      const renamed = await rename(event, `?${query}`);
      expect([registered.status, cancelled.status, renamed.status]).toEqual([201, 200, 200]);
      const path = `/events/${event.eventId}/cancel`;
      expect((await api.send({ method: 'POST', path: `${path}?${query}`, as: 'organizer' })).status).toBe(200);
      expectProblem(await api.send({ method: 'POST', path, as: 'organizer' }), 'service-unavailable');
    });

    it('can be sent again after a failed read, also where the request itself cannot', async () => {
      for (const name of ['PutItem', 'BatchGetItem'] as const) proxy.fail(name, respond(500, 'InternalServerError'));
      const headers = { 'Idempotency-Key': randomUUID() };
      const create = (parameters = '') =>
        api.send({ method: 'POST', path: `/events${parameters}`, headers, body: concert, as: 'organizer' });
      const [dry, earnest] = [await create(`?${query}`), await create()];
      for (const response of [dry, earnest]) expectProblem(response, 'service-unavailable');
      expect([dry.headers['retry-after'], earnest.headers['retry-after']]).toEqual(['1', undefined]);
    });
  });

  it('of each status leaves the event as it is', async () => {
    const event = await published(api);
    for (const operation of ['unpublish', 'cancel']) {
      const path = `/events/${event.eventId}/${operation}?${query}`;
      const dry = await writingNothing(api, () => api.send({ method: 'POST', path, as: 'organizer' }));
      expect(dry.status).toBe(200);
    }
    expect(await read(api, event)).toEqual(event);
    expect((await call(api, 'unpublishEvent', event.eventId)).status).toBe(200);
  });
});
