/** The counters of events in DynamoDB: one item for each event, in the table of its registrations. */
import { atLeast, type Comparisons, lessThan, missing } from '../../../lib/comparison.ts';
import { allOf, toConditionInput } from '../../../storage/condition.ts';
import type { Database, Item } from '../../../storage/database.ts';
import { tables } from '../../../storage/tables.ts';
import type { TransactionWrite } from '../../../storage/transaction.ts';
import { toUpdateInput, type Update } from '../../../storage/update.ts';
import type { Instant } from '../instants.ts';
import { hasSeat, type Seats, type SeatsChange } from './model.ts';

const { hashKey, rangeKey } = tables.registrations;

/** The number that was taken, or the counters of an event that takes none; undefined if the event has none. */
export type TakenNumber =
  | { readonly ok: true; readonly number: number; readonly seats: Seats }
  | { readonly ok: false; readonly seats: Seats | undefined };

/**
 * Functions that return a promise reject with `DatabaseUnavailable` if the database cannot be reached or is overloaded. The others
 * return a part of a transaction.
 */
export interface SeatsRepository {
  /** Reads consistently. Undefined if the event has never been published. */
  get(eventId: string, signal: AbortSignal): Promise<Seats | undefined>;
  /** As `get`, for an event that somebody has registered for. Rejects with an error of ours if it has no counters. */
  getExisting(eventId: string, signal: AbortSignal): Promise<Seats>;
  /** Reads the counters of many events, in order, eventually consistently unless `consistentRead` is set. */
  getMany(
    eventIds: readonly string[],
    options: { readonly consistentRead?: boolean; readonly signal: AbortSignal },
  ): Promise<(Seats | undefined)[]>;
  /**
   * Takes the next number, if the event takes registrations at this time.
   *
   * @param mark names this call alone: if its response is lost, the retry of the AWS SDK finds its own mark and takes no second number
   * @param options.atAnyTime for the organizer, who can also register people before registration opens and after it closes
   */
  takeNumber(
    eventId: string,
    mark: string,
    at: Instant,
    signal: AbortSignal,
    options?: { readonly atAnyTime: boolean },
  ): Promise<TakenNumber>;
  /** Creates the counters, if the event has none. */
  create(eventId: string, seats: Seats): TransactionWrite;
  /** Changes the counters, if they meet the requirements. */
  change(eventId: string, change: SeatsChange): TransactionWrite;
  /** Gives the seat of a number to the next one, or counts it as withdrawn while it waits; `seats` are those that were read. */
  release(eventId: string, number: number, seats: Seats): TransactionWrite;
  /**
   * Releases numbers, in ascending order: each has a seat, or gets one as those before it are released.
   *
   * @param released.withdrawn how many of them are counted as withdrawn
   */
  releaseAll(
    eventId: string,
    released: { readonly numbers: readonly number[]; readonly withdrawn: number },
    seats: Seats,
  ): TransactionWrite;
  /** Records that nothing is left to reclaim up to a number. */
  setReclaimedUpTo(eventId: string, number: number, signal: AbortSignal): Promise<void>;
  /** Whether the caller may look for seats to reclaim: somebody does at most every ten seconds. */
  mayLook(eventId: string, seats: Seats, at: Instant, signal: AbortSignal): Promise<boolean>;
  /** Lets the next caller look at once, because there was not enough time. */
  allowLook(eventId: string, signal: AbortSignal): Promise<void>;
}

const lookIntervalMs = 10_000;

/** The attributes of the item that are not counters. */
const internal = new Set<string>([hashKey, rangeKey, 'lastMark']);

