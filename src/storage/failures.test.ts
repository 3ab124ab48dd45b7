import { setTimeout as sleep } from 'node:timers/promises';

import { freePort } from '../../scripts/stack/ports.ts';
import {
  respond,
  drip,
  type Failure,
  type FailingServer,
  garbage,
  reset,
  silence,
  stall,
  startFailingServer,
} from '../../test/support/failing-server.ts';
import { createDatabase, type Database } from './database.ts';
import { DatabaseUnavailable } from './errors.ts';
import { timeBudget } from './timeouts.ts';

const timeouts = { connect: 100, attempt: 150, maxAttempts: 3 };
/** For servers that respond: on a busy machine, a response must not time out. */
const longTimeouts = { ...timeouts, connect: 1_000, attempt: 600 };
const throttled = respond(400, 'ThrottlingException');
const item = { TableName: 'events', Item: { eventId: '1' } };
const key = { TableName: 'events', Key: { eventId: '1' } };
const conditional = { ...item, ConditionExpression: 'attribute_not_exists(eventId)' };

let server: FailingServer | undefined;
let database: Database | undefined;

beforeEach(() => {
  // The SDK draws its backoff from here: none, unless a test needs it.
  jest.spyOn(Math, 'random').mockReturnValue(0);
});

afterEach(async () => {
  jest.restoreAllMocks();
  database?.close();
  await server?.close();
  server = undefined;
});

/** An address that RFC 5737 reserves for documentation: no host responds there. */
const nowhere = 'http://192.0.2.1:8000';

function open(endpoint: string, waits = timeouts): Database {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  database = createDatabase({ region: 'us-east-1', endpoint, credentials, timeouts: waits });
  return database;
}

async function openFailing(...failures: readonly [Failure, ...Failure[]]): Promise<Database> {
  server = await startFailingServer(...failures);
  const isSilent = failures.every((failure) => failure === silence || failure === stall);
  return open(server.endpoint, isSilent ? timeouts : longTimeouts);
}

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function unavailable(call: Promise<unknown>): Promise<DatabaseUnavailable> {
  const error = await failureOf(call);
  if (!(error instanceof DatabaseUnavailable))
    throw new Error(`Expected DatabaseUnavailable, got ${String(error)}`, { cause: error });
  return error;
}

describe('a write', () => {
  test.each<[string, [Failure, ...Failure[]]]>([
    ['there is no response', [silence]],
    ['the connection is reset', [reset]],
    ['the response stalls', [stall]],
    ['the database has an internal error', [respond(500, 'InternalServerError')]],
    ['an intermediary responds with 503', [respond(503)]],
    ['it is throttled after a timeout', [silence, throttled]],
    ['it is throttled before a timeout', [throttled, silence]],
    ['it is throttled between two resets', [reset, throttled, reset]],
  ])('has an unknown outcome when %s', async (_, failures) => {
    const db = await openFailing(...failures);
    const error = await unavailable(db.put(item));
    expect(error.safeToRetry).toBe(false);
    expect(error.cause).toBeDefined();
    expect(error.message).toBe(`The database is unavailable (failed attempts: ${timeouts.maxAttempts})`);
    expect(server?.attempts()).toBe(timeouts.maxAttempts);
  });

  test('has an unknown outcome when the response is not JSON', async () => {
    const db = await openFailing(garbage);
    expect(await unavailable(db.put(item))).toMatchObject({ safeToRetry: false });
  });

  test('has an unknown outcome when an intermediary stops waiting (408)', async () => {
    const db = await openFailing(respond(408));
    expect(await unavailable(db.put(item))).toMatchObject({ safeToRetry: false });
  });

  test.each(['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'])(
    'is safe to retry when every attempt is rejected with %s',
    async (type) => {
      const db = await openFailing(respond(400, type));
      expect(await unavailable(db.put(item))).toMatchObject({ safeToRetry: true });
      expect(server?.attempts()).toBe(timeouts.maxAttempts);
    },
  );

  test('is safe to retry when the connection is refused', async () => {
    const db = open(`http://127.0.0.1:${await freePort()}`);
    expect(await unavailable(db.put(item))).toMatchObject({ safeToRetry: true });
  });

  test('is safe to retry when the connection is refused on each address of the host', async () => {
    const db = open(`http://localhost:${await freePort()}`);
    expect(await unavailable(db.put(item))).toMatchObject({ safeToRetry: true });
  });

  test('is safe to retry when the host does not exist', async () => {
    const db = open('http://database.invalid:8000');
    expect(await unavailable(db.put(item))).toMatchObject({ safeToRetry: true });
  });

  test('is safe to retry when no connection is established', async () => {
    expect(await unavailable(open(nowhere).put(item))).toMatchObject({ safeToRetry: true });
  });

  test('is safe to retry when all connections are busy for too long', async () => {
    server = await startFailingServer(silence);
    const db = open(server.endpoint, { connect: 500, attempt: 2_000, maxAttempts: 1 });
    const failures = await Promise.all(Array.from({ length: 51 }, () => unavailable(db.put(item))));
    expect(failures.filter(({ safeToRetry }) => safeToRetry)).toHaveLength(1);
    expect(server.attempts()).toBe(50);
  });

  test('succeeds when only its first attempts fail', async () => {
    const db = await openFailing(reset, silence, respond(200));
    expect(await db.put(item)).toEqual({ ok: true, attributes: undefined });
    expect(server?.attempts()).toBe(3);
  });

  test.each([3_600_000, -3_600_000])('succeeds although the clock of the database differs by %i ms', async (ms) => {
    const signedAt: number[] = [];
    const respondAt =
      (respondNext: Failure): Failure =>
      (request, response) => {
        const [, date = '', time = ''] = /^(\d{8})T(\d{6})Z$/.exec(String(request.headers['x-amz-date'])) ?? [];
        const iso = `${date.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`;
        signedAt.push(Date.parse(iso));
        response.setHeader('date', new Date(Date.now() + ms).toUTCString());
        respondNext(request, response);
      };
    const db = await openFailing(respondAt(respond(400, 'InvalidSignatureException')), respondAt(respond(200)));
    expect(await db.put(item)).toEqual({ ok: true, attributes: undefined });
    const [first = 0, second = 0] = signedAt;
    expect(Math.abs(second - first - ms)).toBeLessThan(10_000);
  });

  test('returns a failed condition, regardless of the failures of earlier attempts', async () => {
    const db = await openFailing(silence, respond(400, 'ConditionalCheckFailedException'));
    expect(await db.put(conditional)).toEqual({ ok: false, current: undefined });
  });
});

