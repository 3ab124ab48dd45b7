/** An event as it is stored and judged, and as it is answered. */
import { document } from '../../contract/generated/document.ts';
import type { Event, EventCreate, EventPhase } from '../../contract/generated/types.ts';
import { pick } from '../../lib/pick.ts';

/**
 * An event without what is computed when it is read. `revision` counts the organizer's changes; `nonce` is made at creation,
 * so that a tag of a deleted event never fits a later one of the same id.
 */
export type EventRecord = Omit<Event, 'etag' | 'phase'> & { readonly revision: number; readonly nonce: string };

/** What its organizer decides about an event: the members that a creation takes, instants in UTC. */
export type EventContent = Pick<EventRecord, keyof EventCreate>;

/** The strong entity tag of a revision (RFC 9110, section 8.8.3). */
export function etagOf({ revision, nonce }: Pick<EventRecord, 'revision' | 'nonce'>): string {
  return `"${revision}-${nonce}"`;
}

/** The revision that a tag names; undefined where it is none of ours: weak, of another form, or junk. */
export function parseEtag(tag: string): Pick<EventRecord, 'revision' | 'nonce'> | undefined {
  const [, revision, nonce] = /^"([1-9]\d{0,14})-([0-9a-f]{12})"$/.exec(tag) ?? [];
  return revision && nonce ? { revision: Number(revision), nonce } : undefined;
}

/** What the clock says: ongoing from the start inclusive to the end exclusive. Instants compare as text. */
export function phaseOf({ startsAt, endsAt }: Pick<EventRecord, 'startsAt' | 'endsAt'>, now: string): EventPhase {
  if (now < startsAt) return 'upcoming';
  return now < endsAt ? 'ongoing' : 'ended';
}

const { schemas } = document.components as { schemas: Record<'Event' | 'EventCreate', { properties: object }> };

/** The members of an event in the contract's order. An item comes back from the database in none. */
const members = Object.keys(schemas.Event.properties) as (keyof Event)[];
const contentMembers = Object.keys(schemas.EventCreate.properties) as (keyof EventContent)[];

/** The content of an event: what a creation would take, and nothing that happened to it since. */
export function contentOf(event: EventContent): EventContent {
  return pick(event, contentMembers);
}

/** The event as the contract answers it: its members and no other attribute of the item. */
export function toEvent(record: EventRecord, now: string): Event {
  const known: Partial<Event> = { ...record, etag: etagOf(record), phase: phaseOf(record, now) };
  return pick(known, members) as Event;
}

/** An answer that carries an event and its tag. */
export function eventAnswer(record: EventRecord, now: string) {
  const body = toEvent(record, now);
  return { status: 200, headers: { ETag: body.etag }, body } as const;
}
