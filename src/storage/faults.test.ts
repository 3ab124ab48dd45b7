import { setTimeout as sleep } from 'node:timers/promises';

import { freePort } from '../../scripts/stack/ports.ts';
import {
  answer,
  drip,
  type Fault,
  type FaultyServer,
  garbage,
  reset,
  silence,
  stall,
  startFaultyServer,
} from '../../test/support/faulty-server.ts';
import { createDatabase, type Database } from './database.ts';
import { Unavailable } from './errors.ts';

const patience = { connect: 100, attempt: 150, attempts: 3 };
/** For servers that do answer: a busy machine must not turn an answer into a time-out. */
const longPatience = { ...patience, connect: 1_000, attempt: 600 };
const throttled = answer(400, 'ThrottlingException');
const item = { TableName: 'events', Item: { eventId: '1' } };
const key = { TableName: 'events', Key: { eventId: '1' } };
const conditional = { ...item, ConditionExpression: 'attribute_not_exists(eventId)' };

let server: FaultyServer | undefined;
let database: Database | undefined;

beforeEach(() => {
  // The SDK draws its pauses from here: none, unless a test wants them.
  jest.spyOn(Math, 'random').mockReturnValue(0);
});

afterEach(async () => {
  jest.restoreAllMocks();
  database?.close();
  await server?.close();
  server = undefined;
});

/** The address that RFC 5737 reserves for documentation: no host answers there. */
const nowhere = 'http://192.0.2.1:8000';

function open(endpoint: string, waits = patience): Database {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  database = createDatabase({ region: 'us-east-1', endpoint, credentials, patience: waits });
  return database;
}

async function openFaulty(...faults: readonly [Fault, ...Fault[]]): Promise<Database> {
  server = await startFaultyServer(...faults);
  const isMute = faults.every((fault) => fault === silence || fault === stall);
  return open(server.endpoint, isMute ? patience : longPatience);
}

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function unavailable(call: Promise<unknown>): Promise<Unavailable> {
  const error = await failureOf(call);
  if (!(error instanceof Unavailable)) throw new Error(`Expected Unavailable, got ${String(error)}`, { cause: error });
  return error;
}

describe('a write', () => {
  test.each<[string, [Fault, ...Fault[]]]>([
    ['nobody answers', [silence]],
    ['the connection is cut', [reset]],
    ['the answer stalls in its middle', [stall]],
    ['the database has an internal error', [answer(500, 'InternalServerError')]],
    ['something in between answers for the database', [answer(503)]],
    ['it is throttled after a time-out', [silence, throttled]],
    ['it is throttled before a time-out', [throttled, silence]],
    ['it is throttled between two resets', [reset, throttled, reset]],
  ])('has an unknown outcome when %s', async (_, faults) => {
    const db = await openFaulty(...faults);
    const error = await unavailable(db.put(item));
    expect(error.nothingWritten).toBe(false);
    expect(error.cause).toBeDefined();
    expect(error.message).toBe(`The database is unavailable (failed attempts: ${patience.attempts})`);
    expect(server?.attempts()).toBe(patience.attempts);
  });

  test('has an unknown outcome when the answer is not JSON', async () => {
    const db = await openFaulty(garbage);
    expect(await unavailable(db.put(item))).toMatchObject({ nothingWritten: false });
  });

  test.each(['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'])(
    'has written nothing when every attempt is refused with %s',
    async (type) => {
      const db = await openFaulty(answer(400, type));
      expect(await unavailable(db.put(item))).toMatchObject({ nothingWritten: true });
      expect(server?.attempts()).toBe(patience.attempts);
    },
  );

  test('has written nothing when the connection is refused', async () => {
    const db = open(`http://127.0.0.1:${await freePort()}`);
    expect(await unavailable(db.put(item))).toMatchObject({ nothingWritten: true });
  });

  test('has written nothing when the connection is refused on each address of the host', async () => {
    const db = open(`http://localhost:${await freePort()}`);
    expect(await unavailable(db.put(item))).toMatchObject({ nothingWritten: true });
  });

  test('has written nothing when the host does not exist', async () => {
    const db = open('http://database.invalid:8000');
    expect(await unavailable(db.put(item))).toMatchObject({ nothingWritten: true });
  });

  test('has written nothing when no connection comes about', async () => {
    expect(await unavailable(open(nowhere).put(item))).toMatchObject({ nothingWritten: true });
  });

  test('has written nothing when all connections are taken for too long', async () => {
    server = await startFaultyServer(silence);
    const db = open(server.endpoint, { connect: 100, attempt: 2_000, attempts: 1 });
    const failures = await Promise.all(Array.from({ length: 51 }, () => unavailable(db.put(item))));
    expect(failures.filter(({ nothingWritten }) => nothingWritten)).toHaveLength(1);
    expect(server.attempts()).toBe(50);
  });

  test('succeeds when only its first attempts fail', async () => {
    const db = await openFaulty(reset, silence, answer(200));
    expect(await db.put(item)).toEqual({ ok: true, attributes: undefined });
    expect(server?.attempts()).toBe(3);
  });

  test('passes on a failed condition, whatever happened to earlier attempts', async () => {
    const db = await openFaulty(silence, answer(400, 'ConditionalCheckFailedException'));
    expect(await db.put(conditional)).toEqual({ ok: false, current: undefined });
  });
});

