/** The attributes that place an event in the indexes, derived from its members. */
import { createHash } from 'node:crypto';
import { type tables } from '../../storage/tables.ts';
import type { EventChanges, EventRecord } from './model.ts';

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
type IndexedMember = 'startsAt' | 'status';
type IndexedMembers = Pick<EventChanges, IndexedMember>;

/** The value after changes: undefined if they leave it as it is, null if it is to be removed. */
type Derivation = (key: EventKey, changes: IndexedMembers) => string | null | undefined;

/** A value that follows from one member, and changes whenever the member does. */
function following<Member extends IndexedMember>(
  member: Member,
  derive: (value: EventRecord[Member], key: EventKey) => string | null,
): Derivation {
  return (key, changes) => {
    const value: EventRecord[Member] | null | undefined = changes[member];
    return value === null || value === undefined ? undefined : derive(value, key);
  };
}

/** Does not compile while tables.json has a key that nothing is derived for. */
const derivations: { readonly [Attribute in DerivedAttribute]: Derivation } = {
  // The sort key of all lists. The id makes it unique: equal sort keys have no defined order.
  startsAtId: following('startsAt', (startsAt, { eventId }) => `${startsAt}#${eventId}`),
  // Only published events are in the lists of others.
  listing: following('status', (status, { eventId }) =>
    status === 'published' ? listingKey(shardOf(eventId, publishedShards)) : null,
  ),
  publishedBy: following('status', (status, { organizerId }) => (status === 'published' ? organizerId : null)),
};

/** The names of the derived attributes. */
export const derivedAttributes = Object.keys(derivations) as readonly DerivedAttribute[];

/** The derived attributes that change with members; null removes one, and those that do not change are missing. */
export function indexAttributes(
  key: EventKey,
  changes: IndexedMembers,
): { readonly [Attribute in DerivedAttribute]?: string | null } {
  const derived = derivedAttributes.map((name) => [name, derivations[name](key, changes)] as const);
  return Object.fromEntries(derived.filter(([, value]) => value !== undefined));
}
