/** Registrations in DynamoDB. This module alone knows the items of the table, except for the counters of an event. */
import type { RegistrationDetails } from '../../contract/generated/types.ts';
import { equalTo, exists, missing } from '../../lib/comparison.ts';
import { allOf, anyOf, toConditionInput } from '../../storage/condition.ts';
import type { Database, Item, WriteResult } from '../../storage/database.ts';
import { isRetryOfOwnWrite, type WriteContext } from '../../storage/own-write.ts';
import { tables } from '../../storage/tables.ts';
import type { TransactionOutcome, TransactionWrite } from '../../storage/transaction.ts';
import { toUpdateInput } from '../../storage/update.ts';
import type { Instant } from '../shared/instants.ts';
import { type AttendeeRecord, detailMembers, type Entry, isOf, type RegistrationRecord } from './model.ts';
import { codeDigestOf } from './ticket.ts';

const { hashKey, rangeKey } = tables.registrations;

/** The result of a write to a number: `current` is what holds the number instead. */
export type WriteOutcome =
  | { readonly ok: true; readonly record: RegistrationRecord }
  | { readonly ok: false; readonly current: Entry | undefined };

/** What a request says about the person. */
export type Details = RegistrationDetails;

export interface EntryPage {
  readonly entries: Entry[];
  /** The last number that was read; absent at the end. */
  readonly lastNumber?: number;
}

/** Every function that returns a promise rejects with `DatabaseUnavailable` if the database cannot be reached or is overloaded. */
export interface RegistrationRepository {
  /** What holds a number, read consistently; undefined if nothing does (yet). */
  get(eventId: string, number: number, signal: AbortSignal): Promise<Entry | undefined>;
  getMany(
    numbers: readonly Pick<RegistrationRecord, 'eventId' | 'number'>[],
    signal: AbortSignal,
  ): Promise<(Entry | undefined)[]>;
  /** The numbers of a user for an event, read consistently. */
  findAttendee(eventId: string, userId: string, signal: AbortSignal): Promise<AttendeeRecord | undefined>;
  findAttendees(
    eventIds: readonly string[],
    userId: string,
    signal: AbortSignal,
  ): Promise<(AttendeeRecord | undefined)[]>;
  /**
   * Makes a number the latest of a user, if it is the first, or the latest is still the stale one.
   *
   * @returns false if another request of the user was faster
   */
  claim(
    eventId: string,
    userId: string,
    claim: { readonly number: number; readonly stale: number | undefined },
    signal: AbortSignal,
  ): Promise<boolean>;
  /** Writes a registration, if nothing holds its number. A retry of the AWS SDK finds its own write. */
  put(record: RegistrationRecord, signal: AbortSignal): Promise<WriteOutcome>;
  /** Replaces the details of a user's active registration: those that are missing are removed. */
  replaceDetails(record: RegistrationRecord, details: Details, at: Instant, signal: AbortSignal): Promise<WriteOutcome>;
  /**
   * Changes details of an active registration, if it is still at the revision that was read; null removes one. A retry of the AWS SDK
   * finds its own write.
   */
  updateDetails(
    record: RegistrationRecord,
    changes: { readonly [Member in keyof Details]?: Details[Member] | null },
    context: WriteContext & { readonly at: Instant },
  ): Promise<WriteOutcome>;
  /** The number that a request with an idempotency key took for an event, read consistently. */
  findKey(eventId: string, keyId: string, signal: AbortSignal): Promise<number | undefined>;
  /**
   * Makes a number that of a key, if it has none, or one that is not used.
   *
   * @returns false if another request with the key was faster
   */
  claimForKey(
    eventId: string,
    keyId: string,
    claim: { readonly number: number; readonly unused: number | undefined },
    signal: AbortSignal,
  ): Promise<boolean>;
  /** Applies `cancelling`, `erasing`, … together with a change of the counters, or neither. */
  transact(writes: readonly TransactionWrite[], signal: AbortSignal): Promise<readonly TransactionOutcome[] | 'done'>;
  /**
   * A part of a transaction: cancels an active registration that is not checked in, or that is erased; the latter gets no reason.
   * `settled` is false if the number has no seat to release yet.
   */
  cancelling(
    record: RegistrationRecord,
    cancellation: NonNullable<RegistrationRecord['cancellation']>,
    settled: boolean,
  ): TransactionWrite;
  /** A part of a transaction: marks a number that is not used. */
  voiding(eventId: string, number: number, at: Instant, settled: boolean): TransactionWrite;
  /** A part of a transaction: the number of somebody who left the waitlist is released. */
  settling(entry: Entry): TransactionWrite;
  /** A part of a transaction, or a write of its own: removes everything personal from a registration. */
  erasing(record: RegistrationRecord, at: Instant): TransactionWrite;
  erase(record: RegistrationRecord, at: Instant, signal: AbortSignal): Promise<void>;
  /** A part of a transaction: removes the attendee record, if the latest number is this one. */
  forgetting(eventId: string, userId: string, latest: number): TransactionWrite;
  /**
   * Removes the attendee record, if the latest number is this one.
   *
   * @returns false if the user has a newer number, or no record
   */
  forget(eventId: string, userId: string, latest: number, signal: AbortSignal): Promise<boolean>;
  /** Removes the attendee records of up to 100 users, with any latest number. */
  forgetAll(eventId: string, userIds: readonly string[], signal: AbortSignal): Promise<void>;
  /** Reads what holds the numbers of an event, in a range and in order, consistently. Gaps are missing. */
  page(eventId: string, range: NumberRange, signal: AbortSignal): Promise<EntryPage>;
  /**
   * The registrations of a user, the newest first, as they are in the table. The index that names them can lag: those that it does not
   * name yet are missing, and of `limit` that it names, some may not be the user's any more.
   *
   * @returns also the position after which the next ones start, unless there are none
   */
  ofUser(
    userId: string,
    options: { readonly after?: string | undefined; readonly limit: number },
    signal: AbortSignal,
  ): Promise<{ readonly records: RegistrationRecord[]; readonly position?: string }>;
}

