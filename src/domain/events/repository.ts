/**
 * Events in DynamoDB: the attributes of an item, and the conditional writes. It alone knows attributes; its callers know members.
 * Lists are in list.ts.
 */
import { atMost, exists, missing } from '../../lib/comparison.ts';
import { withoutNull } from '../../lib/without-null.ts';
import { allOf, anyOf, toConditionInput } from '../../storage/condition.ts';
import type { Database, Item } from '../../storage/database.ts';
import { isRetryOfOwnWrite, type WriteContext } from '../../storage/own-write.ts';
import { tables } from '../../storage/tables.ts';
import type { TransactionWrite } from '../../storage/transaction.ts';
import { toUpdateInput } from '../../storage/update.ts';
import { tombstoneSeconds } from '../shared/idempotency.ts';
import { type Instant, secondsOf } from '../shared/instants.ts';
import { derivedAttributes, type EventKey, indexAttributes } from './index-keys.ts';
import type { EventChanges, EventRecord } from './model.ts';
import { requires } from './requirements.ts';
import { searchAttribute, searchTextOf } from './search.ts';

const { hashKey, timeToLive } = tables.events;

/** The result of a change: not ok if the event, or something else that the change requires, has changed since it was read. */
export type ChangeResult = { readonly ok: true; readonly event: EventRecord } | { readonly ok: false };

/**
 * The result of a creation: `exists` if an event has this id already, with the fingerprint of the request that created it;
 * `consumed` if the event of this id was deleted.
 */
export type CreateResult =
  | { readonly kind: 'created'; readonly event: EventRecord }
  | { readonly kind: 'exists'; readonly event: EventRecord; readonly fingerprint: string | undefined }
  | { readonly kind: 'consumed' };

/** Every function rejects with `DatabaseUnavailable` if the database cannot be reached or is overloaded. */
export interface EventRepository {
  /** Reads consistently: a completed write is visible. */
  get(eventId: string, signal: AbortSignal): Promise<EventRecord | undefined>;
  /** Reads many events, in order and eventually consistently. */
  getMany(eventIds: readonly string[], signal: AbortSignal): Promise<(EventRecord | undefined)[]>;
  /** The event with this id if the request that created it has this fingerprint, read consistently. */
  findByFingerprint(eventId: string, fingerprint: string, signal: AbortSignal): Promise<EventRecord | undefined>;
  /** Creates an event, if no other has its id and no tombstone that is unexpired at its `createdAt`. */
  create(event: EventRecord, fingerprint: string, context: WriteContext): Promise<CreateResult>;
  /**
   * Changes members and increments the revision, if the event is still at the revision that was read.
   *
   * @param together what is written with it, or not at all
   */
  change(
    event: EventRecord,
    changes: EventChanges,
    together: readonly TransactionWrite[],
    context: WriteContext,
  ): Promise<ChangeResult>;
  /** Creates something for an event, if the event is still at the revision that was read. False if it is not, or if it exists. */
  createFor(event: EventRecord, write: TransactionWrite, signal: AbortSignal): Promise<boolean>;
  /**
   * Replaces the event with a tombstone, if it is still at the revision that was read.
   *
   * @param options.closing closes the seats, in the same transaction
   * @param options.erasing whether people have registered. The tombstone then never expires, because a new event with this id would
   *   find their numbers; and it says so until `finishErasing`.
   */
  remove(
    event: EventRecord,
    at: Instant,
    options: { readonly closing: TransactionWrite | undefined; readonly erasing: boolean },
    context: WriteContext,
  ): Promise<boolean>;
  /** Whether this organizer has deleted the event, and its registrations may not all be erased. Reads consistently. */
  isErasing(key: EventKey, signal: AbortSignal): Promise<boolean>;
  finishErasing(eventId: string, signal: AbortSignal): Promise<void>;
}

