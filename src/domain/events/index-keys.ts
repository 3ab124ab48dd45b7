/** The attributes that place an event in the indexes, derived from its members. */
import { createHash } from 'node:crypto';
import { pick } from '../../lib/pick.ts';
import { withoutNull } from '../../lib/without-null.ts';
import { type tables } from '../../storage/tables.ts';
import { type EventChanges, type EventRecord, isListed } from './model.ts';

const prefix = 'published';

/** Number of partitions that new published events are spread over, from 1 to 10. A list queries each of them. */
export const publishedShards = 1;

/** The partition of the published list with this number, from 0. */
export function listingKey(shard: number): string {
  return `${prefix}#${shard}`;
}

/** The shard of the published list that holds an event. Lists read every shard, so changing their number moves no event. */
export function shardOf(eventId: string, count: number): number {
  return count === 1 ? 0 : createHash('sha256').update(eventId).digest().readUInt32BE(0) % count;
}

/** What identifies an event and never changes. */
export type EventKey = Pick<EventRecord, 'eventId' | 'organizerId'>;

/** The attributes that are keys of the table or of an index. */
type KeyAttribute = keyof typeof tables.events.attributes;

/** Those that are not members of an event as well. */
type DerivedAttribute = Exclude<KeyAttribute, keyof EventRecord>;

/** The members that attributes are derived from. */
const indexedMembers = ['startsAt', 'status', 'visibility'] as const;
type IndexedMember = (typeof indexedMembers)[number];

/** What attributes are derived from. */
export type IndexedEvent = EventKey & Pick<EventRecord, IndexedMember>;

/** How an attribute follows from members of an event. */
interface Derivation {
  /** The attribute changes whenever one of these does. */
  readonly from: readonly IndexedMember[];
  /** The value; null if the event is not in the index. */
  readonly valueOf: (event: IndexedEvent) => string | null;
}

/** Does not compile while tables.json has a key that nothing is derived for. */
const derivations: { readonly [Attribute in DerivedAttribute]: Derivation } = {
  // The sort key of all lists. The id makes it unique: equal sort keys have no defined order.
  startsAtId: { from: ['startsAt'], valueOf: ({ startsAt, eventId }) => `${startsAt}#${eventId}` },
  // The lists of others have only published events, and none that is unlisted.
  listing: {
    from: ['status', 'visibility'],
    valueOf: (event) => (isListed(event) ? listingKey(shardOf(event.eventId, publishedShards)) : null),
  },
  publishedBy: {
    from: ['status', 'visibility'],
    valueOf: (event) => (isListed(event) ? event.organizerId : null),
  },
};

/** The names of the derived attributes. */
export const derivedAttributes = Object.keys(derivations) as readonly DerivedAttribute[];

/**
 * The derived attributes that change with members; null removes one, and those that do not change are missing.
 *
 * @param event as it is before the changes; a new event is its own change
 */
export function indexAttributes(
  event: IndexedEvent,
  changes: Pick<EventChanges, IndexedMember>,
): { readonly [Attribute in DerivedAttribute]?: string | null } {
  const next = { ...event, ...withoutNull(pick(changes, indexedMembers)) };
  const changing = derivedAttributes.filter((name) => derivations[name].from.some((one) => changes[one] !== undefined));
  return Object.fromEntries(changing.map((name) => [name, derivations[name].valueOf(next)]));
}
