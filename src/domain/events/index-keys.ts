/** The attributes that place an event in the indexes, derived from its members. */
import { createHash } from 'node:crypto';
import { type tables } from '../../storage/tables.ts';
import { type EventRecord, isListed } from './model.ts';
import { maxHours } from './times.ts';

const prefix = 'published';

/** Number of partitions that most new published events are spread over, from 1 to 6. A list queries each of them. */
export const publishedShards = 1;

/** Events of similar duration. */
export interface DurationClass {
  /** Part of the keys of its events; absent in those of the last class. */
  readonly name?: string;
  /** How long its events last at most. */
  readonly hours: number;
}

/**
 * Published events are in a partition of their own for each class, sorted by start: an event that has not ended at a time started at
 * most the hours of its class before, so that a list skips all others. The last class also holds the events that were stored before
 * there were classes.
 */
export const durationClasses = [
  { name: '4h', hours: 4 },
  { name: '2d', hours: 48 },
  { name: '32d', hours: 768 },
  { hours: maxHours },
] as const satisfies readonly DurationClass[];

const [shortest] = durationClasses;
const longest = durationClasses[3];

/** The class of an event. */
export function durationClassOf({ startsAt, endsAt }: Pick<EventRecord, 'startsAt' | 'endsAt'>): DurationClass {
  const hours = (Date.parse(endsAt) - Date.parse(startsAt)) / 3_600_000;
  return durationClasses.find((one) => hours <= one.hours) ?? longest;
}

/** The partition of the published list with this number, from 0, for one class. Only the first class has more than one. */
export function listingKey({ name }: DurationClass, shard: number): string {
  return name === undefined ? `${prefix}#0` : `${prefix}#${name === shortest.name ? shard : 0}#${name}`;
}

/** The partition of an organizer's published events, for one class. Ids of organizers have no spaces. */
export function publishedByKey({ name }: DurationClass, organizerId: string): string {
  return name === undefined ? organizerId : `${organizerId} ${name}`;
}

/** The number of partitions that the events of a class are spread over. */
export function shardsOf({ name }: DurationClass, shards: number): number {
  return name === shortest.name ? shards : 1;
}

/** The shard of the published list that holds an event. Lists read every shard, so changing their number moves no event. */
export function shardOf(eventId: string, count: number): number {
  return createHash('sha256').update(eventId).digest().readUInt32BE(0) % count;
}

/** What identifies an event and never changes. */
export type EventKey = Pick<EventRecord, 'eventId' | 'organizerId'>;

/** The attributes that are keys of the table or of an index. */
type KeyAttribute = keyof typeof tables.events.attributes;

/** Those that are not members of an event as well. */
type DerivedAttribute = Exclude<KeyAttribute, keyof EventRecord>;

/** The members that attributes are derived from. */
type IndexedEvent = EventKey & Pick<EventRecord, 'startsAt' | 'endsAt' | 'status' | 'visibility'>;

/** Does not compile while tables.json has a key that nothing is derived for. Null is the absence of the attribute. */
const derivations: { readonly [Attribute in DerivedAttribute]: (event: IndexedEvent) => string | null } = {
  // The sort key of all lists. The id makes it unique: equal sort keys have no defined order.
  startsAtId: ({ startsAt, eventId }) => `${startsAt}#${eventId}`,
  // The lists of others have only published events, and none that is unlisted.
  listing: (event) =>
    isListed(event) ? listingKey(durationClassOf(event), shardOf(event.eventId, publishedShards)) : null,
  publishedBy: (event) => (isListed(event) ? publishedByKey(durationClassOf(event), event.organizerId) : null),
};

/** The names of the derived attributes. */
export const derivedAttributes = Object.keys(derivations) as readonly DerivedAttribute[];

/** The derived attributes of an event; null where it has none. */
export function indexAttributes(event: IndexedEvent): { readonly [Attribute in DerivedAttribute]: string | null } {
  const derived = derivedAttributes.map((name) => [name, derivations[name](event)] as const);
  return Object.fromEntries(derived) as { [Attribute in DerivedAttribute]: string | null };
}
