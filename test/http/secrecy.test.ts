/** For other users and without a token, requests for a draft get the same response, byte for byte, as requests for an event that does not exist. */
import { operations } from '../../src/contract/operations.ts';
import { startTestApi, type TestApi, type TestRequest, transports } from '../support/api.ts';
import { concert, type Event, published, read, succeed, withoutActions } from '../support/events.ts';
import { testUsers } from '../support/issuer.ts';
import { callAs, join, newPeople } from '../support/registrations.ts';
import { nonexistentEventId, requestFor } from '../support/requests.ts';
import { sampled } from '../support/sample.ts';

describe.each(transports)("another organizer's draft (%s)", (transport) => {
  let api: TestApi;
  let secret: Event;
  beforeAll(async () => {
    api = await startTestApi(transport);
    const body = { ...concert, tags: ['secret'], location: { kind: 'online', url: 'https://meet.example.com/secret' } };
    const created = await api.send({
      method: 'POST',
      path: '/events',
      body,
      headers: { 'Idempotency-Key': 'secret' },
      as: 'organizer',
    });
    secret = withoutActions(created.body as Event);
  });
  afterAll(() => api.stop());

  /** The response, without what differs between any two responses. */
  async function responseTo(request: TestRequest): Promise<string> {
    const { status, headers, text } = await api.send(request);
    const { date: _date, 'x-request-id': id = '', 'content-length': contentLength, ...others } = headers;
    const body = text.replaceAll(id, 'id');
    // Ids of requests can differ in length: a problem has two of them, of which HEAD returns the length only.
    const length = Number(contentLength) - (status < 400 ? 0 : 2 * id.length);
    return JSON.stringify([status, others, length, body]);
  }

  const onEvents = operations
    .filter(({ path }) => path.includes('{eventId}'))
    .map((operation) => [operation.operationId, operation] as const);

  it.each(sampled(onEvents))(
    'gets the same responses as an event that does not exist, from %s',
    async (_id, operation) => {
      const etags = [undefined, secret.etag, '*', '"1-000000000000"'];
      for (const as of ['rival', 'attendee', undefined] as const) {
        for (const ifMatch of etags) {
          for (const method of operation.method === 'get' ? ['GET', 'HEAD'] : [operation.method.toUpperCase()]) {
            const headers = { ...(ifMatch === undefined ? {} : { 'If-Match': ifMatch }), 'Idempotency-Key': 'secret' };
            const requestTo = (eventId: string): TestRequest => ({
              ...requestFor(operation, eventId),
              method,
              headers,
              ...(as ? { as } : {}),
            });
            expect([as, ifMatch, method, await responseTo(requestTo(secret.eventId))]).toEqual([
              as,
              ifMatch,
              method,
              await responseTo(requestTo(nonexistentEventId)),
            ]);
          }
        }
      }
      expect(await read(api, secret)).toEqual(secret);
    },
  );

  it.each(sampled(onEvents))(
    'gets the same responses as an event that does not exist, from %s, although somebody had registered for it',
    async (_id, operation) => {
      const hidden = await withFormerAttendees();
      for (const as of ['rival', 'attendee', undefined] as const) {
        // Registered and cancelled, cancelled by the organizer, and a number that no one has.
        for (const number of ['1', '2', '3', '4294967295', '0', 'x']) {
          const requestTo = (eventId: string): TestRequest => {
            const { path, ...request } = requestFor(operation, eventId);
            const ofNumber = path.replace(/(\/registrations\/)[^/]+/, `$1${number}`);
            return { ...request, path: ofNumber, ...(as ? { as } : {}) };
          };
          const [actual, expected] = [
            await responseTo(requestTo(hidden.eventId)),
            await responseTo(requestTo(nonexistentEventId)),
          ];
          expect([as, number, actual]).toEqual([as, number, expected]);
          if (!operation.path.includes('{number}')) break;
        }
      }
    },
  );

  /** An event that is a draft again, after people have registered for it and cancelled. */
  async function withFormerAttendees(): Promise<Event> {
    const event = await published(api, { ...concert, name: 'Zebra Night' });
    for (const person of newPeople(2)) await join(api, event, person);
    for (const number of [1, 2]) await callAs(api, 'organizer', 'cancelRegistration', event, { number });
    return succeed(api, 'unpublishEvent', event);
  }

  it('is in no list, with any filter or cursor', async () => {
    const mine = `organizerId=${testUsers.organizer}`;
    await api.send({ method: 'POST', path: '/events', body: { ...concert, tags: ['secret'] }, as: 'organizer' });
    const { nextCursor } = (await api.send({ path: '/events?organizerId=me&limit=1', as: 'organizer' })).body as {
      nextCursor: string;
    };
    expect(nextCursor).toMatch(/./);
    const queries = [
      '',
      'tag=secret',
      mine,
      `${mine}&tag=secret`,
      `${mine}&cursor=${nextCursor}`,
      `organizerId=me&cursor=${nextCursor}`,
      `cursor=${nextCursor}`,
      `${mine}&status=draft`,
      'status=draft',
    ];
    for (const query of queries) {
      for (const order of ['', '&order=desc&startsBefore=2199-01-01T00:00:00Z', '&startsFrom=2000-01-01T00:00:00Z']) {
        const { status, body } = await api.send({ path: `/events?limit=100&${query}${order}`, as: 'rival' });
        expect([
          query,
          order,
          status === 200 ? (body as { items: unknown[] }).items : [],
          [200, 422].includes(status),
        ]).toEqual([query, order, [], true]);
      }
    }
  });

  it('is not affected by a createEvent request with the same idempotency key', async () => {
    const { status, headers, body } = await api.send({
      method: 'POST',
      path: '/events',
      body: { ...concert, name: 'Event of the rival' },
      headers: { 'Idempotency-Key': 'secret' },
      as: 'rival',
    });
    expect([status, headers['idempotency-replayed'], (body as Event).organizerId]).toEqual([
      201,
      undefined,
      testUsers.rival,
    ]);
    expect(await read(api, secret)).toEqual(secret);
  });
});