/** @param tableName the name of the registrations table */
export function createSeatsRepository(database: Database, tableName: string): SeatsRepository {
  const keyOf = (eventId: string) => ({ [hashKey]: `${eventId}/seats`, [rangeKey]: 0 });
  const update = (eventId: string, changes: Update, comparisons: readonly Comparisons[]) => ({
    TableName: tableName,
    Key: keyOf(eventId),
    ...toUpdateInput(changes, allOf(comparisons)),
  });

  async function get(eventId: string, signal: AbortSignal): Promise<Seats | undefined> {
    const item = await database.get({ TableName: tableName, Key: keyOf(eventId), ConsistentRead: true }, { signal });
    return item && toSeats(item);
  }

  return {
    get,

    async getExisting(eventId, signal) {
      const seats = await get(eventId, signal);
      if (seats === undefined) throw new Error('An event with registrations has no counters.');
      return seats;
    },

    async getMany(eventIds, options) {
      const keys = eventIds.map((eventId) => ({ TableName: tableName, Key: keyOf(eventId) }));
      const items = await database.batchGet(keys, options);
      return items.map((item) => item && toSeats(item));
    },

    async takeNumber(eventId, mark, at, signal, { atAnyTime } = { atAnyTime: false }) {
      const names = [...counterNames, ...(atAnyTime ? [] : periodNames)];
      const written = await database.update(
        {
          TableName: tableName,
          Key: keyOf(eventId),
          UpdateExpression: 'SET #lastNumber = #lastNumber + :one, #lastNumberAt = :at, #lastMark = :mark',
          ConditionExpression: [...takesNumbers, ...(atAnyTime ? [] : isWithinPeriod)].join(' AND '),
          ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: { ':one': 1, ':at': at, ':mark': mark, ':true': true },
          ReturnValues: 'ALL_NEW',
        },
        { signal },
      );
      const item = written.ok ? written.attributes : written.current;
      const seats = item && toSeats(item);
      if (seats === undefined || (!written.ok && item?.['lastMark'] !== mark)) return { ok: false, seats };
      return { ok: true, number: seats.lastNumber, seats };
    },

    create(eventId, seats) {
      const condition = toConditionInput(allOf([{ [hashKey]: missing }]));
      return { put: { TableName: tableName, Item: { ...keyOf(eventId), ...seats }, ...condition } };
    },

    change(eventId, { requirements, set, addSeats }) {
      const increment = addSeats === undefined ? {} : { confirmedUpTo: addSeats };
      const comparisons = requirements.map((requirement) => requirement.comparisons);
      return { update: update(eventId, { ...(set ? { set } : {}), increment }, [mustExist, ...comparisons]) };
    },

    release(eventId, number, seats) {
      if (hasSeat(number, seats)) return { update: update(eventId, ...moveUp([number], seats)) };
      return { update: update(eventId, { increment: { withdrawn: 1 } }, [{ confirmedUpTo: lessThan(number) }]) };
    },

    releaseAll(eventId, { numbers, withdrawn }, seats) {
      return { update: update(eventId, ...moveUp(numbers, seats, withdrawn)) };
    },

    async setReclaimedUpTo(eventId, number, signal) {
      await database.update(
        update(eventId, { set: { reclaimedUpTo: number } }, [{ reclaimedUpTo: lessThan(number) }]),
        { signal },
      );
    },

    async mayLook(eventId, { lookedAt }, at, signal) {
      // A clock that was ahead must not keep everybody from looking.
      const since = lookedAt === undefined ? Infinity : Math.abs(Date.parse(at) - Date.parse(lookedAt));
      if (since < lookIntervalMs) return false;
      const unchanged: Comparisons = {
        lookedAt: lookedAt === undefined ? missing : { operator: '=', value: lookedAt },
      };
      const written = await database.update(update(eventId, { set: { lookedAt: at } }, [mustExist, unchanged]), {
        signal,
      });
      return written.ok;
    },

    async allowLook(eventId, signal) {
      await database.update(update(eventId, { set: { lookedAt: null } }, [mustExist]), { signal });
    },
  };
}

const counterNames = [
  'accepting',
  'lastMark',
  'lastNumber',
  'lastNumberAt',
  'waitlist',
  'confirmedUpTo',
] as const satisfies readonly (keyof Seats | 'lastMark')[];
const periodNames = ['closesAt', 'opensAt'] as const satisfies readonly (keyof Seats)[];

/** `closedReason` as a condition (model.ts): what holds at any time, with the mark not there yet, and the period. */
const takesNumbers = [
  '#accepting = :true',
  '(#waitlist = :true OR attribute_not_exists(#confirmedUpTo) OR #lastNumber < #confirmedUpTo)',
  '(attribute_not_exists(#lastMark) OR #lastMark <> :mark)',
];
const isWithinPeriod = ['(attribute_not_exists(#opensAt) OR #opensAt <= :at)', '#closesAt > :at'];

/** Without it, an update would create an item without counters. */
const mustExist: Comparisons = { lastNumber: atLeast(0) };

/** Numbers are released, in ascending order: for each, the next number has a seat. */
function moveUp(numbers: readonly number[], { confirmedUpTo }: Seats, withdrawn = 0): [Update, readonly Comparisons[]] {
  const count = numbers.length;
  const increment = { released: count, ...(withdrawn === 0 ? {} : { withdrawn: -withdrawn }) };
  if (confirmedUpTo === undefined) return [{ increment }, [mustExist, { confirmedUpTo: missing }]];
  // Each number must have its seat once those before it are released.
  const required = Math.max(...numbers.map((number, index) => number - index));
  return [{ increment: { ...increment, confirmedUpTo: count } }, [{ confirmedUpTo: atLeast(required) }]];
}

function toSeats(item: Item): Seats {
  const seats = Object.fromEntries(Object.entries(item).filter(([name]) => !internal.has(name)));
  if (!isSeats(seats)) throw new Error('An item of the registrations table does not have the counters of an event.');
  return seats;
}

const required = {
  accepting: 'boolean',
  closesAt: 'string',
  waitlist: 'boolean',
  lastNumber: 'number',
  released: 'number',
  withdrawn: 'number',
  reclaimedUpTo: 'number',
  lastNumberAt: 'string',
} as const satisfies { readonly [Member in keyof Seats]?: 'boolean' | 'string' | 'number' };

function isSeats(item: Item): item is Item & Seats {
  return Object.entries(required).every(([name, type]) => typeof item[name] === type);
}
