/** Rules about the content of events: pure functions that know neither HTTP nor the database. Rules about their state are in requirements.ts. */
import { isDeepStrictEqual } from 'node:util';
import type { EventCreate, EventDuplicate, EventUpdate, FieldError } from '../../contract/generated/types.ts';
import { withoutNull } from '../../lib/without-null.ts';
import { firstYear, isInRange, lastYear, toInstant } from '../shared/instants.ts';
import { firstProblem } from '../shared/requirement.ts';
import { timeZones } from './generated/time-zones.ts';
import { contentOf, type EventContent, type EventRecord } from './model.ts';
import { requires } from './requirements.ts';

/** The content of a new event. */
export function contentFromRequest(body: EventCreate): EventContent {
  return { ...body, startsAt: toInstant(body.startsAt), endsAt: toInstant(body.endsAt) };
}

/** The content of a duplicate: that of the original, with the members that the request sends. */
export function contentFromDuplicate(original: EventContent, body: EventDuplicate): EventContent {
  return contentFromRequest({ ...contentOf(original), ...body });
}

/** The event after an update: members that the request sends are replaced, or removed if they are null. */
export function applyUpdate(event: EventRecord, update: EventUpdate): EventRecord {
  return withoutNull({
    ...event,
    ...update,
    startsAt: update.startsAt === undefined ? event.startsAt : toInstant(update.startsAt),
    endsAt: update.endsAt === undefined ? event.endsAt : toInstant(update.endsAt),
  });
}

/** Whether an update leaves an event as it is. */
export function isUnchanged(event: EventRecord, next: EventRecord): boolean {
  return isDeepStrictEqual(event, next);
}

/** The problem of an update: conflicts with the state (409) before semantic errors (422). Undefined if it can be applied. */
export function checkUpdate(event: EventRecord, next: EventRecord, update: EventUpdate) {
  if (event.status === 'cancelled') return { problem: 'event-cancelled' } as const;
  if (event.status === 'published' && !next.location) return { problem: 'location-required' } as const;
  const conflict = firstProblem(capacityRequirement(update), event);
  if (conflict) return conflict;
  const errors = semanticErrors(next, update);
  return errors.length > 0 ? ({ problem: 'invalid-event', errors } as const) : undefined;
}

/** What a new capacity requires: no more registrations than it. None if the update sets no capacity. */
export function capacityRequirement({ capacity }: EventUpdate) {
  return capacity === undefined || capacity === null ? [] : [requires.registrationsWithin(capacity)];
}

/**
 * The errors of content that is syntactically valid. Only members that the request sends are checked, and the order of start and
 * end if it sends one of them: what was accepted before never blocks another change.
 */
export function semanticErrors(
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

/** The error of an instant outside the years that the contract allows. */
export const yearOutOfRange = {
  code: 'year-out-of-range',
  detail: `The year must be between ${firstYear} and ${lastYear}.`,
} as const;
