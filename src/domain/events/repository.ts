/** Events in DynamoDB: what an item holds, and the conditional writes. Lists are in list.ts. */
import type { Database, Item, WriteResult } from '../../storage/database.ts';
import { tables } from '../../storage/tables.ts';
import { type Expectation, toCondition, toUpdate } from './expressions.ts';
import type { EventRecord } from './model.ts';
import { type Instant, secondsOf } from '../shared/instants.ts';
import { listingAttributes } from './index-keys.ts';

const { attributes, hashKey, timeToLive } = tables.events;

/** The attributes of an item that are keys of the table or of an index. */
type KeyAttribute = keyof typeof attributes;

/** Of whom and until when a write is. The id is stored with it: see `ownWrite`. */
export interface WriteContext {
  readonly requestId: string;
  readonly signal: AbortSignal;
}

/** The outcome of a change; `current` is undefined where there is no event. */
export type Outcome =
  | { readonly ok: true; readonly event: EventRecord }
  | { readonly ok: false; readonly current: EventRecord | undefined };

/** The outcome of a removal. */
export type Removal = { readonly ok: true } | { readonly ok: false; readonly current: EventRecord | undefined };

/** The outcome of a creation. */
export type Creation =
  | { readonly kind: 'created'; readonly event: EventRecord }
  | { readonly kind: 'exists'; readonly event: EventRecord; readonly fingerprint: string | undefined }
  | { readonly kind: 'consumed' };

/** How long the key of a deleted event stays consumed, in seconds. */
export const tombstoneSeconds = 24 * 60 * 60;

export interface EventStore {
  /** Reads consistently: what was just written is there. */
  get(eventId: string, signal: AbortSignal): Promise<EventRecord | undefined>;
  /** The event of this id that a creation with this fingerprint made, read consistently; undefined where none did. */
  made(eventId: string, fingerprint: string, signal: AbortSignal): Promise<EventRecord | undefined>;
  /** Creates an event where there is none of its id, and no tombstone at its `createdAt`. */
  create(event: EventRecord, fingerprint: string | undefined, context: WriteContext): Promise<Creation>;
  /** Sets and removes members under a condition. The revision moves by one. */
  change(eventId: string, expected: Expectation, members: Item, context: WriteContext): Promise<Outcome>;
  /** Replaces the event by a tombstone, under a condition. */
  remove(
    eventId: string,
    expected: Expectation,
    tombstone: { by: string; at: Instant },
    context: WriteContext,
  ): Promise<Removal>;
}

/** The attributes that put an event into the indexes; null takes it out of one. */
export function indexAttributes(event: Pick<EventRecord, 'eventId' | 'organizerId' | 'startsAt' | 'status'>) {
  return {
    eventId: event.eventId,
    organizerId: event.organizerId,
    startsAtId: startsAtId(event),
    ...listingAttributes(event),
  } satisfies Record<KeyAttribute, string | null>;
}

/** The sort key of all lists: unique, as equal sort keys have no defined order. */
export function startsAtId({ startsAt, eventId }: Pick<EventRecord, 'startsAt' | 'eventId'>): string {
  return `${startsAt}#${eventId}`;
}

export function createEventStore(database: Database, tableName: string): EventStore {
  const key = (eventId: string) => ({ TableName: tableName, Key: { [hashKey]: eventId } });
  const read = (eventId: string, signal: AbortSignal) =>
    database.get({ ...key(eventId), ConsistentRead: true }, { signal });
  return {
    async get(eventId, signal) {
      return toRecord(await read(eventId, signal));
    },

    async made(eventId, fingerprint, signal) {
      const item = await read(eventId, signal);
      return item?.['fingerprint'] === fingerprint ? toRecord(item) : undefined;
    },

    async create(event, fingerprint, { requestId, signal }) {
      const item = { ...event, ...withoutNull(indexAttributes(event)), fingerprint, requestId };
      const written = await database.put(
        {
          TableName: tableName,
          Item: item,
          // Time to live is lazy: a tombstone counts as gone from its very second on.
          ConditionExpression: 'attribute_not_exists(#id) OR #ttl <= :now',
          ExpressionAttributeNames: { '#id': hashKey, '#ttl': timeToLive },
          ExpressionAttributeValues: { ':now': secondsOf(event.createdAt) },
        },
        { signal },
      );
      if (written.ok || ownWrite(written, requestId)) return { kind: 'created', event };
      const current = toRecord(written.current);
      return current
        ? { kind: 'exists', event: current, fingerprint: written.current?.['fingerprint'] as string | undefined }
        : { kind: 'consumed' };
    },

    async change(eventId, expected, members, { requestId, signal }) {
      const written = await database.update(
        { ...key(eventId), ...toUpdate({ ...members, requestId }, toCondition(expected)), ReturnValues: 'ALL_NEW' },
        { signal },
      );
      return toOutcome(written, requestId);
    },

    async remove(eventId, expected, { by, at }, { requestId, signal }) {
      const tombstone = {
        [hashKey]: eventId,
        deletedBy: by,
        deletedAt: at,
        [timeToLive]: secondsOf(at) + tombstoneSeconds,
        requestId,
      };
      const { expression, names, values } = toCondition(expected);
      const written = await database.put(
        {
          TableName: tableName,
          Item: tombstone,
          ConditionExpression: expression,
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: values,
        },
        { signal },
      );
      if (written.ok || ownWrite(written, requestId)) return { ok: true };
      return { ok: false, current: toRecord(written.current) };
    },
  };
}

function toOutcome(written: WriteResult, requestId: string): Outcome {
  if (written.ok) return { ok: true, event: toRecord(written.attributes) as EventRecord };
  const current = toRecord(written.current);
  return current && ownWrite(written, requestId) ? { ok: true, event: current } : { ok: false, current };
}

/**
 * Whether a condition failed on what this very request wrote. The AWS SDK repeats a write whose answer was late, and the
 * repetition would report the caller's own success as 412, 409 or 404.
 */
function ownWrite(written: WriteResult, requestId: string): boolean {
  return !written.ok && written.current?.['requestId'] === requestId;
}

/** Keys of the indexes that are members of an event too; the others only place it. */
const shared: readonly string[] = ['eventId', 'organizerId'] satisfies (KeyAttribute & keyof EventRecord)[];

/** Attributes of an item that are no members of an event. */
const internal: ReadonlySet<string> = new Set([
  ...Object.keys(attributes).filter((name) => !shared.includes(name)),
  'fingerprint',
  'requestId',
  timeToLive,
]);

/** The event in an item; undefined for none and for a tombstone. */
export function toRecord(item: Item | undefined): EventRecord | undefined {
  if (!item || item['deletedAt'] !== undefined) return undefined;
  const record: Item = {};
  for (const name of Object.keys(item)) if (!internal.has(name)) record[name] = item[name];
  return record as unknown as EventRecord;
}

function withoutNull(attributes: Item): Item {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null));
}
