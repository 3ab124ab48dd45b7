/** Rules about the content of events: pure functions that know neither HTTP nor the database. Rules about their state are in requirements.ts. */
import { isDeepStrictEqual } from 'node:util';
import type { EventCreate, EventDuplicate, EventUpdate, FieldError } from '../../contract/generated/types.ts';
import { withoutNull } from '../../lib/without-null.ts';
import { firstYear, isInRange, lastYear, toInstant } from '../shared/instants.ts';
import { firstProblem } from '../shared/requirement.ts';
import { adjusting, type Seats } from '../shared/seats/model.ts';
import { timeZones } from './generated/time-zones.ts';
import { maxHours } from './index-keys.ts';
import { contentOf, defaults, type EventContent, type EventRecord, registrationPeriodOf } from './model.ts';
import { questionErrors } from './questions.ts';
import { tagErrors } from './tags.ts';

/** The members that are times. Requests have them with any offset. */
const times = ['startsAt', 'endsAt', 'registrationOpensAt', 'registrationClosesAt'] as const;

/** Members of a request with their times as instants; null stays. */
function withInstants<Body extends EventUpdate>(body: Body): Body {
  const instants = times.flatMap((name) => {
    const sent = body[name];
    return isSent(sent) ? [[name, toInstant(sent)] as const] : [];
  });
  return { ...body, ...Object.fromEntries(instants) };
}

function isSent(time: string | null | undefined): time is string {
  return time !== null && time !== undefined;
}

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
export function semanticErrors(
  next: Pick<EventRecord, 'timeZone' | (typeof times)[number]>,
  sent: EventUpdate,
): FieldError[] {
  const errors: FieldError[] = [];
  for (const name of times) {
    const time = next[name];
    if (isSent(sent[name]) && time !== undefined && !isInRange(time))
      errors.push({ pointer: `/${name}`, ...yearOutOfRange });
  }
  const timeSent = sent.endsAt !== undefined ? 'endsAt' : sent.startsAt !== undefined ? 'startsAt' : undefined;
  // Not as text: an instant that is out of range may have more than four digits in its year.
  const duration = Date.parse(next.endsAt) - Date.parse(next.startsAt);
  if (timeSent && duration <= 0) {
    errors.push({ pointer: `/${timeSent}`, code: 'ends-before-start', detail: 'The end must be after the start.' });
  }
  if (timeSent && duration > maxHours * 3_600_000) {
    const detail = `The end must be at most ${maxHours / 24} days after the start.`;
    errors.push({ pointer: `/${timeSent}`, code: 'lasts-too-long', detail });
  }
  const periodSent = times.slice(2).findLast((name) => isSent(sent[name]));
  const { registrationOpensAt: opens, registrationClosesAt: closes = next.endsAt, endsAt } = next;
  if (periodSent && opens !== undefined && Date.parse(opens) >= Math.min(Date.parse(closes), Date.parse(endsAt))) {
    const detail = 'Registration must close after it opens, and open before the event ends.';
    errors.push({ pointer: `/${periodSent}`, code: 'closes-before-opening', detail });
  }
  if (sent.timeZone !== undefined && !timeZones.has(next.timeZone)) {
    const detail = 'Use a name of the IANA time zone database, such as Europe/Berlin, or UTC.';
    errors.push({ pointer: '/timeZone', code: 'unknown-time-zone', detail });
  }
  if (sent.questions) errors.push(...questionErrors(sent.questions));
  if (sent.tags) errors.push(...tagErrors(sent.tags));
  // One error for each place: a year that is out of range explains the order as well.
  return errors.filter((error, index) => errors.findIndex(({ pointer }) => pointer === error.pointer) === index);
}

/** The error of an instant outside the years that the contract allows. */
export const yearOutOfRange = {
  code: 'year-out-of-range',
  detail: `The year must be between ${firstYear} and ${lastYear}.`,
} as const;
