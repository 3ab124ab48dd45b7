/** Conversion between the UTC instants of the API and local times in the event's time zone. */

import { locale } from './language.ts';
import { texts } from './texts.ts';

/** The value of a `datetime-local` field, such as `2030-06-21T20:00`. */
export type LocalTime = string;

/** Loads a polyfill of Temporal if the browser does not support it. */
export async function prepareTime(): Promise<void> {
  if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');
}

/** Returns the time zone if this browser knows it; an event may have one from a newer time zone database. */
export function knownTimeZone(timeZone: string): string | undefined {
  try {
    Temporal.Now.instant().toZonedDateTimeISO(timeZone);
    return timeZone;
  } catch {
    return undefined;
  }
}

/** The time zone of the visitor; UTC if the browser has none that it knows, such as `Etc/Unknown`. */
export const ownTimeZone = () => knownTimeZone(Temporal.Now.timeZoneId()) ?? 'UTC';

/** Converts an instant to a local time, to the minute; in UTC if the time zone is unknown. */
export function localTimeOf(instant: string, timeZone: string): LocalTime {
  return Temporal.Instant.from(instant)
    .toZonedDateTimeISO(knownTimeZone(timeZone) ?? 'UTC')
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
}

/** The duration that is proposed for an event. */
const usualDuration = { hours: 2 };

/**
 * The end of an event whose start was moved: two hours after the start if there is no end yet, and otherwise moved with it. The duration
 * stays the same by the clocks of the place, even if they go forward or back in between.
 *
 * @param before the last start that was complete; undefined if there was none
 */
export function endAfter(starts: LocalTime, ends: LocalTime, before: LocalTime | undefined): LocalTime {
  const start = plainTimeOf(starts);
  const [end, oldStart] = [plainTimeOf(ends), plainTimeOf(before ?? '')];
  if (!start || (end && !oldStart)) return ends;
  const duration = end && oldStart ? oldStart.until(end) : Temporal.Duration.from(usualDuration);
  return duration.sign > 0 ? start.add(duration).toString({ smallestUnit: 'minute' }) : ends;
}

function plainTimeOf(local: LocalTime): Temporal.PlainDateTime | undefined {
  try {
    return Temporal.PlainDateTime.from(local);
  } catch {
    return undefined;
  }
}

/** How many weeks later a local time is in the future: at least one. */
export function weeksToFuture(local: LocalTime, timeZone: string, now = Temporal.Now.instant()): number {
  const start = Temporal.PlainDateTime.from(local).toZonedDateTime(knownTimeZone(timeZone) ?? 'UTC');
  const passed = start.until(now.toZonedDateTimeISO(start.timeZoneId), { largestUnit: 'week' }).weeks;
  return Math.max(passed, 0) + 1;
}

/** The same local time, some weeks later. */
export function weeksLater(local: LocalTime, weeks: number): LocalTime {
  return Temporal.PlainDateTime.from(local).add({ weeks }).toString({ smallestUnit: 'minute' });
}

/** Why a local time cannot be converted to an instant. */
export type TimeError = 'unreadable' | 'unknown-time-zone' | 'skipped';

/**
 * Converts a local time to an instant: the first of two if clocks go back, unless `repeated` asks for the second one.
 * `skipped` means that the time does not exist because clocks go forward.
 */
export function instantOf(
  local: LocalTime,
  timeZone: string,
  repeated = false,
): { instant: string } | { error: TimeError } {
  if (knownTimeZone(timeZone) === undefined) return { error: 'unknown-time-zone' };
  try {
    const plain = Temporal.PlainDateTime.from(local);
    const zoned = plain.toZonedDateTime(timeZone, { disambiguation: repeated ? 'later' : 'earlier' });
    if (!zoned.toPlainDateTime().equals(plain)) return { error: 'skipped' };
    return { instant: zoned.toInstant().toString() };
  } catch {
    return { error: 'unreadable' };
  }
}

/** Whether an instant is the second one with its local time, because clocks have gone back. */
export function isRepeated(instant: string, timeZone: string): boolean {
  const zone = knownTimeZone(timeZone) ?? 'UTC';
  const zoned = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  return !zoned.toPlainDateTime().toZonedDateTime(zone, { disambiguation: 'earlier' }).equals(zoned);
}

/** Whether a text is a day of the calendar, such as `2030-06-21`. */
export function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}

