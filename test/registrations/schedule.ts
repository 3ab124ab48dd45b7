/**
 * A scheduler in front of a database. Every call waits for its turn; one call at a time is released, selected by a seeded generator, and
 * may fail on the way. All interleavings of concurrent requests between two calls are possible, and a seed repeats one of them.
 */
import type { Database } from '../../src/storage/database.ts';
import { DatabaseUnavailable } from '../../src/storage/errors.ts';

/** Returns numbers from 0 (inclusive) to 1 (exclusive). */
export type Random = () => number;

/** Mulberry32: the same numbers for the same seed. */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One request to the API while it is running. */
export interface Task {
  /** What it was started for, for messages. */
  readonly name: string;
  /** How often its calls are selected, in relation to others. */
  readonly weight: number;
  /** The process has died: no call of it is applied any more. */
  crashed: boolean;
  /** Whether a write of it has been applied. */
  wrote: boolean;
}

/** How probable each failure of one call is. */
export interface Failures {
  /** The process dies before or after the call. */
  readonly crash: number;
  /** The database is unavailable: nothing was written. */
  readonly unavailable: number;
  /** A write is applied, and its caller learns that the database did not respond. */
  readonly lost: number;
  /** A write is applied, its response is lost, and the AWS SDK sends it again. */
  readonly twice: number;
  /** The database did not respond in time, and applies the write later. */
  readonly late: number;
}

export const noFailures: Failures = { crash: 0, unavailable: 0, lost: 0, twice: 0, late: 0 };

/** What a task's calls reject with once its process has died. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

interface Waiting {
  readonly task: Task;
  readonly call: string;
  readonly write: boolean;
  run(): Promise<unknown>;
  resolve(result: unknown): void;
  reject(error: Error): void;
  /** Sent before: it is applied for the second time, or late. */
  readonly again?: boolean;
}

export interface Step {
  readonly task: Task;
  /** Whether something may have been written. */
  readonly wrote: boolean;
}

export interface Schedule {
  /** The database as a task sees it. */
  databaseFor(task: Task): Database;
  /** How many calls wait for their turn. */
  waiting(): number;
  /** Whether a write of this kind of task will be applied although its caller has given up. */
  hasLateWrites(matches: (task: Task) => boolean): boolean;
  /** Releases one call, and lets its caller continue to its next one. */
  step(failures: Failures): Promise<Step>;
}

/** @param log is told what happens to each call */
export function createSchedule(inner: Database, random: Random, log: (text: string) => void): Schedule {
  let queue: Waiting[] = [];

  function enqueue<Result>(task: Task, call: string, write: boolean, run: () => Promise<Result>): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      if (task.crashed) return reject(new Crash());
      queue.push({ task, call, write, run, resolve: resolve, reject });
    });
  }

  function select(): Waiting {
    const total = queue.reduce((sum, { task }) => sum + task.weight, 0);
    let rest = random() * total;
    const index = queue.findIndex(({ task }) => (rest -= task.weight) < 0);
    const [selected] = queue.splice(Math.max(index, 0), 1);
    if (selected === undefined) throw new Error('No call is waiting');
    return selected;
  }

  function crash(task: Task): void {
    task.crashed = true;
    const own = queue.filter((one) => one.task === task);
    queue = queue.filter((one) => one.task !== task || one.again);
    for (const { reject } of own) reject(new Crash());
  }

  async function apply(one: Waiting): Promise<unknown> {
    const result = await one.run();
    if (one.write && (result === undefined || (result as { ok?: boolean }).ok !== false)) one.task.wrote = true;
    return result;
  }

  const unavailable = (safeToRetry: boolean) => new DatabaseUnavailable('Injected', { safeToRetry });

  async function release(one: Waiting, failures: Failures): Promise<string> {
    if (one.task.crashed) {
      await apply(one);
      return 'applied late';
    }
    let chance = random();
    const happens = (probability: number) => (chance -= probability) < 0;
    if (happens(failures.crash)) {
      const before = random() < 0.5;
      if (!before) await apply(one);
      one.reject(new Crash());
      crash(one.task);
      return before ? 'crashed before' : 'crashed after';
    }
    if (happens(failures.unavailable)) {
      one.reject(unavailable(!one.again));
      return 'unavailable';
    }
    if (one.write && !one.again) {
      if (happens(failures.lost)) {
        await apply(one);
        one.reject(unavailable(false));
        return 'applied, response lost';
      }
      if (happens(failures.twice)) {
        await apply(one);
        queue.push({ ...one, again: true });
        return 'applied, to be sent again';
      }
      if (happens(failures.late)) {
        one.reject(unavailable(false));
        queue.push({ ...one, again: true, task: { ...one.task, weight: 0.1, crashed: true } });
        return 'will be applied late';
      }
    }
    try {
      one.resolve(await apply(one));
    } catch (error) {
      one.reject(error as Error);
    }
    return 'applied';
  }

  return {
    databaseFor(task) {
      return {
        get: (input) => enqueue(task, 'get', false, () => inner.get(input)),
        batchGet: (keys, options) => enqueue(task, 'batchGet', false, () => inner.batchGet(keys, options)),
        query: (input) => enqueue(task, 'query', false, () => inner.query(input)),
        put: (input) => enqueue(task, 'put', true, () => inner.put(input)),
        update: (input) => enqueue(task, 'update', true, () => inner.update(input)),
        transact(writes) {
          // DynamoDB applies a transaction that is sent again with its token once.
          let applied: Awaited<ReturnType<Database['transact']>> | undefined;
          return enqueue(task, 'transact', true, async () => {
            if (applied?.ok !== true) applied = await inner.transact(writes);
            return applied;
          });
        },
        close() {},
      };
    },
    waiting: () => queue.length,
    hasLateWrites: (matches) => queue.some(({ task, again }) => again === true && matches(task)),
    async step(failures) {
      const selected = select();
      log(`  ${selected.task.name}: ${selected.call} ${await release(selected, failures)}`);
      await settled();
      return { task: selected.task, wrote: selected.write };
    },
  };
}

/** Resolves when no caller can continue: between two calls, requests wait for nothing but microtasks. */
export const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