describe('a read', () => {
  test.each<[string, Failure]>([
    ['there is no response', silence],
    ['the connection is reset', reset],
    ['the response stalls', stall],
    ['the response is not JSON', garbage],
    ['the database has an internal error', respond(500, 'InternalServerError')],
    ['an intermediary stops waiting (408)', respond(408)],
    ['it is throttled', throttled],
  ])('is safe to retry when %s', async (_, failure) => {
    const db = await openFailing(failure);
    expect(await unavailable(db.get(key))).toMatchObject({ safeToRetry: true });
    expect(server?.attempts()).toBeLessThanOrEqual(timeouts.maxAttempts);
  });

  test('fails within its timeouts when there is no response', async () => {
    const db = await openFailing(silence);
    const begin = performance.now();
    await unavailable(db.get(key));
    expect(performance.now() - begin).toBeLessThan(timeouts.maxAttempts * timeouts.attempt + 500);
    expect(server?.attempts()).toBe(timeouts.maxAttempts);
  });
});

describe('a rejection because of an invalid command', () => {
  test.each(['ValidationException', 'AccessDeniedException', 'ResourceNotFoundException'])(
    'is thrown unchanged and not retried: %s',
    async (name) => {
      const db = await openFailing(respond(400, name));
      const error = await failureOf(db.put(item));
      expect(error).not.toBeInstanceOf(DatabaseUnavailable);
      expect(error).toMatchObject({ name });
      expect(server?.attempts()).toBe(1);
    },
  );

  test('is thrown when the command cannot be built', async () => {
    const db = await openFailing(respond(200));
    const error = await failureOf(db.put({ TableName: 'events', Item: { eventId: new Date() } }));
    expect(error).not.toBeInstanceOf(DatabaseUnavailable);
    expect(server?.attempts()).toBe(0);
  });
});

