// Copied by `make generate` from src/domain/events/times.ts; do not edit.
/** Rules about the times of an event. */
import type { EventUpdate, FieldError } from '../schemas.ts';
import { firstYear, isInRange, lastYear, toInstant } from './instants.ts';

/** How long an event can last: a leap year. */
export const maxHours = 366 * 24;

/** The members that are times. Requests have them with any offset. */
const names = ['startsAt', 'endsAt', 'registrationOpensAt', 'registrationClosesAt'] as const;

/** The times of an event, as instants. */
export type Times = { readonly [Name in 'startsAt' | 'endsAt']: string } & {
  readonly [Name in 'registrationOpensAt' | 'registrationClosesAt']?: string | undefined;
};

/** The times of a request. */
type SentTimes = Pick<EventUpdate, (typeof names)[number]>;

/** Members of a request with their times as instants; null stays. */
export function withInstants<Body extends SentTimes>(body: Body): Body {
  const instants = names.flatMap((name) => {
    const sent = body[name];
    return isSent(sent) ? [[name, toInstant(sent)] as const] : [];
  });
  return { ...body, ...Object.fromEntries(instants) };
}

function isSent(time: string | null | undefined): time is string {
  return time !== null && time !== undefined;
}

/**
 * The errors of times, at most one for each. Only those that the request sends are checked, and the order of two times if it sends one
 * of them.
 */
export function timeErrors(next: Times, sent: SentTimes): FieldError[] {
  const errors: FieldError[] = [];
  for (const name of names) {
    const time = sent[name];
    if (isSent(time) && !isInRange(toInstant(time))) errors.push({ pointer: `/${name}`, ...yearOutOfRange });
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
  const periodSent = (['registrationClosesAt', 'registrationOpensAt'] as const).find((name) => isSent(sent[name]));
  const { registrationOpensAt: opens, registrationClosesAt: closes = next.endsAt, endsAt } = next;
  if (periodSent && opens !== undefined && Date.parse(opens) >= Math.min(Date.parse(closes), Date.parse(endsAt))) {
    const detail = 'Registration must close after it opens, and open before the event ends.';
    errors.push({ pointer: `/${periodSent}`, code: 'closes-before-opening', detail });
  }
  // A year that is out of range explains the order as well.
  return errors.filter((error, index) => errors.findIndex(({ pointer }) => pointer === error.pointer) === index);
}

/** The error of an instant outside the years that the contract allows. */
export const yearOutOfRange = {
  code: 'year-out-of-range',
  detail: `The year must be between ${firstYear} and ${lastYear}.`,
} as const;

/** The error of a time zone that is none. @param known all names and aliases */
export function timeZoneErrors(timeZone: string, known: ReadonlySet<string>): FieldError[] {
  if (known.has(timeZone)) return [];
  const detail = 'Use a name from the IANA time zone database, such as Europe/Berlin, or UTC.';
  return [{ pointer: '/timeZone', code: 'unknown-time-zone', detail }];
}
