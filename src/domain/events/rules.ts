/** The rules of events: pure functions that know neither HTTP nor the database. `now` is an instant, `YYYY-MM-DDTHH:mm:ssZ`. */
import { isDeepStrictEqual } from 'node:util';
import type { EventCreate, EventDuplicate, EventUpdate, FieldError } from '../../contract/generated/types.ts';
import { contentOf, etagOf, type EventContent, type EventRecord } from './model.ts';
import { timeZones } from './generated/time-zones.ts';
import { firstYear, isInRange, lastYear, toInstant } from '../shared/instants.ts';

/** What speaks against a change: a code of the contract, with the field errors where there may be several. */
export type Objection<Code extends string> = Code extends string
  ? { readonly problem: Code; readonly errors?: readonly FieldError[] }
  : never;

/** Nothing is to be done, as the event is already like that. */
export const unchanged = 'unchanged';

/** Whether a caller may know that the event exists. Drafts belong to their organizer alone. */
export function isVisible({ status, organizerId }: EventRecord, caller: string): boolean {
  return status !== 'draft' || organizerId === caller;
}

/** Why an event is none of the caller's business: 404 where it cannot be seen, 403 where it is another organizer's. */
export function refusal(event: EventRecord | undefined, caller: string) {
  if (!event || !isVisible(event, caller)) return { problem: 'event-not-found' } as const;
  if (event.organizerId !== caller) return { problem: 'not-event-organizer' } as const;
  return undefined;
}

/** Why a caller may not change an event, the answers in the contract's order: 404, 403, 412. */
export function denial(event: EventRecord | undefined, caller: string, ifMatch: string | undefined) {
  const refused = refusal(event, caller);
  if (refused) return refused;
  const etag = etagOf(event as EventRecord);
  if (ifMatch === undefined || ifMatch === '*' || ifMatch === etag) return undefined;
  return { problem: 'precondition-failed', headers: { ETag: etag } } as const;
}

/** Publishing needs a location and a start in the future; every unmet requirement comes back. */
export function judgePublish(
  event: EventRecord,
  now: string,
): typeof unchanged | Objection<'event-cancelled' | 'not-publishable'> | undefined {
  if (event.status === 'published') return unchanged;
  if (event.status === 'cancelled') return { problem: 'event-cancelled' };
  const errors: FieldError[] = [];
  if (!event.location)
    errors.push({ pointer: '/location', code: 'location-required', detail: 'A published event needs a location.' });
  if (event.startsAt <= now)
    errors.push({ pointer: '/startsAt', code: 'starts-in-past', detail: 'The start must be in the future.' });
  return errors.length > 0 ? { problem: 'not-publishable', errors } : undefined;
}

/** Taking an event back is possible while nobody is registered. */
export function judgeUnpublish(
  event: EventRecord,
): typeof unchanged | Objection<'event-cancelled' | 'event-has-registrations'> | undefined {
  if (event.status === 'draft') return unchanged;
  if (event.status === 'cancelled') return { problem: 'event-cancelled' };
  return judgeDelete(event);
}

/** Only what was public can be cancelled. */
export function judgeCancel(event: EventRecord): typeof unchanged | Objection<'not-published'> | undefined {
  if (event.status === 'cancelled') return unchanged;
  return event.status === 'draft' ? { problem: 'not-published' } : undefined;
}

/** Deleting is possible in any status while nobody is registered. */
export function judgeDelete(event: EventRecord): Objection<'event-has-registrations'> | undefined {
  return event.registeredCount > 0 ? { problem: 'event-has-registrations' } : undefined;
}

/** The members of a new event, its instants in UTC. */
export function fromCreate(body: EventCreate): EventContent {
  return { ...body, startsAt: toInstant(body.startsAt), endsAt: toInstant(body.endsAt) };
}

/** The members of a duplicate: the content of the original, except for what the request names. */
export function fromOriginal(original: EventContent, body: EventDuplicate): EventContent {
  return fromCreate({ ...contentOf(original), ...body });
}

/** The event after a change: named members replaced, those named with null gone. */
export function applyUpdate(event: EventRecord, change: EventUpdate): EventRecord {
  const replaced = {
    ...event,
    ...change,
    ...(change.startsAt === undefined ? {} : { startsAt: toInstant(change.startsAt) }),
    ...(change.endsAt === undefined ? {} : { endsAt: toInstant(change.endsAt) }),
  };
  return Object.fromEntries(Object.entries(replaced).filter(([, value]) => value !== null)) as unknown as EventRecord;
}

/** Judges the result of a change: what the state refuses (409) before what is impossible (422). */
export function judgeUpdate(
  event: EventRecord,
  next: EventRecord,
  change: EventUpdate,
):
  | typeof unchanged
  | Objection<'event-cancelled' | 'location-required' | 'capacity-below-registrations' | 'invalid-event'>
  | undefined {
  if (event.status === 'cancelled') return { problem: 'event-cancelled' };
  if (event.status === 'published' && !next.location) return { problem: 'location-required' };
  if (change.capacity && change.capacity < event.registeredCount) return { problem: 'capacity-below-registrations' };
  const errors = impossibilities(next, change);
  if (errors.length > 0) return { problem: 'invalid-event', errors };
  return isDeepStrictEqual(event, next) ? unchanged : undefined;
}

/**
 * What is well-formed but impossible. Only members that the request names are judged, and the order of start and end where it
 * names one of them: what was once accepted never stands in the way of another change.
 */
export function impossibilities(
  next: Pick<EventRecord, 'startsAt' | 'endsAt' | 'timeZone'>,
  sent: EventUpdate,
): FieldError[] {
  const errors: FieldError[] = [];
  for (const name of ['startsAt', 'endsAt'] as const) {
    if (sent[name] !== undefined && !isInRange(next[name])) errors.push({ pointer: `/${name}`, ...yearOutOfRange });
  }
  const timeSent = sent.endsAt !== undefined ? 'endsAt' : sent.startsAt !== undefined ? 'startsAt' : undefined;
  // Not as text: an instant that is out of range may have more than four digits in its year.
  if (timeSent && Date.parse(next.endsAt) <= Date.parse(next.startsAt)) {
    errors.push({ pointer: `/${timeSent}`, code: 'ends-before-start', detail: 'The end must be after the start.' });
  }
  if (sent.timeZone !== undefined && !timeZones.has(next.timeZone)) {
    const detail = 'Use a name of the IANA time zone database, such as Europe/Berlin, or UTC.';
    errors.push({ pointer: '/timeZone', code: 'unknown-time-zone', detail });
  }
  return errors;
}

/** The error of a moment outside the years that the contract knows. */
export const yearOutOfRange = {
  code: 'year-out-of-range',
  detail: `The year must be between ${firstYear} and ${lastYear}.`,
} as const;