export function createEventRepository(database: Database, tableName: string): EventRepository {
  const itemKey = (eventId: string) => ({ TableName: tableName, Key: { [hashKey]: eventId } });
  const read = (eventId: string, signal: AbortSignal) =>
    database.get({ ...itemKey(eventId), ConsistentRead: true }, { signal });
  return {
    async get(eventId, signal) {
      return toRecord(await read(eventId, signal));
    },

    async getMany(eventIds, signal) {
      const items = await database.batchGet(eventIds.map(itemKey), { signal });
      return items.map(toRecord);
    },

    async findByFingerprint(eventId, fingerprint, signal) {
      const item = await read(eventId, signal);
      return item?.['fingerprint'] === fingerprint ? toRecord(item) : undefined;
    },

    async create(event, fingerprint, { requestId, signal }) {
      const item = {
        ...withDerived(event),
        fingerprint,
        requestId,
        // Version 0.1.0 reads no event without it, and runs on until its deployment is replaced.
        registeredCount: 0,
      };
      // Time to live is lazy: a tombstone counts as absent from the second at which it expires.
      const isAbsent = anyOf([{ [hashKey]: missing }, { [timeToLive]: atMost(secondsOf(event.createdAt)) }]);
      const written = await database.put(
        { TableName: tableName, Item: item, ...toConditionInput(isAbsent) },
        { signal },
      );
      if (written.ok || isRetryOfOwnWrite(written, requestId)) return { kind: 'created', event };
      const current = toRecord(written.current);
      return current
        ? { kind: 'exists', event: current, fingerprint: written.current?.['fingerprint'] as string | undefined }
        : { kind: 'consumed' };
    },

    async change(event, changes, together, { requestId, signal }) {
      const next = parseRecord(withoutNull({ ...event, ...changes }));
      const set = { ...changes, ...derivedFrom(next), requestId };
      const update = {
        ...itemKey(event.eventId),
        ...toUpdateInput({ set, increment: { revision: 1 } }, conditionOf(event)),
      };
      if (together.length > 0) {
        const { ok } = await database.transact([{ update }, ...together], { signal });
        if (!ok) return { ok: false };
        return { ok: true, event: { ...next, revision: event.revision + 1 } };
      }
      const written = await database.update({ ...update, ReturnValues: 'ALL_NEW' }, { signal });
      if (written.ok) return { ok: true, event: parseRecord(written.attributes ?? {}) };
      const current = toRecord(written.current);
      return current && isRetryOfOwnWrite(written, requestId) ? { ok: true, event: current } : { ok: false };
    },

    async createFor(event, write, signal) {
      const check = { ...itemKey(event.eventId), ...toConditionInput(conditionOf(event)) };
      const { ok } = await database.transact([{ check }, write], { signal });
      return ok;
    },

    async remove(event, at, { closing, erasing }, { requestId, signal }) {
      const tombstone = {
        [hashKey]: event.eventId,
        deletedBy: event.organizerId,
        deletedAt: at,
        ...(erasing ? { erasing } : { [timeToLive]: secondsOf(at) + tombstoneSeconds }),
        requestId,
      };
      const put = { TableName: tableName, Item: tombstone, ...toConditionInput(conditionOf(event)) };
      if (closing !== undefined) return (await database.transact([{ put }, closing], { signal })).ok;
      const written = await database.put(put, { signal });
      return written.ok || isRetryOfOwnWrite(written, requestId);
    },

    async isErasing({ eventId, organizerId }, signal) {
      const item = await read(eventId, signal);
      return item?.['erasing'] === true && item['deletedBy'] === organizerId;
    },

    async finishErasing(eventId, signal) {
      const update = toUpdateInput({ set: { erasing: null } }, allOf([{ erasing: exists }]));
      await database.update({ ...itemKey(eventId), ...update }, { signal });
    },
  };
}

/** The condition that an event has not changed since it was read. A tombstone has no revision, so it never meets the condition. */
function conditionOf({ organizerId, revision, nonce }: EventRecord) {
  return allOf(
    [requires.organizer(organizerId), requires.revision({ revision, nonce })].map(({ comparisons }) => comparisons),
  );
}

/**
 * The attributes that follow from the members of an event; null where it has none. Every change writes all of them, also those that
 * an older item lacks.
 */
export function derivedFrom(event: EventRecord) {
  return { ...indexAttributes(event), [searchAttribute]: searchTextOf(event) };
}

/** An event with the attributes that follow from it: a new item, without what comes from the request. */
export function withDerived(event: EventRecord) {
  return { ...event, ...withoutNull(derivedFrom(event)) };
}

/** Attributes of an item that are not members of an event. */
const internal: ReadonlySet<string> = new Set([
  ...derivedAttributes,
  searchAttribute,
  'fingerprint',
  'requestId',
  timeToLive,
  // See `create`.
  'registeredCount',
]);

/** The event in an item; undefined if there is no item, or a tombstone. */
export function toRecord(item: Item | undefined): EventRecord | undefined {
  return item === undefined || item['deletedAt'] !== undefined ? undefined : parseRecord(item);
}

/**
 * The event in an item.
 *
 * @throws Error if the item is not an event
 */
export function parseRecord(item: Item): EventRecord {
  const record: Item = {};
  for (const name of Object.keys(item)) if (!internal.has(name)) record[name] = item[name];
  if (!isRecord(record)) throw new Error('An item of the events table is not an event.');
  return record;
}

/** The attributes that every event has, without which it could not be read, with their types. */
const required = {
  eventId: 'string',
  organizerId: 'string',
  status: 'string',
  startsAt: 'string',
  endsAt: 'string',
  revision: 'number',
  nonce: 'string',
} as const satisfies { readonly [Member in keyof EventRecord]?: 'string' | 'number' };

function isRecord(item: Item): item is Item & EventRecord {
  return Object.entries(required).every(([name, type]) => typeof item[name] === type);
}
