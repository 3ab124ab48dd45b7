import { randomUUID } from 'node:crypto';
import type { FieldErrorCode } from '../../src/contract/generated/types.ts';
import { exampleBodies, exampleOf, type Operation, operations, takesKey } from '../contract/contract.ts';
import { startTestApi, type TestApi, type TestRequest, type TestResponse, transports } from '../support/api.ts';
import { requestOf } from '../support/contract-requests.ts';
import { resourceOf } from '../support/domains.ts';
import { call, concert, draft, type Event, published, read, registerNew } from '../support/events.ts';
import { newFeed } from '../support/feeds.ts';
import { testUsers } from '../support/issuer.ts';
import { expectProblem } from '../support/problems.ts';
import { callAs, checkedInCount, checkIn, join, mira, newPerson, own, scanOf } from '../support/registrations.ts';
import { writingNothing } from '../support/stored.ts';
import { sampled } from '../support/sample.ts';

const writes = operations.filter(({ parameters }) => parameters.some(({ name }) => name === 'dryRun'));

const requests = writes.flatMap((operation) => {
  const bodies = operation.requestBody ? exampleBodies(operation.operationId) : [['no body', undefined] as const];
  return bodies.map(([name, body]) => ({ title: `${operation.operationId}, ${name}`, operation, body }));
});

/** Members and headers that differ between any two requests, or that a dry run cannot know. */
const unknown = [
  'etag',
  'eventId',
  'code',
  'codeDigest',
  'meetingUrl',
  'createdAt',
  'registeredAt',
  'updatedAt',
  'checkedInAt',
];

