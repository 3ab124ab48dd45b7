import { marshall } from '@aws-sdk/util-dynamodb';
import { operations, type OperationId, pathTo } from '../../src/contract/operations.ts';
import { forEachTable } from '../../src/storage/tables.ts';
import { exampleBodies } from '../contract/contract.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { domains } from '../support/domains.ts';
import { call, concert } from '../support/events.ts';
import {
  respond,
  drip,
  type Failure,
  type FailingServer,
  garbage,
  reset,
  silence,
  startFailingServer,
} from '../support/failing-server.ts';
import { testUsers } from '../support/issuer.ts';
import { expectProblem } from '../support/problems.ts';
import { nonexistentEventId } from '../support/requests.ts';
import { sampled } from '../support/sample.ts';

const readsFirst = domains.flatMap((domain) => domain.readsFirst);

/** All operations that call the database, by the kind of their first call. */
const storing = operations.filter(({ path }) => path !== pathTo('getHealth'));
const all = storing.map(({ operationId }) => operationId);
const reads = storing
  .filter(({ method, operationId }) => method === 'get' || readsFirst.includes(operationId))
  .map(({ operationId }) => operationId);
const writes = all.filter((operationId) => !reads.includes(operationId));
const bodyOf = (operationId: OperationId) => exampleBodies(operationId)[0]?.[1];

/** A draft of the organizer, as it is stored in the table. */
const storedEvent = {
  ...concert,
  eventId: nonexistentEventId,
  organizerId: testUsers.organizer,
  status: 'draft',
  revision: 1,
  nonce: '9c41d07be3f2',
  createdAt: '2030-03-01T09:30:00Z',
  updatedAt: '2030-03-01T09:30:00Z',
};

/** Returns the draft to a read of the table of events, and nothing to one of another table. */
const readOfDraft: Failure = (request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += String(chunk)));
  request.on('end', () => {
    const { TableName } = JSON.parse(body) as { TableName: string };
    const output = TableName === 'events' ? { Item: marshall(storedEvent) } : {};
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(output));
  });
};

/** Of reads and of writes, other ones in each test. */
const some = () => ({ reads: sampled(reads), writes: sampled(writes) });

describe.each(transports)('when the database fails (%s), the API', (transport) => {
  let api: TestApi;
  let failing: FailingServer | undefined;
  afterEach(async () => {
    await api.stop();
    await failing?.close();
    failing = undefined;
  });

  async function startAt(endpoint: string, deadlineMs = 5_000): Promise<void> {
    api = await startTestApi(transport, {
      config: { database: { tableNames: forEachTable((name) => name), region: 'us-east-1', endpoint } },
      deadlineMs,
    });
  }

  /** Expects 503 from each operation, with this Retry-After. */
  async function expectUnavailable(operations: readonly OperationId[], retryAfter: '1' | undefined): Promise<void> {
    const sent = operations.map(async (operationId) => {
      const response = await call(api, operationId, nonexistentEventId, { body: bodyOf(operationId) });
      expectProblem(response, 'service-unavailable');
      return [operationId, response.headers['retry-after']] as const;
    });
    expect(await Promise.all(sent)).toEqual(operations.map((operationId) => [operationId, retryAfter]));
  }

  it('returns 503 with Retry-After if the database is unreachable: nothing was written', async () => {
    await startAt('http://127.0.0.1:1');
    await expectUnavailable(all, '1');
    expect(api.log.filter(({ status }) => status === 503)).toHaveLength(all.length);
    expect(api.log.every(({ level }) => level === 'error')).toBe(true);
  });

  it('returns 503 to callers without a token too, which caches must not keep', async () => {
    await startAt('http://127.0.0.1:1');
    const response = await api.send({ path: pathTo('getEvent', { eventId: nonexistentEventId }) });
    expectProblem(response, 'service-unavailable');
    expect(response.headers).toMatchObject({ 'retry-after': '1', 'cache-control': 'no-store' });
  });

  const throttled = sampled(all);
  it('returns 503 with Retry-After if the database throttles: nothing was written', async () => {
    failing = await startFailingServer(respond(400, 'ThrottlingException'));
    await startAt(failing.endpoint);
    await expectUnavailable(throttled, '1');
  });

  it.each([
    ['resets the connection', reset, some()],
    ['has an internal error', respond(500, 'InternalServerError'), some()],
    ['sends an invalid response', garbage, some()],
  ])('returns 503, with Retry-After only for reads, if the database %s', async (_what, failure, sent) => {
    failing = await startFailingServer(failure);
    await startAt(failing.endpoint);
    await expectUnavailable(sent.reads, '1');
    await expectUnavailable(sent.writes, undefined);
  });

  it.each([
    ['does not respond', silence, some()],
    ['responds byte by byte', drip, some()],
  ])('returns 503 at the deadline of the request if the database %s', async (_what, failure, sent) => {
    failing = await startFailingServer(failure);
    // Long enough for every call to be sent, even on a busy machine: what was not sent was not written.
    await startAt(failing.endpoint, 1_000);
    const start = performance.now();
    await expectUnavailable(sent.reads, '1');
    expect(performance.now() - start).toBeLessThan(4_000);
    await expectUnavailable(sent.writes, undefined);
    expect(performance.now() - start).toBeLessThan(8_000);
  });

  describe.each([
    // The event and its seats, at once.
    ['updateEvent', 2],
    ['duplicateEvent', 1],
  ] as const)('after the reads of %s have succeeded,', (operationId, reads) => {
    it.each([
      ['without Retry-After if the write is cut off', reset, undefined],
      ['with Retry-After if the write is throttled', respond(400, 'ThrottlingException'), '1'],
    ] as const)('returns 503 %s', async (_what, failure, retryAfter) => {
      // The packed function makes one read before it is ready.
      const succeeding = Array<Failure>(transport === 'bundle' ? reads + 1 : reads).fill(readOfDraft);
      failing = await startFailingServer(readOfDraft, ...succeeding.slice(1), failure);
      await startAt(failing.endpoint);
      await expectUnavailable([operationId], retryAfter);
      expect(failing.attempts()).toBeGreaterThan(1);
    });
  });

  const rejected = sampled(all);
  it('returns 500 if the database rejects a call as invalid, with the reason only in the log', async () => {
    failing = await startFailingServer(respond(400, 'ResourceNotFoundException'));
    await startAt(failing.endpoint);
    for (const operationId of rejected) {
      const response = await call(api, operationId, nonexistentEventId, { body: bodyOf(operationId) });
      expectProblem(response, 'internal-error');
      expect(response.text).not.toMatch(/dynamo|table|resource/i);
      expect(api.log.at(-1)).toMatchObject({
        requestId: response.headers['x-request-id'],
        error: { name: 'ResourceNotFoundException', stack: expect.any(String) },
      });
    }
  });

  it('still serves requests that do not use the database', async () => {
    await startAt('http://127.0.0.1:1');
    expect((await api.send({ path: '/health' })).status).toBe(200);
    expectProblem(await api.send({ path: '/events' }), 'unauthenticated');
    expect(await call(api, 'createEvent', undefined, { body: {} })).toMatchObject({
      status: 400,
      body: { code: 'invalid-request' },
    });
  });
});
