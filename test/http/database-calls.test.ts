import { operations } from '../../src/contract/operations.ts';
import { type TestApi, transports } from '../support/api.ts';
import { startApiThroughProxy } from '../support/through-proxy.ts';
import {
  call,
  cancelled,
  concert,
  draft,
  type Event,
  nextYear,
  published,
  read,
  register,
  revisionOf,
  succeed,
  withoutActions,
} from '../support/events.ts';
import { type LossyProxy } from '../support/lossy-proxy.ts';
import { expectProblem } from '../support/problems.ts';
import { nonexistentEventId, requestFor } from '../support/requests.ts';
import { callAs, checkIn, join, mira, newPerson, type Scan, scanOf } from '../support/registrations.ts';
import { sampled } from '../support/sample.ts';

const name = { name: 'Riverside Jazz Weekend' };

/** Each operation that changes an event, with an event on which it has an effect. */
const effective = [
  ['updateEvent', draft, name],
  ['publishEvent', draft, undefined],
  ['unpublishEvent', published, undefined],
  ['cancelEvent', published, { reason: 'A storm is coming.' }],
  ['deleteEvent', cancelled, undefined],
] as const;

describe.each(transports)('the database calls (%s)', (transport) => {
  let proxy: LossyProxy;
  let api: TestApi;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ api, proxy, stop } = await startApiThroughProxy(transport));
  });
  afterAll(() => stop());

  /** The database calls made during `work`. */
  async function callsOf(work: () => Promise<unknown>): Promise<string[]> {
    proxy.calls.length = 0;
    await work();
    return [...proxy.calls];
  }

  const requestIdOf = async ({ eventId }: Event) =>
    (
      await api.tables.database.get({ TableName: api.tables.tableNames.events, Key: { eventId }, ConsistentRead: true })
    )?.['requestId'];

  describe('without failures', () => {
    it('createEvent makes one call, and getEvent two at the same time', async () => {
      let event: Event | undefined;
      expect(await callsOf(async () => (event = await draft(api)))).toEqual(['PutItem']);
      expect(await callsOf(() => read(api, event as Event))).toEqual(['GetItem', 'GetItem']);
    });

    it('duplicateEvent makes two calls for an event in any status', async () => {
      for (const make of [draft, published, cancelled]) {
        const { eventId } = await make(api);
        expect(await callsOf(() => call(api, 'duplicateEvent', eventId, { body: nextYear }))).toEqual([
          'GetItem',
          'PutItem',
        ]);
      }
    });

    it('createEvent makes no call for a semantically invalid body', async () => {
      expect(
        await callsOf(() => call(api, 'createEvent', undefined, { body: { ...concert, timeZone: 'utc' } })),
      ).toEqual([]);
    });

    it.each([
      ['publishEvent', draft, ['GetItem', 'GetItem', 'TransactWriteItems']],
      ['unpublishEvent', published, ['GetItem', 'GetItem', 'TransactWriteItems']],
      ['cancelEvent', published, ['GetItem', 'GetItem', 'TransactWriteItems']],
      ['deleteEvent', published, ['GetItem', 'GetItem', 'TransactWriteItems']],
      ['deleteEvent', draft, ['GetItem', 'GetItem', 'PutItem']],
      ['updateEvent', draft, ['GetItem', 'GetItem', 'UpdateItem']],
      ['updateEvent', published, ['GetItem', 'GetItem', 'UpdateItem']],
    ] as const)('%s makes the minimum number of calls, with and without If-Match', async (operationId, make, calls) => {
      const body = operationId === 'updateEvent' ? name : undefined;
      const [first, second] = [await make(api), await make(api)];
      expect(await callsOf(() => call(api, operationId, first.eventId, { body }))).toEqual(calls);
      expect(await callsOf(() => call(api, operationId, second.eventId, { body, ifMatch: second.etag }))).toEqual(
        calls,
      );
    });

    it.each([
      ['publishEvent', cancelled, 'event-cancelled'],
      ['unpublishEvent', cancelled, 'event-cancelled'],
      ['cancelEvent', draft, 'not-published'],
    ] as const)(
      '%s only reads an event in the wrong status, with and without If-Match',
      async (operationId, make, code) => {
        const event = await make(api);
        expect(await callsOf(async () => expectProblem(await call(api, operationId, event.eventId), code))).toEqual([
          'GetItem',
          'GetItem',
        ]);
        expect(
          await callsOf(async () =>
            expectProblem(await call(api, operationId, event.eventId, { ifMatch: '"1-x"' }), 'precondition-failed'),
          ),
        ).toEqual(['GetItem', 'GetItem']);
      },
    );

    it('updateEvent only reads the event and its counters if it is rejected or changes nothing', async () => {
      const event = await published(api);
      const update = (body: object, ifMatch?: string) =>
        callsOf(() => call(api, 'updateEvent', event.eventId, { body, ifMatch }));
      expect(await update({})).toEqual(['GetItem', 'GetItem']);
      expect(await update({ location: null })).toEqual(['GetItem', 'GetItem']);
      expect(await update(name, '"1-x"')).toEqual(['GetItem', 'GetItem']);
    });
  });

  describe('for registrations', () => {
    const reads = ['GetItem', 'GetItem', 'GetItem'];
    const writes = ['UpdateItem', 'UpdateItem', 'PutItem'];

    it('registerForEvent reads three items and writes three, each by a call of its own', async () => {
      const event = await published(api);
      const person = newPerson();
      expect(await callsOf(() => join(api, event, person))).toEqual([...reads, ...writes]);
      const again = () => callAs(api, person, 'registerForEvent', event, { body: mira });
      expect(await callsOf(again)).toEqual([...reads, 'GetItem']);
      await callAs(api, person, 'cancelMyRegistration', event);
      expect(await callsOf(() => join(api, event, person))).toEqual([...reads, 'GetItem', ...writes]);
    });

    it('registerForEvent only reads if the event takes no registrations', async () => {
      for (const event of [await draft(api), await cancelled(api)])
        expect(await callsOf(() => callAs(api, 'organizer', 'registerForEvent', event, { body: mira }))).toEqual(reads);
    });

    it('createCheckIns reads all registrations at once, and looks up no ticket of another event', async () => {
      const event = await published(api);
      const { number, code = '' } = await join(api, event);
      const other = await join(api, await published(api));
      const reads = ['GetItem', 'GetItem', 'BatchGetItem'];
      const scan = (...scans: Scan[]) => callsOf(() => checkIn(api, event, ...scans));
      expect(await scan(scanOf({ code }))).toEqual([...reads, 'TransactWriteItems']);
      expect(await scan(scanOf({ code }), scanOf({ number }))).toEqual([...reads, 'UpdateItem', 'UpdateItem']);
      expect(await scan(scanOf({ code: other.code ?? '' }))).toEqual(['GetItem', 'GetItem']);
    });

    it('getEvent counts people who are checked in for the organizer only, and only if somebody has registered', async () => {
      const event = await published(api);
      const get = (as: 'organizer' | 'attendee') => callsOf(() => call(api, 'getEvent', event.eventId, { as }));
      expect(await get('organizer')).toEqual(['GetItem', 'GetItem']);
      await join(api, event);
      expect(await get('organizer')).toEqual(['GetItem', 'GetItem', 'Query']);
      expect(await get('attendee')).toEqual(['GetItem', 'GetItem']);
    });

    it("the operations of organizers look for no number of another organizer's event", async () => {
      const event = await published(api);
      await join(api, event);
      for (const operationId of ['getRegistration', 'cancelRegistration', 'deleteRegistration'] as const)
        for (const number of [1, 2]) {
          const calls = await callsOf(() => callAs(api, 'rival', operationId, event, { number }));
          expect(calls).toEqual(['GetItem', 'GetItem']);
        }
    });
  });

  describe('for what a caller cannot see', () => {
    const onEvents = operations
      .filter(({ path }) => path.includes('{eventId}'))
      .map((operation) => [operation.operationId, operation] as const);

    it.each(sampled(onEvents))('%s makes the same as for an event that does not exist', async (_id, operation) => {
      const formerly = await published(api);
      const person = newPerson();
      await join(api, formerly, person);
      await callAs(api, person, 'cancelMyRegistration', formerly);
      const hidden = [await draft(api), await succeed(api, 'unpublishEvent', formerly)];
      for (const as of ['rival', 'attendee', undefined] as const)
        for (const headers of [{}, { 'Idempotency-Key': 'guessed' }, { 'If-Match': '*' }]) {
          const callsTo = (eventId: string) =>
            callsOf(() => api.send({ ...requestFor(operation, eventId), headers, ...(as ? { as } : {}) }));
          const expected = await callsTo(nonexistentEventId);
          for (const { eventId } of hidden) expect([as, await callsTo(eventId)]).toEqual([as, expected]);
        }
    });
  });

  describe('when a response is lost', () => {
    it.each([
      ['without a key', {}],
      ['with a key', { 'Idempotency-Key': 'lost' }],
    ])('createEvent %s returns 201, not a replay, after a lost response of the database', async (_, headers) => {
      proxy.loseNextResponse('PutItem');
      let created: Awaited<ReturnType<typeof call>> | undefined;
      expect(
        await callsOf(async () => (created = await call(api, 'createEvent', undefined, { body: concert, headers }))),
      ).toEqual(['PutItem', 'PutItem']);
      expect(created).toMatchObject({ status: 201, body: { ...concert, status: 'draft' } });
      expect(created?.headers).not.toHaveProperty('idempotency-replayed');
      expect(await read(api, created?.body as Event)).toEqual(withoutActions(created?.body as Event));
    });

    it.each([
      ['without a key', {}],
      ['with a key', { 'Idempotency-Key': 'lost-duplicate' }],
    ])('duplicateEvent %s returns 201, not a replay, after a lost response of the database', async (_, headers) => {
      const { eventId } = await published(api);
      proxy.loseNextResponse('PutItem');
      const duplicate = await call(api, 'duplicateEvent', eventId, { body: nextYear, headers });
      expect(duplicate).toMatchObject({ status: 201, body: { ...concert, ...nextYear, status: 'draft' } });
      expect(duplicate.headers).not.toHaveProperty('idempotency-replayed');
      expect(await read(api, duplicate.body as Event)).toEqual(withoutActions(duplicate.body));
    });

    it.each(effective)(
      '%s succeeds after a lost response of the database, with and without If-Match',
      async (operationId, make, body) => {
        const write = operationId === 'updateEvent' ? 'UpdateItem' : 'TransactWriteItems';
        for (const withIfMatch of [true, false]) {
          const event = await make(api);
          proxy.loseNextResponse(write);
          proxy.calls.length = 0;
          const response = await call(api, operationId, event.eventId, {
            body,
            ifMatch: withIfMatch ? event.etag : undefined,
          });
          expect(proxy.calls.filter((one) => one === write)).toHaveLength(2);
          if (operationId === 'deleteEvent') {
            expect(response).toMatchObject({ status: 204, text: '' });
            expectProblem(await call(api, 'getEvent', event.eventId), 'event-not-found');
          } else {
            expect(response.status).toBe(200);
            expect(revisionOf(response.body as Event)).toBe(revisionOf(event) + 1);
            expect(await read(api, event)).toEqual(withoutActions(response.body));
          }
        }
      },
    );

    it('an operation that the event does not allow is rejected after a lost response of the database', async () => {
      const event = await published(api);
      await register(api, event, 1);
      for (const operationId of ['deleteEvent', 'unpublishEvent'] as const) {
        proxy.loseNextResponse('GetItem');
        expectProblem(await call(api, operationId, event.eventId), 'event-has-registrations');
      }
    });
  });

  describe('when another change comes between the read and the write of updateEvent', () => {
    it('updateEvent checks the capacity against the registrations at the time of its write', async () => {
      const event = await published(api);
      proxy.beforeNext('TransactWriteItems', () => register(api, event, 3));
      expectProblem(
        await call(api, 'updateEvent', event.eventId, { body: { capacity: 2 } }),
        'capacity-below-registrations',
      );
      expect(await read(api, event)).toMatchObject({ capacity: concert.capacity, registeredCount: 3 });
    });

    it('updateEvent is applied on top of a concurrent change', async () => {
      const event = await published(api);
      proxy.beforeNext('UpdateItem', () => succeed(api, 'updateEvent', event, { body: { tags: ['theirs'] } }));
      const calls = await callsOf(() => succeed(api, 'updateEvent', event, { body: name }));
      const reads = ['GetItem', 'GetItem'];
      expect(calls).toEqual([...reads, 'UpdateItem', ...reads, 'UpdateItem', ...reads, 'UpdateItem']);
      const now = await read(api, event);
      expect(now).toMatchObject({ ...name, tags: ['theirs'] });
      expect(revisionOf(now)).toBe(revisionOf(event) + 2);
    });

    it('updateEvent is rejected if its If-Match names the revision before a concurrent change', async () => {
      const event = await published(api);
      proxy.beforeNext('UpdateItem', () => succeed(api, 'updateEvent', event, { body: { tags: ['theirs'] } }));
      expectProblem(
        await call(api, 'updateEvent', event.eventId, { body: name, ifMatch: event.etag }),
        'precondition-failed',
      );
      expect(await read(api, event)).toMatchObject({ name: event.name, tags: ['theirs'] });
    });
  });

  it('every write stores the request id', async () => {
    const created = await call(api, 'createEvent', undefined, { body: concert });
    const event = created.body as Event;
    expect(await requestIdOf(event)).toBe(created.headers['x-request-id']);
    for (const operationId of [
      'publishEvent',
      'updateEvent',
      'unpublishEvent',
      'publishEvent',
      'cancelEvent',
      'deleteEvent',
    ] as const) {
      const response = await call(api, operationId, event.eventId, {
        body: operationId === 'updateEvent' ? name : undefined,
      });
      expect(response.status).toBeLessThan(300);
      expect(await requestIdOf(event)).toBe(response.headers['x-request-id']);
    }
  });

  it('a request that changes nothing writes nothing', async () => {
    const event = await published(api);
    const before = await requestIdOf(event);
    await succeed(api, 'publishEvent', event);
    await succeed(api, 'updateEvent', event, { body: {} });
    expect(await requestIdOf(event)).toBe(before);
  });
});