describe.each(transports)('a dry run (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  async function sendAs(sub: string, request: TestRequest): Promise<TestResponse> {
    const token = await api.issuer.token({ sub });
    return api.send({ ...request, headers: { authorization: `Bearer ${token}`, ...request.headers } });
  }

  const tried = (send: () => Promise<TestResponse>) => writingNothing(api, send);

  /** Headers that differ between any two requests, or that only a dry run has. */
  const varying = ['x-request-id', 'date', 'content-length', 'dry-run'];
  const headersOf = ({ headers }: TestResponse) =>
    Object.entries({ ...headers, ...(headers['etag'] === undefined ? {} : { etag: 'some' }) })
      .filter(([name]) => !varying.includes(name))
      .map(([name, value]) => `${name}: ${value.replaceAll(/[0-9a-f-]{36}/g, 'id')}`)
      .sort();

  const shownOf = ({ status, headers, text, body }: TestResponse) => ({
    status,
    headers: headersOf({ status, headers, text, body }),
    body: JSON.parse(
      JSON.stringify(body ?? null, (name, value: unknown) =>
        unknown.includes(name) || name === 'at' ? undefined : value,
      ),
    ) as unknown,
  });

  it.each(sampled(requests))(
    'has the status and the body of the request, and writes nothing: $title',
    async ({ operation, body }) => {
      const caller = takesKey(operation) ? randomUUID() : testUsers.organizer;
      await resourceOf(operation)?.store(api, operation, caller);
      const values = Object.fromEntries(
        operation.parameters.filter(({ required }) => required === true).map(({ name, example }) => [name, example]),
      );
      const send = (dryRun: object) => sendAs(caller, requestOf(operation, { ...values, ...dryRun }, body));
      const dry = await tried(() => send({ dryRun: true }));
      expect(dry.headers['dry-run']).toBe('true');
      const earnest = await send({});
      expect(earnest.headers).not.toHaveProperty('dry-run');
      expect(shownOf(dry)).toEqual(shownOf(earnest));
      expect(dry.headers['cache-control']).toBe('no-store');
    },
  );

  it.each<[query: string, name: string, code: FieldErrorCode]>([
    ['dryRun=True', 'dryRun', 'invalid-type'],
    ['dryRun=TRUE', 'dryRun', 'invalid-type'],
    ['dryRun=yes', 'dryRun', 'invalid-type'],
    ['dryRun=1', 'dryRun', 'invalid-type'],
    ['dryRun=0', 'dryRun', 'invalid-type'],
    ['dryRun=null', 'dryRun', 'invalid-type'],
    ['dryRun=%22true%22', 'dryRun', 'invalid-type'],
    ['dryRun=true%20', 'dryRun', 'invalid-type'],
    ['dryRun=+true', 'dryRun', 'invalid-type'],
    ['dryRun=true,false', 'dryRun', 'invalid-type'],
    ['dryRun=', 'dryRun', 'invalid-type'],
    ['dryRun', 'dryRun', 'invalid-type'],
    ['dryRun=%', 'dryRun', 'invalid-encoding'],
    ['dryRun=true&dryRun=true', 'dryRun', 'duplicate-parameter'],
    ['dryRun=true&dryRun=false', 'dryRun', 'duplicate-parameter'],
    ['dryRun=false&dryRun=true', 'dryRun', 'duplicate-parameter'],
    ['dryRun=false&dry%52un=true', 'dryRun', 'duplicate-parameter'],
    ['dryrun=true', 'dryrun', 'unknown-parameter'],
    ['DryRun=true', 'DryRun', 'unknown-parameter'],
    ['dry-run=true', 'dry-run', 'unknown-parameter'],
    ['dryRun[]=true', 'dryRun[]', 'unknown-parameter'],
    ['dryRun%20=true', 'dryRun ', 'unknown-parameter'],
  ])('is neither that nor in earnest with %s', async (query, ...error) => {
    const event = await draft(api);
    const path = `/events/${event.eventId}?${query}`;
    const rename = () => api.send({ method: 'PATCH', path, body: { name: 'Another name' }, as: 'organizer' });
    expectProblem(await tried(rename), 'invalid-request', { errors: [error] });
  });

  it('is none with dryRun=false, with a header, or with a member of the body', async () => {
    const event = await draft(api);
    const patch = (query: string, body: object, headers = {}) =>
      api.send({ method: 'PATCH', path: `/events/${event.eventId}${query}`, body, headers, as: 'organizer' });
    const saidFalse = await patch('?dryRun=false', { name: 'First' });
    const saidInHeader = await patch('', { name: 'Second' }, { 'Dry-Run': 'true', DryRun: 'true' });
    for (const response of [saidFalse, saidInHeader]) {
      expect(response.status).toBe(200);
      expect(response.headers).not.toHaveProperty('dry-run');
    }
    expect(await read(api, event)).toMatchObject({ name: 'Second' });
    const inBody = await tried(() => patch('', { name: 'Third', dryRun: true }));
    expectProblem(inBody, 'invalid-request', { errors: [['/dryRun', 'unknown-field']] });
  });

  it('is not offered where nothing of events and registrations is written', async () => {
    const { eventId } = await published(api);
    const [{ feedId }, body] = [await newFeed(api, 'organizer'), { source: { kind: 'my-registrations' } }];
    for (const request of [
      { path: '/events' },
      { path: `/events/${eventId}` },
      { path: '/registrations' },
      { method: 'POST', path: '/calendar-feeds', body },
      { method: 'DELETE', path: `/calendar-feeds/${feedId}` },
    ]) {
      const send = () => api.send({ ...request, path: `${request.path}?dryRun=true`, as: 'organizer' });
      expectProblem(await tried(send), 'invalid-request', { errors: [['dryRun', 'unknown-parameter']] });
    }
  });

  it('has the ETag that the request can require', async () => {
    const event = await published(api);
    const rename = (query: string, ifMatch: string) =>
      api.send({
        method: 'PATCH',
        path: `/events/${event.eventId}${query}`,
        headers: { 'If-Match': ifMatch },
        body: { name: 'Another name' },
        as: 'organizer',
      });
    const dry = await rename('?dryRun=true', event.etag);
    expect(dry).toMatchObject({
      status: 200,
      headers: { etag: event.etag },
      body: { etag: event.etag, name: 'Another name' },
    });
    expect((await rename('', event.etag)).status).toBe(200);
    const { etag } = await read(api, event);
    const stale = await rename('?dryRun=true', event.etag);
    expectProblem(stale, 'precondition-failed');
    expect(stale.headers).toMatchObject({ etag });
  });

  it('consumes no idempotency key, and finds one that is consumed', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const create = (query = '', body: object = concert) =>
      api.send({ method: 'POST', path: `/events${query}`, headers, body, as: 'organizer' });
    const dry = await tried(() => create('?dryRun=true'));
    expect(dry).toMatchObject({ status: 201, headers: { 'dry-run': 'true' } });
    const created = await create();
    expect(created.status).toBe(201);
    expect(created.headers).not.toHaveProperty('idempotency-replayed');
    expect(created.body.eventId).toBe(dry.body.eventId);
    const again = await tried(() => create('?dryRun=true'));
    expect(again).toMatchObject({ status: 201, headers: { 'dry-run': 'true', 'idempotency-replayed': 'true' } });
    expectProblem(await tried(() => create('?dryRun=true', { ...concert, name: 'Other' })), 'idempotency-key-reused');
  });

  it('leaves the keys of walk-ins and of deleted events as they are', async () => {
    const event = await published(api);
    const headers = { 'Idempotency-Key': randomUUID() };
    const walkIn = (query?: string, body: object = mira) =>
      callAs(api, 'organizer', 'createRegistration', event, { headers, body, ...(query && { query }) });
    expect((await tried(() => walkIn('dryRun=true'))).headers).not.toHaveProperty('idempotency-replayed');
    const created = await walkIn();
    expect(created).toMatchObject({ status: 201, body: { number: 1 } });
    expect(created.headers).not.toHaveProperty('idempotency-replayed');
    const again = await tried(() => walkIn('dryRun=true'));
    expect(again).toMatchObject({
      headers: { 'dry-run': 'true', 'idempotency-replayed': 'true' },
      body: { number: 1 },
    });
    const other = await tried(() => walkIn('dryRun=true', { name: 'Other' }));
    expectProblem(other, 'idempotency-key-reused');

    const create = (query = '') =>
      api.send({ method: 'POST', path: `/events${query}`, headers, body: concert, as: 'organizer' });
    const { body } = await create();
    expect((await call(api, 'deleteEvent', (body as Event).eventId)).status).toBe(204);
    expectProblem(await tried(() => create('?dryRun=true')), 'idempotency-key-consumed');
  });

  it('is of no effect on a request with the same key that is in flight', async () => {
    for (let round = 0; round < 5; round += 1) {
      const headers = { 'Idempotency-Key': randomUUID() };
      const create = (query = '') =>
        api.send({ method: 'POST', path: `/events${query}`, headers, body: concert, as: 'organizer' });
      const [first, created, second] = await Promise.all([create('?dryRun=true'), create(), create('?dryRun=true')]);
      expect(created.status).toBe(201);
      expect(created.headers).not.toHaveProperty('idempotency-replayed');
      for (const dry of [first, second]) {
        expect(dry).toMatchObject({ status: 201, headers: { 'dry-run': 'true' } });
        expect(dry.body.eventId).toBe(created.body.eventId);
      }
    }
  });

  it('of a registration has the next number, no code of a ticket and no URL of a meeting', async () => {
    const location = { kind: 'online', url: 'https://meet.example.com/zebra' };
    const event = await published(api, { ...concert, location, capacity: 1 });
    const person = newPerson();
    const dry = await tried(() => callAs(api, person, 'registerForEvent', event, { body: mira, query: 'dryRun=true' }));
    expect(dry).toMatchObject({ status: 201, body: { number: 1, status: 'confirmed' } });
    expect(dry.body).not.toHaveProperty('code');
    expect(dry.text).not.toContain(location.url);
    const walkIn = () => callAs(api, 'organizer', 'createRegistration', event, { body: mira, query: 'dryRun=true' });
    const { body } = await tried(walkIn);
    expect(body).not.toHaveProperty('code');
    expect(body).not.toHaveProperty('codeDigest');
    await registerNew(api, event);
    expect(await tried(walkIn)).toMatchObject({ status: 201, body: { number: 2, status: 'waitlisted', ahead: 0 } });
    expect(await callAs(api, person, 'getMyRegistration', event)).toMatchObject({ status: 404 });
  });

  it('of a cancellation leaves the seat with the person', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const [person, next] = [newPerson(), newPerson()];
    await join(api, event, person);
    await join(api, event, next);
    const dry = await tried(() => callAs(api, person, 'cancelMyRegistration', event, { query: 'dryRun=true' }));
    expect(dry).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    expect(await own(api, event, person)).toMatchObject({ status: 'confirmed' });
    expect(await own(api, event, next)).toMatchObject({ status: 'waitlisted' });
  });

  it('of a scan checks no one in', async () => {
    const event = await published(api);
    const { number } = await join(api, event);
    const scan = scanOf({ number });
    const dry = () =>
      callAs(api, 'organizer', 'createCheckIns', event, { body: { scans: [scan] }, query: 'dryRun=true' });
    expect((await tried(dry)).body).toMatchObject({ outcomes: [{ outcome: 'checked-in' }] });
    expect(await checkedInCount(api, event)).toBe(0);
    await checkIn(api, event, scan);
    const undo = await tried(() =>
      callAs(api, 'organizer', 'deleteCheckIn', event, { number, scanId: scan.scanId, query: 'dryRun=true' }),
    );
    expect(undo).toMatchObject({ status: 204, headers: { 'dry-run': 'true' } });
    expect(await checkedInCount(api, event)).toBe(1);
  });

  it('of a deletion erases nothing', async () => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person);
    await callAs(api, person, 'cancelMyRegistration', event);
    const dry = await tried(() =>
      api.send({ method: 'DELETE', path: `/events/${event.eventId}?dryRun=true`, as: 'organizer' }),
    );
    expect(dry).toMatchObject({ status: 204, headers: { 'dry-run': 'true' } });
    expect(await own(api, event, person)).toMatchObject({ name: mira.name });
  });

  it('reports the problem of the request, with its errors', async () => {
    const event = await draft(api, { ...concert, location: undefined });
    const publish = (query: string) =>
      api.send({ method: 'POST', path: `/events/${event.eventId}/publish${query}`, as: 'organizer' });
    const dry = await tried(() => publish('?dryRun=true'));
    expect(dry).toMatchObject({ status: 409, body: { code: 'not-publishable' } });
    expect(dry.body.errors).toEqual((await publish('')).body.errors);
    expect(dry.headers).not.toHaveProperty('dry-run');
  });

  it('requires the role', async () => {
    const event = await draft(api);
    const path = `/events/${event.eventId}/publish?dryRun=true`;
    expectProblem(await tried(() => api.send({ method: 'POST', path, as: 'attendee' })), 'forbidden');
    expectProblem(await tried(() => api.send({ method: 'POST', path, as: 'rival' })), 'event-not-found');
    expect((await tried(() => api.send({ method: 'POST', path }))).status).toBe(401);
  });
});