describe('a read', () => {
  test.each<[string, Fault]>([
    ['nobody answers', silence],
    ['the connection is cut', reset],
    ['the answer stalls in its middle', stall],
    ['the answer is not JSON', garbage],
    ['the database has an internal error', answer(500, 'InternalServerError')],
    ['it is throttled', throttled],
  ])('has written nothing when %s', async (_, fault) => {
    const db = await openFaulty(fault);
    expect(await unavailable(db.get(key))).toMatchObject({ nothingWritten: true });
    expect(server?.attempts()).toBeLessThanOrEqual(patience.attempts);
  });

  test('is bounded in time when nobody answers', async () => {
    const db = await openFaulty(silence);
    const begin = performance.now();
    await unavailable(db.get(key));
    expect(performance.now() - begin).toBeLessThan(patience.attempts * patience.attempt + 500);
    expect(server?.attempts()).toBe(patience.attempts);
  });
});

describe('a refusal that is our own fault', () => {
  test.each(['ValidationException', 'AccessDeniedException', 'ResourceNotFoundException'])(
    'passes through unchanged and is not repeated: %s',
    async (name) => {
      const db = await openFaulty(answer(400, name));
      const error = await failureOf(db.put(item));
      expect(error).not.toBeInstanceOf(Unavailable);
      expect(error).toMatchObject({ name });
      expect(server?.attempts()).toBe(1);
    },
  );

  test('passes through when the command cannot even be built', async () => {
    const db = await openFaulty(answer(200));
    const error = await failureOf(db.put({ TableName: 'events', Item: { eventId: new Date() } }));
    expect(error).not.toBeInstanceOf(Unavailable);
    expect(server?.attempts()).toBe(0);
  });
});

describe('the deadline', () => {
  test.each<[string, Fault]>([
    ['the database is silent', silence],
    ['the answer drips', drip],
    ['the SDK pauses between two attempts', throttled],
  ])('ends a call while %s', async (_, fault) => {
    // A pause of half a second: it begins before the deadline, and would end before this test.
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    server = await startFaultyServer(fault);
    const db = open(server.endpoint, { connect: 5_000, attempt: 5_000, attempts: 3 });
    const begin = performance.now();
    const error = await unavailable(db.put(item, { signal: AbortSignal.timeout(250) }));
    expect(performance.now() - begin).toBeLessThan(1_500);
    expect(error.nothingWritten).toBe(fault === throttled);
    await sleep(600);
    expect(server.attempts()).toBe(1);
  });

  test('that has passed already lets nothing be sent', async () => {
    const db = await openFaulty(answer(200));
    expect(await unavailable(db.put(item, { signal: AbortSignal.abort() }))).toMatchObject({ nothingWritten: true });
    expect(server?.attempts()).toBe(0);
  });
});
