import { marshall } from '@aws-sdk/util-dynamodb';
import type { OperationId } from '../../src/contract/operations.ts';
import { forEachTable } from '../../src/storage/tables.ts';
import { exampleBodies } from '../contract/contract.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { call, concert } from '../support/events.ts';
import {
  answer,
  drip,
  type Fault,
  type FaultyServer,
  garbage,
  reset,
  silence,
  startFaultyServer,
} from '../support/faulty-server.ts';
import { testUsers } from '../support/issuer.ts';
import { expectProblem } from '../support/problems.ts';
import { nobodysEventId } from '../support/requests.ts';

/** What each operation asks the database for first. */
const firstCalls = {
  listEvents: 'read',
  createEvent: 'write',
  getEvent: 'read',
  updateEvent: 'read',
  deleteEvent: 'write',
  publishEvent: 'write',
  unpublishEvent: 'write',
  cancelEvent: 'write',
  duplicateEvent: 'read',
} as const satisfies Record<Exclude<OperationId, 'getHealth'>, 'read' | 'write'>;
const all = Object.keys(firstCalls) as (keyof typeof firstCalls)[];
const reads = all.filter((operationId) => firstCalls[operationId] === 'read');
const writes = all.filter((operationId) => firstCalls[operationId] === 'write');
const bodyOf = (operationId: OperationId) => exampleBodies(operationId)[0]?.[1];

/** A draft of the organizer, as it lies in the table. */
const stored = {
  ...concert,
  eventId: nobodysEventId,
  organizerId: testUsers.organizer,
  status: 'draft',
  revision: 1,
  nonce: '9c41d07be3f2',
  registeredCount: 0,
  createdAt: '2030-03-01T09:30:00Z',
  updatedAt: '2030-03-01T09:30:00Z',
};

function answerWith(output: object): Fault {
  return (request, response) => {
    request
      .resume()
      .on('end', () =>
        response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(output)),
      );
  };
}

describe.each(transports)('a database that is in trouble (%s)', (transport) => {
  let api: TestApi;
  let faulty: FaultyServer | undefined;
  afterEach(async () => {
    await api.stop();
    await faulty?.close();
    faulty = undefined;
  });

  async function startAt(endpoint: string, deadlineMs = 5_000): Promise<void> {
    api = await startTestApi(transport, {
      config: { database: { tableNames: forEachTable((name) => name), region: 'us-east-1', endpoint } },
      deadlineMs,
    });
  }

  /** Expects 503 from each operation, and Retry-After where it may simply be tried again. */
  async function expectUnavailable(operations: readonly OperationId[], retryAfter: '1' | undefined): Promise<void> {
    const sent = operations.map(async (operationId) => {
      const response = await call(api, operationId, nobodysEventId, { body: bodyOf(operationId) });
      expectProblem(response, 'service-unavailable');
      return [operationId, response.headers['retry-after']] as const;
    });
    expect(await Promise.all(sent)).toEqual(operations.map((operationId) => [operationId, retryAfter]));
  }

  it('may be asked again when it cannot be reached: nothing was written', async () => {
    await startAt('http://127.0.0.1:1');
    await expectUnavailable(all, '1');
    expect(api.log.filter(({ status }) => status === 503)).toHaveLength(all.length);
    expect(api.log.every(({ level }) => level === 'error')).toBe(true);
  });

  it('may be asked again when it refuses for load: nothing was written', async () => {
    faulty = await startFaultyServer(answer(400, 'ThrottlingException'));
    await startAt(faulty.endpoint);
    await expectUnavailable(all, '1');
  });

  it.each([
    ['breaks off', reset],
    ['has a fault of its own', answer(500, 'InternalServerError')],
    ['answers garbage', garbage],
  ])('may be asked again for reading only when it %s', async (_what, fault) => {
    faulty = await startFaultyServer(fault);
    await startAt(faulty.endpoint);
    await expectUnavailable(reads, '1');
    await expectUnavailable(writes, undefined);
  });

  it.each([
    ['hangs', silence],
    ['drips', drip],
  ])('is given up at the deadline of the request when it %s', async (_what, fault) => {
    faulty = await startFaultyServer(fault);
    // Long enough for every call to be on its way, also on a busy machine: what was not sent yet was not written.
    await startAt(faulty.endpoint, 1_000);
    const start = performance.now();
    await expectUnavailable(reads, '1');
    expect(performance.now() - start).toBeLessThan(4_000);
    await expectUnavailable(writes, undefined);
    expect(performance.now() - start).toBeLessThan(8_000);
  });

  describe.each(['updateEvent', 'duplicateEvent'] as const)('between the read and the write of %s', (operationId) => {
    it.each([
      ['cannot be asked again when it breaks off', reset, undefined],
      ['may be asked again when it refuses for load', answer(400, 'ThrottlingException'), '1'],
    ] as const)('%s, whatever the read said', async (_what, fault, retryAfter) => {
      const read = answerWith({ Item: marshall(stored) });
      // The packed function has read once when it is ready.
      faulty = await (transport === 'bundle' ? startFaultyServer(read, read, fault) : startFaultyServer(read, fault));
      await startAt(faulty.endpoint);
      await expectUnavailable([operationId], retryAfter);
      expect(faulty.attempts()).toBeGreaterThan(1);
    });
  });

  it('is our own fault where it refuses what we ask: 500, and the reason only in the log', async () => {
    faulty = await startFaultyServer(answer(400, 'ResourceNotFoundException'));
    await startAt(faulty.endpoint);
    for (const operationId of all) {
      const response = await call(api, operationId, nobodysEventId, { body: bodyOf(operationId) });
      expectProblem(response, 'internal-error');
      expect(response.text).not.toMatch(/dynamo|table|resource/i);
      expect(api.log.at(-1)).toMatchObject({
        requestId: response.headers['x-request-id'],
        error: { name: 'ResourceNotFoundException', stack: expect.any(String) },
      });
    }
  });

  it('does not matter to what needs no database', async () => {
    await startAt('http://127.0.0.1:1');
    expect((await api.send({ path: '/health' })).status).toBe(200);
    expectProblem(await api.send({ path: '/events' }), 'unauthenticated');
    expect(await call(api, 'createEvent', undefined, { body: {} })).toMatchObject({
      status: 400,
      body: { code: 'invalid-request' },
    });
  });
});