/** A cancelled transaction, with the reason of each of its writes. */
const cancelled = (...codes: readonly string[]) =>
  respond(400, 'TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) });
const writes = [{ put: conditional }, { put: item }];

describe('contention with a transaction', () => {
  const conflict = respond(400, 'TransactionConflictException');

  test.each<[string, Failure, (db: Database) => Promise<unknown>]>([
    ['a write', conflict, (db) => db.put(item)],
    ['a transaction that conflicts', cancelled('None', 'TransactionConflict'), (db) => db.transact(writes)],
    ['a transaction that is throttled', cancelled('ThrottlingError', 'None'), (db) => db.transact(writes)],
  ])('is retried for %s, which then succeeds', async (_, failure, send) => {
    const db = await openFailing(failure, failure, respond(200));
    expect(await send(db)).toMatchObject({ ok: true });
    expect(server?.attempts()).toBe(3);
  });

  test.each<[string, Failure, (db: Database) => Promise<unknown>]>([
    ['a write', conflict, (db) => db.put(item)],
    ['a transaction', cancelled('TransactionConflict', 'None'), (db) => db.transact(writes)],
  ])('that persists is safe to retry for %s', async (_, failure, send) => {
    const db = await openFailing(failure);
    expect(await unavailable(send(db))).toMatchObject({ safeToRetry: true });
    expect(server?.attempts()).toBe(1 + timeBudget.maxContentionRetries);
  });

  test('leaves the outcome unknown if an earlier attempt may have written', async () => {
    const db = await openFailing(silence, conflict);
    expect(await unavailable(db.put(item))).toMatchObject({ safeToRetry: false });
  });
});

describe('after a write, a failure of another call', () => {
  const { signal } = new AbortController();

  test.each<[string, Failure, boolean]>([
    ['is not safe to retry if the write was applied', respond(200), false],
    ['is not safe to retry if the write may have been applied', silence, false],
    ['is safe to retry if the condition of the write failed', respond(400, 'ConditionalCheckFailedException'), true],
    ['is safe to retry if the write was throttled', throttled, true],
  ])('%s', async (_, outcome, safeToRetry) => {
    const { signal: deadline } = new AbortController();
    const attempts = outcome === silence || outcome === throttled ? timeouts.maxAttempts : 1;
    const outcomes = Array.from({ length: attempts }, () => outcome);
    const db = await openFailing(outcomes[0] ?? outcome, ...outcomes.slice(1), throttled);
    await db.put(conditional, { signal: deadline }).catch(() => undefined);
    expect(await unavailable(db.get(key, { signal: deadline }))).toMatchObject({ safeToRetry });
    expect(await unavailable(db.get(key, { signal }))).toMatchObject({ safeToRetry: true });
  });
});

describe('a transaction', () => {
  test('whose condition fails is not retried, even if another of its writes conflicts', async () => {
    const db = await openFailing(cancelled('ConditionalCheckFailed', 'TransactionConflict'));
    expect(await db.transact(writes)).toEqual({
      ok: false,
      outcomes: [{ conditionFailed: true, current: undefined }, { conditionFailed: false }],
    });
    expect(server?.attempts()).toBe(1);
  });

  test('has an unknown outcome if it times out', async () => {
    const db = await openFailing(silence);
    expect(await unavailable(db.transact(writes))).toMatchObject({ safeToRetry: false });
  });

  test('has an unknown outcome if an earlier attempt is still in progress', async () => {
    const db = await openFailing(silence, respond(400, 'TransactionInProgressException'));
    expect(await unavailable(db.transact(writes))).toMatchObject({ safeToRetry: false });
  });

  test('that is invalid is rejected with the error of the SDK', async () => {
    const db = await openFailing(cancelled('ValidationError', 'None'));
    const error = await failureOf(db.transact(writes));
    expect(error).toMatchObject({ name: 'TransactionCanceledException' });
    expect(server?.attempts()).toBe(1);
  });
});

describe('a batch of reads', () => {
  const keys = ['1', '2'].map((eventId) => ({ TableName: 'events', Key: { eventId } }));
  const found = (...ids: readonly string[]) => ({
    Responses: { events: ids.map((eventId) => ({ eventId: { S: eventId } })) },
  });
  const unprocessed = { UnprocessedKeys: { events: { Keys: [{ eventId: { S: '1' } }] } } };

  test('reads unprocessed keys again', async () => {
    const db = await openFailing(
      respond(200, undefined, { ...found('2'), ...unprocessed }),
      respond(200, undefined, found('1')),
    );
    expect(await db.batchGet(keys)).toEqual([{ eventId: '1' }, { eventId: '2' }]);
    expect(server?.attempts()).toBe(2);
  });

  test('is safe to retry if keys stay unprocessed until the deadline', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    const db = await openFailing(respond(200, undefined, unprocessed));
    const error = await unavailable(db.batchGet(keys, { signal: AbortSignal.timeout(250) }));
    expect(error.safeToRetry).toBe(true);
    expect(server?.attempts()).toBeGreaterThan(1);
  });
});

describe('the deadline', () => {
  test.each<[string, Failure]>([
    ['the database does not respond', silence],
    ['the response drips', drip],
    ['the SDK backs off between two attempts', throttled],
  ])('ends a call while %s', async (_, failure) => {
    // A backoff of half a second: it starts before the deadline, and would end before this test.
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    server = await startFailingServer(failure);
    const db = open(server.endpoint, { connect: 5_000, attempt: 5_000, maxAttempts: 3 });
    const begin = performance.now();
    const error = await unavailable(db.put(item, { signal: AbortSignal.timeout(250) }));
    expect(performance.now() - begin).toBeLessThan(1_500);
    expect(error.safeToRetry).toBe(failure === throttled);
    await sleep(600);
    expect(server.attempts()).toBe(1);
  });

  test('that has already passed prevents the call', async () => {
    const db = await openFailing(respond(200));
    expect(await unavailable(db.put(item, { signal: AbortSignal.abort() }))).toMatchObject({ safeToRetry: true });
    expect(server?.attempts()).toBe(0);
  });
});