describe.each(transports)('the actions of an event (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  const actionsOf = async ({ eventId }: { readonly eventId: string }) =>
    (await call(api, 'getEvent', eventId)).body.allowedActions as string[];

  it('need the role, also for the organizer of the event', async () => {
    const event = await published(api);
    expect(await actionsOf(event)).toContain('updateEvent');
    const token = await api.issuer.token({ sub: testUsers.organizer, 'cognito:groups': undefined });
    const seen = await api.send({ path: `/events/${event.eventId}`, headers: { authorization: `Bearer ${token}` } });
    expect(seen.body.allowedActions).toEqual(['registerForEvent']);
  });

  it('do not change the ETag', async () => {
    const event = await published(api, { ...concert, capacity: 1, waitlist: false });
    expect(await actionsOf(event)).toEqual(expect.arrayContaining(['registerForEvent', 'unpublishEvent']));
    await registerNew(api, event);
    expect((await read(api, event)).etag).toBe(event.etag);
    expect((await call(api, 'unpublishEvent', event.eventId)).status).toBe(409);
    for (const action of ['registerForEvent', 'unpublishEvent']) expect(await actionsOf(event)).not.toContain(action);
  });
});

test('the example of every write is tried', () => {
  expect(new Set(requests.map(({ operation }) => operation.operationId)).size).toBe(writes.length);
  expect(writes.map(({ operationId }: Operation) => operationId)).toContain(String('createCheckIns'));
  expect(exampleOf('dryRun')).toBe('true');
});
