import { startTestApi, type TestApi, transports } from '../support/api.ts';
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
} from '../support/events.ts';
import { type LossyProxy, startLossyProxy } from '../support/lossy-proxy.ts';
import { expectProblem } from '../support/problems.ts';
import { testSettings } from '../support/tables.ts';

const name = { name: 'Riverside Jazz Weekend' };

/** Each operation that changes an event, with an event on which it has an effect. */
const effective = [
  ['updateEvent', draft, name],
  ['publishEvent', draft, undefined],
  ['unpublishEvent', published, undefined],
  ['cancelEvent', published, { reason: 'A storm is coming.' }],
  ['deleteEvent', cancelled, undefined],
] as const;

describe.each(transports)('calls of the database (%s)', (transport) => {
  let proxy: LossyProxy;
  let api: TestApi;
  const { endpoint } = testSettings();
  beforeAll(async () => {
    proxy = await startLossyProxy(endpoint);
    process.env['DYNAMODB_ENDPOINT'] = proxy.endpoint;
    api = await startTestApi(transport);
  });
  afterAll(async () => {
    await api.stop();
    process.env['DYNAMODB_ENDPOINT'] = endpoint;
    await proxy.close();
  });

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

  describe('are as few as possible', () => {
    it('for creating an event or getting one: a single call', async () => {
      let event: Event | undefined;
      expect(await callsOf(async () => (event = await draft(api)))).toEqual(['PutItem']);
      expect(await callsOf(() => read(api, event as Event))).toEqual(['GetItem']);
    });

    it('for duplicating an event in any status: two calls', async () => {
      for (const make of [draft, published, cancelled]) {
        const { eventId } = await make(api);
        expect(await callsOf(() => call(api, 'duplicateEvent', eventId, { body: nextYear }))).toEqual([
          'GetItem',
          'PutItem',
        ]);
      }
    });

    it('for a semantically invalid body: none', async () => {
      expect(
        await callsOf(() => call(api, 'createEvent', undefined, { body: { ...concert, timeZone: 'utc' } })),
      ).toEqual([]);
    });

    it.each([
      ['publishEvent', draft, ['UpdateItem']],
      ['unpublishEvent', published, ['UpdateItem']],
      ['cancelEvent', published, ['UpdateItem']],
      ['deleteEvent', published, ['PutItem']],
      ['updateEvent', draft, ['GetItem', 'UpdateItem']],
    ] as const)('for %s: the minimum, with and without If-Match', async (operationId, make, calls) => {
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
      'for %s on an event in the wrong status: a single call, with and without If-Match',
      async (operationId, make, code) => {
        const event = await make(api);
        expect(await callsOf(async () => expectProblem(await call(api, operationId, event.eventId), code))).toEqual([
          'UpdateItem',
        ]);
        expect(
          await callsOf(async () =>
            expectProblem(await call(api, operationId, event.eventId, { ifMatch: '"1-x"' }), 'precondition-failed'),
          ),
        ).toEqual(['UpdateItem']);
      },
    );

    it('for updateEvent that is rejected or changes nothing: a single read', async () => {
      const event = await published(api);
      const update = (body: object, ifMatch?: string) =>
        callsOf(() => call(api, 'updateEvent', event.eventId, { body, ifMatch }));
      expect(await update({})).toEqual(['GetItem']);
      expect(await update({ location: null })).toEqual(['GetItem']);
      expect(await update(name, '"1-x"')).toEqual(['GetItem']);
    });
  });

  describe('whose response is lost are retried by the SDK', () => {
    it.each([
      ['without a key', {}],
      ['with a key', { 'Idempotency-Key': 'lost' }],
    ])('so that createEvent %s still returns 201, not a replay', async (_, headers) => {
      proxy.loseNextResponse('PutItem');
      let created: Awaited<ReturnType<typeof call>> | undefined;
      expect(
        await callsOf(async () => (created = await call(api, 'createEvent', undefined, { body: concert, headers }))),
      ).toEqual(['PutItem', 'PutItem']);
      expect(created).toMatchObject({ status: 201, body: { ...concert, status: 'draft' } });
      expect(created?.headers).not.toHaveProperty('idempotency-replayed');
      expect(await read(api, created?.body as Event)).toEqual(created?.body);
    });

    it.each([
      ['without a key', {}],
      ['with a key', { 'Idempotency-Key': 'lost-duplicate' }],
    ])('so that duplicateEvent %s still returns 201, not a replay', async (_, headers) => {
      const { eventId } = await published(api);
      proxy.loseNextResponse('PutItem');
      const duplicate = await call(api, 'duplicateEvent', eventId, { body: nextYear, headers });
      expect(duplicate).toMatchObject({ status: 201, body: { ...concert, ...nextYear, status: 'draft' } });
      expect(duplicate.headers).not.toHaveProperty('idempotency-replayed');
      expect(await read(api, duplicate.body as Event)).toEqual(duplicate.body);
    });

    it.each(effective)('so that %s still succeeds, with and without If-Match', async (operationId, make, body) => {
      const write = operationId === 'deleteEvent' ? 'PutItem' : 'UpdateItem';
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
          expect(await read(api, event)).toEqual(response.body);
        }
      }
    });

    it('but an operation that the event does not allow is still rejected', async () => {
      const event = await published(api);
      await register(api, event, 1);
      proxy.loseNextResponse('PutItem');
      expectProblem(await call(api, 'deleteEvent', event.eventId), 'event-has-registrations');
      proxy.loseNextResponse('UpdateItem');
      expectProblem(await call(api, 'unpublishEvent', event.eventId), 'event-has-registrations');
    });
  });

  describe('for an update that another change overtakes after its read', () => {
    it('check the capacity against the registrations at the time of the write', async () => {
      const event = await published(api);
      proxy.beforeNext('UpdateItem', () => register(api, event, 3));
      expectProblem(
        await call(api, 'updateEvent', event.eventId, { body: { capacity: 2 } }),
        'capacity-below-registrations',
      );
      expect(await read(api, event)).toMatchObject({ capacity: concert.capacity, registeredCount: 3 });
    });

    it('apply the update on top of the other change', async () => {
      const event = await published(api);
      proxy.beforeNext('UpdateItem', () => succeed(api, 'updateEvent', event, { body: { tags: ['theirs'] } }));
      const calls = await callsOf(() => succeed(api, 'updateEvent', event, { body: name }));
      expect(calls).toEqual(['GetItem', 'UpdateItem', 'GetItem', 'UpdateItem', 'UpdateItem']);
      const now = await read(api, event);
      expect(now).toMatchObject({ ...name, tags: ['theirs'] });
      expect(revisionOf(now)).toBe(revisionOf(event) + 2);
    });

    it('reject the update if its If-Match names the revision before the other change', async () => {
      const event = await published(api);
      proxy.beforeNext('UpdateItem', () => succeed(api, 'updateEvent', event, { body: { tags: ['theirs'] } }));
      expectProblem(
        await call(api, 'updateEvent', event.eventId, { body: name, ifMatch: event.etag }),
        'precondition-failed',
      );
      expect(await read(api, event)).toMatchObject({ name: event.name, tags: ['theirs'] });
    });
  });

  it('store the request id with every write', async () => {
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

  it('write nothing for a request that changes nothing', async () => {
    const event = await published(api);
    const before = await requestIdOf(event);
    await succeed(api, 'publishEvent', event);
    await succeed(api, 'updateEvent', event, { body: {} });
    expect(await requestIdOf(event)).toBe(before);
  });
});
