/** Rules about the content of events: pure functions that know neither HTTP nor the database. Rules about their state are in requirements.ts. */
import { isDeepStrictEqual } from 'node:util';
import type { EventCreate, EventDuplicate, EventUpdate, FieldError } from '../../contract/generated/types.ts';
import { withoutNull } from '../../lib/without-null.ts';
import { firstProblem } from '../shared/requirement.ts';
import { adjusting, type Seats } from '../shared/seats/model.ts';
import { timeZones } from './generated/time-zones.ts';
import { contentOf, defaults, type EventContent, type EventRecord, registrationPeriodOf } from './model.ts';
import { questionErrors } from './questions.ts';
import { tagErrors } from './tags.ts';
import { timeErrors, type Times, timeZoneErrors, withInstants } from './times.ts';

/** The content of a new event. */
export function contentFromRequest(body: EventCreate): EventContent {
  return withInstants(body);
}

/** The content of a duplicate: that of the original, except for its times, with the members that the request sends. */
export function contentFromDuplicate(original: EventContent, body: EventDuplicate): EventContent {
  const { registrationOpensAt: _opens, registrationClosesAt: _closes, ...content } = contentOf(original);
  return contentFromRequest({ ...content, ...body });
}

/** The event after an update: members that the request sends are replaced, or removed if they are null. */
export function applyUpdate(event: EventRecord, update: EventUpdate): EventRecord {
  return withoutNull({ ...event, ...withInstants(update) });
}

/** Whether the organizer can change the content of an event. */
export function isChangeable({ status }: Pick<EventRecord, 'status'>): boolean {
  return status !== 'cancelled';
}

/** Whether an update leaves an event as it is. */
export function isUnchanged(event: EventRecord, next: EventRecord): boolean {
  return isDeepStrictEqual({ ...defaults, ...event }, { ...defaults, ...next });
}

/**
 * The problem of an update: conflicts with the state (409) before semantic errors (422). Undefined if it can be applied.
 *
 * @param seats the counters with the change that the update makes to them; undefined if it makes none
 */
export function checkUpdate(
  event: EventRecord,
  next: EventRecord,
  update: EventUpdate,
  seats?: { readonly counters: Seats; readonly change: ReturnType<typeof adjusting> },
) {
  if (!isChangeable(event)) return { problem: 'event-cancelled' } as const;
  if (event.status === 'published' && !next.location) return { problem: 'location-required' } as const;
  const conflict = seats && firstProblem(seats.change.requirements, seats.counters);
  if (conflict) return conflict;
  const errors = semanticErrors(next, update);
  return errors.length > 0 ? ({ problem: 'invalid-event', errors } as const) : undefined;
}

/** The members that the seats of a published event follow. */
const seatsMembers = ['capacity', 'waitlist', 'registrationOpensAt', 'registrationClosesAt', 'endsAt'] as const;

/** What an update changes of the seats of a published event; undefined if it does not touch them. */
export function seatsChangeOf(event: EventRecord, next: EventRecord, update: EventUpdate, seats: Seats) {
  if (!seatsMembers.some((name) => update[name] !== undefined)) return undefined;
  return adjusting(seats, registrationPeriodOf(next), { before: event.capacity, after: next.capacity });
}

/**
 * The errors of content that is syntactically valid. Only members that the request sends are checked, and the order of two times
 * if it sends one of them: what was accepted before never blocks another change.
 */
export function semanticErrors(next: Times & Pick<EventRecord, 'timeZone'>, sent: EventUpdate): FieldError[] {
  return [
    ...timeErrors(next, sent),
    ...(sent.timeZone === undefined ? [] : timeZoneErrors(next.timeZone, timeZones)),
    ...questionErrors(sent.questions ?? []),
    ...tagErrors(sent.tags ?? []),
  ];
}
