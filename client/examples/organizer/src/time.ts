/** Times as an event's own clock shows them. The API speaks in UTC; people think in the time of the place. */

/** What a field for a local date and time holds, such as `2030-06-21T20:00`. */
export type WallTime = string;

/** Loads Temporal where the browser does not have it yet. */
export async function prepareTime(): Promise<void> {
  if (!('Temporal' in globalThis)) await import('temporal-polyfill/global');
}

/** The time zone of the visitor. */
export const ownTimeZone = () => Temporal.Now.timeZoneId();

/** All time zones that this browser can offer. */
export const timeZones = () => [...new Set(['UTC', ownTimeZone(), ...Intl.supportedValuesOf('timeZone')])];

/** An event may come from a newer list of time zones than this browser's. */
function known(timeZone: string): string | undefined {
  try {
    Temporal.Now.instant().toZonedDateTimeISO(timeZone);
    return timeZone;
  } catch {
    return undefined;
  }
}

/** The local time of a moment, to the minute, as a `datetime-local` field wants it. */
export function wallTime(instant: string, timeZone: string): WallTime {
  return Temporal.Instant.from(instant)
    .toZonedDateTimeISO(known(timeZone) ?? 'UTC')
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
}

/** The same time of day, a week later. */
export function weekLater(local: WallTime): WallTime {
  return Temporal.PlainDateTime.from(local).add({ weeks: 1 }).toString({ smallestUnit: 'minute' });
}

/** Why a local time cannot be converted to an instant. */
export type TimeError = 'unreadable' | 'unknown-time-zone' | 'skipped';

/**
 * The moment at which the clocks of a time zone show a local time: of two (when clocks go back) the first.
 * `skipped` means that clocks jump over it.
 */
export function instantOf(local: WallTime, timeZone: string): { instant: string } | { error: TimeError } {
  if (known(timeZone) === undefined) return { error: 'unknown-time-zone' };
  try {
    const plain = Temporal.PlainDateTime.from(local);
    const zoned = plain.toZonedDateTime(timeZone);
    if (!zoned.toPlainDateTime().equals(plain)) return { error: 'skipped' };
    return { instant: zoned.toInstant().toString() };
  } catch {
    return { error: 'unreadable' };
  }
}

/** The first moment of a day (`2030-06-21`) in one's own time zone. */
export function startOfDay(day: string, plusDays = 0): string {
  return Temporal.PlainDate.from(day).add({ days: plusDays }).toZonedDateTime(ownTimeZone()).toInstant().toString();
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats are costly to make and few. */
function format(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${JSON.stringify(options)}`;
  const found =
    formats.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...options, timeZone: known(timeZone) ?? 'UTC' });
  formats.set(key, found);
  return found;
}

const time = { hour: '2-digit', minute: '2-digit' } as const;
const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;

/** `21` and `Fri`, for the leaf of a calendar, and `June 2030`, the heading above it. */
export function leafOf(instant: string, timeZone: string) {
  const date = new Date(instant);
  return {
    day: format(timeZone, { day: 'numeric' }).format(date),
    weekday: format(timeZone, { weekday: 'short' }).format(date),
    month: format(timeZone, { month: 'long', year: 'numeric' }).format(date),
  };
}

/** `20:00 – 00:00`, or with days where it lasts longer than to the end of the night. */
export function spanOf(startsAt: string, endsAt: string, timeZone: string): string {
  const [from, to] = [new Date(startsAt), new Date(endsAt)];
  const untilNextMorning = to.getTime() - from.getTime() < 18 * 3_600_000;
  const end = untilNextMorning ? time : { ...day, ...time, year: undefined };
  return `${format(timeZone, time).format(from)} – ${format(timeZone, end).format(to)}`;
}

/** `Fri, 21 Jun 2030`. */
export function dayOf(instant: string, timeZone: string): string {
  return format(timeZone, day).format(new Date(instant));
}

/** `Fri, 21 Jun 2030, 20:00`. */
export function momentOf(instant: string, timeZone: string): string {
  return format(timeZone, { ...day, ...time }).format(new Date(instant));
}

/** `Berlin (GMT+2)`: the name of a time zone as people say it, with the offset that it has at a moment. */
export function zoneOf(instant: string, timeZone: string): string {
  if (known(timeZone) === undefined) return `UTC, as this browser does not know ${timeZone}`;
  const city = (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
  const offset = format(timeZone, { timeZoneName: 'shortOffset' })
    .formatToParts(new Date(instant))
    .find(({ type }) => type === 'timeZoneName')?.value;
  return offset === undefined || offset === city || timeZone === 'UTC' ? city : `${city} (${offset})`;
}

/** Whether the clocks of two time zones show the same at a moment. */
export function sameClock(instant: string, one: string, other: string): boolean {
  return wallTime(instant, one) === wallTime(instant, other);
}
