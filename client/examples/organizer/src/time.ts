/** Conversion between the UTC instants of the API and local times in the event's time zone. */

/** The value of a `datetime-local` field, such as `2030-06-21T20:00`. */
export type LocalTime = string;

/** Loads a polyfill of Temporal if the browser does not support it. */
export async function prepareTime(): Promise<void> {
  if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');
}

/** The time zone of the visitor. */
export const ownTimeZone = () => Temporal.Now.timeZoneId();

/** All time zones that this browser can offer. */
export const timeZones = () => [...new Set(['UTC', ownTimeZone(), ...Intl.supportedValuesOf('timeZone')])];

/** Returns the time zone if this browser knows it; an event may have one from a newer time zone database. */
function knownTimeZone(timeZone: string): string | undefined {
  try {
    Temporal.Now.instant().toZonedDateTimeISO(timeZone);
    return timeZone;
  } catch {
    return undefined;
  }
}

/** Converts an instant to a local time, to the minute; in UTC if the time zone is unknown. */
export function localTimeOf(instant: string, timeZone: string): LocalTime {
  return Temporal.Instant.from(instant)
    .toZonedDateTimeISO(knownTimeZone(timeZone) ?? 'UTC')
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
}

/** The same local time, a week later. */
export function weekLater(local: LocalTime): LocalTime {
  return Temporal.PlainDateTime.from(local).add({ weeks: 1 }).toString({ smallestUnit: 'minute' });
}

/** Why a local time cannot be converted to an instant. */
export type TimeError = 'unreadable' | 'unknown-time-zone' | 'skipped';

/**
 * Converts a local time to an instant: the first of two if clocks go back.
 * `skipped` means that the time does not exist because clocks go forward.
 */
export function instantOf(local: LocalTime, timeZone: string): { instant: string } | { error: TimeError } {
  if (knownTimeZone(timeZone) === undefined) return { error: 'unknown-time-zone' };
  try {
    const plain = Temporal.PlainDateTime.from(local);
    const zoned = plain.toZonedDateTime(timeZone);
    if (!zoned.toPlainDateTime().equals(plain)) return { error: 'skipped' };
    return { instant: zoned.toInstant().toString() };
  } catch {
    return { error: 'unreadable' };
  }
}

/** The start of a day (`2030-06-21`) in the visitor's time zone, as an instant. */
export function startOfDay(day: string, plusDays = 0): string {
  return Temporal.PlainDate.from(day).add({ days: plusDays }).toZonedDateTime(ownTimeZone()).toInstant().toString();
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Caches formats, because creating one is slow. */
function format(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${JSON.stringify(options)}`;
  const found =
    formats.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...options, timeZone: knownTimeZone(timeZone) ?? 'UTC' });
  formats.set(key, found);
  return found;
}

const time = { hour: '2-digit', minute: '2-digit' } as const;
const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;

/** The parts of a date for the list: `21`, `Fri` and `June 2030`. */
export function datePartsOf(instant: string, timeZone: string) {
  const date = new Date(instant);
  return {
    day: format(timeZone, { day: 'numeric' }).format(date),
    weekday: format(timeZone, { weekday: 'short' }).format(date),
    month: format(timeZone, { month: 'long', year: 'numeric' }).format(date),
  };
}

/** `20:00 – 00:00`, or with the date of the end if the event lasts 18 hours or longer. */
export function timeRangeOf(startsAt: string, endsAt: string, timeZone: string): string {
  const [from, to] = [new Date(startsAt), new Date(endsAt)];
  const untilNextMorning = to.getTime() - from.getTime() < 18 * 3_600_000;
  const end = untilNextMorning ? time : { ...day, ...time, year: undefined };
  return `${format(timeZone, time).format(from)} – ${format(timeZone, end).format(to)}`;
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
  if (knownTimeZone(timeZone) === undefined) return `UTC, as this browser does not know ${timeZone}`;
  const city = (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
  const offset = format(timeZone, { timeZoneName: 'shortOffset' })
    .formatToParts(new Date(instant))
    .find(({ type }) => type === 'timeZoneName')?.value;
  return offset === undefined || offset === city || timeZone === 'UTC' ? city : `${city} (${offset})`;
}

/** Whether an instant has the same local time in both time zones. */
export function hasSameLocalTime(instant: string, one: string, other: string): boolean {
  return localTimeOf(instant, one) === localTimeOf(instant, other);
}
