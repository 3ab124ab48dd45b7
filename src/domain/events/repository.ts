/**
 * Events in DynamoDB: the attributes of an item, and the conditional writes. It alone knows attributes; its callers know members.
 * Lists are in list.ts.
 */
import { atMost, type Comparisons, missing } from '../../lib/comparison.ts';
import { withoutNull } from '../../lib/without-null.ts';
import { allOf, anyOf, toConditionInput } from '../../storage/condition.ts';
import type { Database, Item, WriteResult } from '../../storage/database.ts';
import { tables } from '../../storage/tables.ts';
import { toUpdateInput } from '../../storage/update.ts';
import { type Instant, secondsOf } from '../shared/instants.ts';
import type { Requirement } from '../shared/requirement.ts';
import { derivedAttributes, type EventKey, indexAttributes } from './index-keys.ts';
import type { EventChanges, EventRecord } from './model.ts';
import { requires } from './requirements.ts';

const { hashKey, timeToLive } = tables.events;

/** The request that a write belongs to. Its id is stored with the item: see `isRetryOfOwnWrite`. */
export interface WriteContext {
  readonly requestId: string;
  readonly signal: AbortSignal;
}

/** The result of a change; `current` is the event that did not meet the requirements, undefined if there is none. */
export type ChangeResult =
  | { readonly ok: true; readonly event: EventRecord }
  | { readonly ok: false; readonly current: EventRecord | undefined };

/** The result of a deletion; `current` as in {@link ChangeResult}. */
export type RemoveResult = { readonly ok: true } | { readonly ok: false; readonly current: EventRecord | undefined };

/**
 * The result of a creation: `exists` if an event has this id already, with the fingerprint of the request that created it;
 * `consumed` if the event of this id was deleted.
 */
export type CreateResult =
  | { readonly kind: 'created'; readonly event: EventRecord }
  | { readonly kind: 'exists'; readonly event: EventRecord; readonly fingerprint: string | undefined }
  | { readonly kind: 'consumed' };

/** How long the idempotency key of a deleted event stays consumed, in seconds. */
export const tombstoneSeconds = 24 * 60 * 60;

type Requirements = readonly Pick<Requirement<EventRecord>, 'comparisons'>[];

/** Every function rejects with `DatabaseUnavailable` if the database cannot be reached or is overloaded. */
export interface EventRepository {
  /** Reads consistently: a completed write is visible. */
  get(eventId: string, signal: AbortSignal): Promise<EventRecord | undefined>;
  /** The event with this id if the request that created it has this fingerprint, read consistently. */
  findByFingerprint(eventId: string, fingerprint: string, signal: AbortSignal): Promise<EventRecord | undefined>;
  /** Creates an event, if no other has its id and no tombstone that is unexpired at its `createdAt`. */
  create(event: EventRecord, fingerprint: string, context: WriteContext): Promise<CreateResult>;
  /** Changes members and increments the revision, if the event is its organizer's and meets the requirements. */
  change(
    key: EventKey,
    requirements: Requirements,
    changes: EventChanges,
    context: WriteContext,
  ): Promise<ChangeResult>;
  /** Replaces the event with a tombstone, if the event is its organizer's and meets the requirements. */
  remove(key: EventKey, requirements: Requirements, at: Instant, context: WriteContext): Promise<RemoveResult>;
}

export function createEventRepository(database: Database, tableName: string): EventRepository {
  const itemKey = (eventId: string) => ({ TableName: tableName, Key: { [hashKey]: eventId } });
  const read = (eventId: string, signal: AbortSignal) =>
    database.get({ ...itemKey(eventId), ConsistentRead: true }, { signal });
  return {
    async get(eventId, signal) {
      return toRecord(await read(eventId, signal));
    },

    async findByFingerprint(eventId, fingerprint, signal) {
      const item = await read(eventId, signal);
      return item?.['fingerprint'] === fingerprint ? toRecord(item) : undefined;
    },

    async create(event, fingerprint, { requestId, signal }) {
      const item = { ...event, ...withoutNull(indexAttributes(event, event)), fingerprint, requestId };
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

    async change(key, requirements, changes, { requestId, signal }) {
      const set = { ...changes, ...indexAttributes(key, changes), requestId };
      const update = toUpdateInput({ set, increment: { revision: 1 } }, conditionOf(key, requirements));
      const written = await database.update(
        { ...itemKey(key.eventId), ...update, ReturnValues: 'ALL_NEW' },
        { signal },
      );
      if (written.ok) return { ok: true, event: parseRecord(written.attributes ?? {}) };
      const current = toRecord(written.current);
      return current && isRetryOfOwnWrite(written, requestId) ? { ok: true, event: current } : { ok: false, current };
    },

    async remove(key, requirements, at, { requestId, signal }) {
      const tombstone = {
        [hashKey]: key.eventId,
        deletedBy: key.organizerId,
        deletedAt: at,
        [timeToLive]: secondsOf(at) + tombstoneSeconds,
        requestId,
      };
      const condition = toConditionInput(conditionOf(key, requirements));
      const written = await database.put({ TableName: tableName, Item: tombstone, ...condition }, { signal });
      if (written.ok || isRetryOfOwnWrite(written, requestId)) return { ok: true };
      return { ok: false, current: toRecord(written.current) };
    },
  };
}

/** The condition of a write to an existing event. A tombstone has no `organizerId`, so it never meets the condition. */
function conditionOf({ organizerId }: EventKey, requirements: Requirements) {
  const all: readonly { readonly comparisons: Comparisons }[] = [requires.organizer(organizerId), ...requirements];
  return allOf(all.map(({ comparisons }) => comparisons));
}

/**
 * Whether a condition failed on what this very request wrote. The AWS SDK retries a write whose response was late, and the retry
 * would report the caller's own success as 412, 409 or 404.
 */
function isRetryOfOwnWrite(written: WriteResult, requestId: string): boolean {
  return !written.ok && written.current?.['requestId'] === requestId;
}

/** Attributes of an item that are not members of an event. */
const internal: ReadonlySet<string> = new Set([...derivedAttributes, 'fingerprint', 'requestId', timeToLive]);

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
  registeredCount: 'number',
} as const satisfies { readonly [Member in keyof EventRecord]?: 'string' | 'number' };

function isRecord(item: Item): item is Item & EventRecord {
  return Object.entries(required).every(([name, type]) => typeof item[name] === type);
}