/** The first instant that has a local time on this day (`2030-06-21`) in any time zone. */
export const firstInstantOf = (day: string) => instantAt(day, '+14:00');

/** The first instant after this day in every time zone. */
export const firstInstantAfter = (day: string) =>
  instantAt(Temporal.PlainDate.from(day).add({ days: 1 }).toString(), '-12:00');

const instantAt = (day: string, offset: string) => Temporal.Instant.from(`${day}T00:00${offset}`).toString();

const formats = new Map<string, Intl.DateTimeFormat>();

/** Caches formats, because creating one is slow. */
function format(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${JSON.stringify(options)}`;
  const found =
    formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: knownTimeZone(timeZone) ?? 'UTC' });
  formats.set(key, found);
  return found;
}

/** Where clocks have twelve hours, an hour has no zero before it: `7:00 PM`, but `07:00`. */
const hasTwelveHours = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12;
const time = { hour: hasTwelveHours ? 'numeric' : '2-digit', minute: '2-digit' } as const;
const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;

/** The parts of a date for the list: `21`, `Fri`, and `June 2030`. */
export function datePartsOf(instant: string, timeZone: string) {
  const date = new Date(instant);
  return {
    day: format(timeZone, { day: 'numeric' }).format(date),
    weekday: format(timeZone, { weekday: 'short' }).format(date),
    month: format(timeZone, { month: 'long', year: 'numeric' }).format(date),
  };
}

/** Whether an event lasts longer than until the next morning, so that its end needs a date. */
export const isLong = (startsAt: string, endsAt: string) => Date.parse(endsAt) - Date.parse(startsAt) >= 18 * 3_600_000;

/** `20:00 – 00:00`; with the date of the end if the event is long, and with its year if that is another one. */
export function timeRangeOf(startsAt: string, endsAt: string, timeZone: string): string {
  const [from, to] = [new Date(startsAt), new Date(endsAt)];
  const untilNextMorning = !isLong(startsAt, endsAt);
  const sameYear = localTimeOf(startsAt, timeZone).slice(0, 4) === localTimeOf(endsAt, timeZone).slice(0, 4);
  const end = untilNextMorning ? time : sameYear ? { ...day, ...time, year: undefined } : { ...day, ...time };
  return `${format(timeZone, time).format(from)} – ${format(timeZone, end).format(to)}`;
}

/** `20:00`. */
export function timeOf(instant: string, timeZone: string): string {
  return format(timeZone, time).format(new Date(instant));
}

/** `20:00`; with the date unless it is the same day as now. */
export function momentOf(instant: string, timeZone: string, now = new Date().toISOString()): string {
  const isToday = localTimeOf(instant, timeZone).slice(0, 10) === localTimeOf(now, timeZone).slice(0, 10);
  return isToday ? timeOf(instant, timeZone) : dateTimeOf(instant, timeZone);
}

/** `Fri, 21 Jun 2030`. */
export function dateOf(instant: string, timeZone: string): string {
  return format(timeZone, day).format(new Date(instant));
}

/** `Fri, 21 Jun 2030, 20:00`. */
export function dateTimeOf(instant: string, timeZone: string): string {
  return format(timeZone, { ...day, ...time }).format(new Date(instant));
}

/** `Berlin (GMT+2)`: the city of a time zone, with its offset at an instant. */
export function timeZoneLabel(instant: string, timeZone: string): string {
  if (knownTimeZone(timeZone) === undefined) return texts.unknownZone(timeZone);
  const [city, offset] = [cityOf(timeZone), offsetOf(instant, timeZone)];
  return offset === city || timeZone === 'UTC' ? city : `${city} (${offset})`;
}

/** The city, or another place, that a time zone is named after. */
export const cityOf = (timeZone: string) => (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');

/** `GMT+2` or `GMT+5:30`: the offset of a time zone at an instant. */
export function offsetOf(instant: string, timeZone: string): string {
  const { offset } = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  return `GMT${offset
    .replace(/^([+-])0(?=\d)/, '$1')
    .replace(/:00$/, '')
    .replace(/^[+-]0$/, '')}`;
}

/** Whether an instant has the same local time in both time zones. */
export function hasSameLocalTime(instant: string, one: string, other: string): boolean {
  return localTimeOf(instant, one) === localTimeOf(instant, other);
}