/** Numbers from `from` to `to`, both inclusive. */
export interface NumberRange {
  readonly from: number;
  readonly to?: number;
  readonly order?: 'asc' | 'desc';
  readonly limit?: number;
}

/** Greater than every number. */
const lastPossible = 4_294_967_295;

export function createRegistrationRepository(database: Database, tableName: string): RegistrationRepository {
  const entryKey = (eventId: string, number: number) => ({ [hashKey]: eventId, [rangeKey]: number });
  const attendeeKey = (eventId: string, userId: string) => ({
    [hashKey]: `${eventId}/attendee/${userId}`,
    [rangeKey]: 0,
  });
  const keyKey = (eventId: string, keyId: string) => ({ [hashKey]: `${eventId}/key/${keyId}`, [rangeKey]: 0 });
  const inTable = (Key: Item) => ({ TableName: tableName, Key });
  const ofEntry = ({ eventId, number }: Pick<RegistrationRecord, 'eventId' | 'number'>) =>
    inTable(entryKey(eventId, number));
  const stillActive = { registeredAt: exists, cancellation: missing, erasedAt: missing } as const;

  const erasure = (record: RegistrationRecord, at: Instant) => ({
    ...ofEntry(record),
    ...toUpdateInput(
      {
        set: {
          ...erased,
          ...(record.cancellation ? { cancellation: { at: record.cancellation.at, by: record.cancellation.by } } : {}),
          erasedAt: at,
          updatedAt: at,
        },
        increment: { revision: 1 },
      },
      allOf([{ registeredAt: exists, erasedAt: missing, cancellation: record.cancellation ? exists : missing }]),
    ),
  });

  function forgetting(eventId: string, userId: string, latest: number): TransactionWrite {
    const condition = toConditionInput(allOf([{ latest: equalTo(latest) }]));
    return { delete: { ...inTable(attendeeKey(eventId, userId)), ...condition } };
  }

  const getMany: RegistrationRepository['getMany'] = async (numbers, signal) => {
    const items = await database.batchGet(numbers.map(ofEntry), { consistentRead: true, signal });
    return items.map((item) => item && toEntry(item));
  };

  return {
    async get(eventId, number, signal) {
      const item = await database.get({ ...inTable(entryKey(eventId, number)), ConsistentRead: true }, { signal });
      return item && toEntry(item);
    },

    getMany,

    async findAttendee(eventId, userId, signal) {
      const item = await database.get({ ...inTable(attendeeKey(eventId, userId)), ConsistentRead: true }, { signal });
      return item && toAttendee(item);
    },

    async findAttendees(eventIds, userId, signal) {
      const keys = eventIds.map((eventId) => inTable(attendeeKey(eventId, userId)));
      const items = await database.batchGet(keys, { consistentRead: true, signal });
      return items.map((item) => item && toAttendee(item));
    },

    async claim(eventId, userId, { number, stale }, signal) {
      const condition = toConditionInput(
        anyOf([
          { latest: missing },
          { latest: equalTo(number) },
          ...(stale === undefined ? [] : [{ latest: equalTo(stale) }]),
        ]),
      );
      const written = await database.update(
        {
          ...inTable(attendeeKey(eventId, userId)),
          ...condition,
          UpdateExpression: 'SET #latest = :number ADD #numbers :numbers',
          ExpressionAttributeNames: {
            ...condition.ExpressionAttributeNames,
            '#latest': 'latest',
            '#numbers': 'numbers',
          },
          ExpressionAttributeValues: {
            ...condition.ExpressionAttributeValues,
            ':number': number,
            ':numbers': new Set([number]),
          },
        },
        { signal },
      );
      return written.ok;
    },

    async put(record, signal) {
      const condition = toConditionInput(allOf([{ [hashKey]: missing }]));
      const written = await database.put({ TableName: tableName, Item: toItem(record), ...condition }, { signal });
      if (written.ok) return { ok: true, record };
      const current = written.current && toEntry(written.current);
      // The nonce is drawn for this record, and remains when it is erased.
      if (current && 'nonce' in current && current.nonce === record.nonce) return { ok: true, record: current };
      return { ok: false, current };
    },

    async replaceDetails(record, details, at, signal) {
      const update = toUpdateInput(
        {
          set: toAttributes({ ...noDetails, ...details, updatedAt: at }),
          increment: { revision: 1 },
        },
        allOf([{ ...stillActive, userId: equalTo(record.userId ?? '') }]),
      );
      return toOutcome(await database.update({ ...ofEntry(record), ...update, ReturnValues: 'ALL_NEW' }, { signal }));
    },

    async updateDetails(record, changes, { at, requestId, signal }) {
      const { revision, nonce } = record;
      const update = toUpdateInput(
        { set: toAttributes({ ...changes, updatedAt: at, requestId }), increment: { revision: 1 } },
        allOf([{ ...stillActive, revision: equalTo(revision), nonce: equalTo(nonce) }]),
      );
      const written = await database.update({ ...ofEntry(record), ...update, ReturnValues: 'ALL_NEW' }, { signal });
      const { current } = written.ok ? {} : written;
      return toOutcome(isRetryOfOwnWrite(written, requestId) ? { ok: true, attributes: current } : written);
    },

    async findKey(eventId, keyId, signal) {
      const item = await database.get({ ...inTable(keyKey(eventId, keyId)), ConsistentRead: true }, { signal });
      return item?.['latest'] as number | undefined;
    },

    async claimForKey(eventId, keyId, { number, unused }, signal) {
      const free = [missing, equalTo(number), ...(unused === undefined ? [] : [equalTo(unused)])];
      const update = toUpdateInput({ set: { latest: number } }, anyOf(free.map((latest) => ({ latest }))));
      return (await database.update({ ...inTable(keyKey(eventId, keyId)), ...update }, { signal })).ok;
    },

    async transact(writes, signal) {
      const result = await database.transact(writes, { signal });
      return result.ok ? 'done' : result.outcomes;
    },

    cancelling(record, { reason, ...cancellation }, settled) {
      const isErased = record.erasedAt !== undefined;
      const update = toUpdateInput(
        {
          set: {
            cancellation: isErased || reason === undefined ? cancellation : { ...cancellation, reason },
            secret: null,
            codeDigest: codeDigestOf(record),
            updatedAt: cancellation.at,
            ...(settled ? {} : { toSettle: true }),
          },
          increment: { revision: 1 },
        },
        allOf([isErased ? { ...stillActive, erasedAt: exists } : { ...stillActive, checkedInAt: missing }]),
      );
      return { update: { ...ofEntry(record), ...update } };
    },

    voiding(eventId, number, at, settled) {
      const condition = toConditionInput(allOf([{ [hashKey]: missing }]));
      const item = { ...entryKey(eventId, number), void: true, at, ...(settled ? {} : { toSettle: true }) };
      return { put: { TableName: tableName, Item: item, ...condition } };
    },

    settling(entry) {
      const update = toUpdateInput({ set: { toSettle: null } }, allOf([{ toSettle: equalTo(true) }]));
      return { update: { ...ofEntry(entry), ...update } };
    },

    erasing: (record, at) => ({ update: erasure(record, at) }),

    async erase(record, at, signal) {
      await database.update(erasure(record, at), { signal });
    },

    forgetting,

    async forget(eventId, userId, latest, signal) {
      return (await database.transact([forgetting(eventId, userId, latest)], { signal })).ok;
    },

    async forgetAll(eventId, userIds, signal) {
      const writes = userIds.map((userId) => ({ delete: inTable(attendeeKey(eventId, userId)) }));
      await database.transact(writes, { signal });
    },

    async page(eventId, { from, to = lastPossible, order = 'asc', limit }, signal) {
      const { items, lastKey } = await database.query(
        {
          TableName: tableName,
          KeyConditionExpression: '#hash = :hash AND #range BETWEEN :from AND :to',
          ExpressionAttributeNames: { '#hash': hashKey, '#range': rangeKey },
          ExpressionAttributeValues: { ':hash': eventId, ':from': from, ':to': to },
          ConsistentRead: true,
          ScanIndexForward: order === 'asc',
          ...(limit === undefined ? {} : { Limit: limit }),
        },
        { signal },
      );
      const lastNumber = lastKey?.[rangeKey] as number | undefined;
      return { entries: items.map(toEntry), ...(lastNumber === undefined ? {} : { lastNumber }) };
    },

    async ofUser(userId, { after, limit }, signal) {
      const { hashKey: hash, rangeKey: range } = tables.registrations.indexes[userIndex];
      const keys: Item[] = [];
      let position: string | undefined = after ?? lastPosition;
      // A page of the index can end early.
      do {
        const { items, lastKey } = await database.query(
          {
            TableName: tableName,
            IndexName: userIndex,
            KeyConditionExpression: '#hash = :hash AND #range < :after',
            ExpressionAttributeNames: { '#hash': hash, '#range': range },
            ExpressionAttributeValues: { ':hash': userId, ':after': position },
            ScanIndexForward: false,
            Limit: limit - keys.length,
          },
          { signal },
        );
        keys.push(...items);
        position = lastKey?.[range] as string | undefined;
      } while (position !== undefined && keys.length < limit);
      const numbers = keys.map((key) => ({ eventId: key[hashKey] as string, number: key[rangeKey] as number }));
      const records = (await getMany(numbers, signal)).filter((entry) => isOf(entry, userId));
      return { records, ...(position === undefined ? {} : { position }) };
    },
  };
}

const userIndex = 'userId-index';

/** Sorts after every key of the index: those start with a year. */
const lastPosition = '~';

/** Null for each detail, which removes it. */
const noDetails = Object.fromEntries(detailMembers.map((name) => [name, null])) as Record<keyof Details, null>;

/**
 * Every personal attribute of a registration; the user's id is personal too, and with it the key of the index. Whether somebody came
 * remains, so that the count stays right.
 */
const erased = {
  userId: null,
  registeredAtId: null,
  ...noDetails,
  secret: null,
  codeDigest: null,
  scans: null,
  scanCount: null,
  scanRevision: null,
  fingerprint: null,
  requestId: null,
} as const;

/** The sort key of the index. The number makes it unique: somebody can register twice in a second. */
function registeredAtId({ registeredAt, eventId, number }: RegistrationRecord): string {
  return `${registeredAt}#${eventId}#${number}`;
}

/** The item of the table that a registration is. */
export function toItem({ eventId, ...record }: RegistrationRecord): Item {
  // Only registrations of users are in the index.
  const indexed = record.userId === undefined ? {} : { registeredAtId: registeredAtId({ eventId, ...record }) };
  return { ...toAttributes(record), ...indexed, [hashKey]: eventId };
}

/** Answers as a Map: organizers name them, and the SDK takes an object with a member `constructor` for an instance of a class. */
function toAttributes<T extends { readonly answers?: Details['answers'] | null }>(details: T): Item {
  const { answers } = details;
  return answers ? { ...details, answers: new Map(Object.entries(answers)) } : details;
}

/** The registration or the void that an item of the table is. */
export function toEntry({ [hashKey]: eventId, registeredAtId: _, ...item }: Item): Entry {
  const entry = { ...item, eventId };
  if (!isEntry(entry)) throw new Error('An item of the registrations table is not a registration.');
  return entry;
}

function isEntry(item: Item): item is Item & Entry {
  if (item['void'] === true) return typeof item['at'] === 'string';
  return (
    ['number', 'revision'].every((name) => typeof item[name] === 'number') && typeof item['registeredAt'] === 'string'
  );
}

function toAttendee(item: Item): AttendeeRecord {
  return { latest: item['latest'] as number, numbers: [...(item['numbers'] as Set<number>)].sort((a, b) => a - b) };
}

function toOutcome(written: WriteResult): WriteOutcome {
  const item = written.ok ? written.attributes : written.current;
  const entry = item && toEntry(item);
  if (written.ok && entry !== undefined && !('void' in entry)) return { ok: true, record: entry };
  return { ok: false, current: entry };
}
