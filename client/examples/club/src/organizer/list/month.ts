/** The days of a month, and the events on each. */
import type { Event as ApiEvent } from '@event-management/client';
import { localTimeOf } from '../../shared/time.ts';

/** The month before or after one, or the current one: `2030-06`. */
export const monthAfter = (month: string, months: number) =>
  Temporal.PlainYearMonth.from(month).add({ months }).toString();
export const currentMonth = (timeZone: string) => Temporal.Now.plainDateISO(timeZone).toPlainYearMonth().toString();

/** The first instant of a month in a time zone. */
export const firstInstantOfMonth = (month: string, timeZone: string) =>
  Temporal.PlainDate.from(`${month}-01`).toZonedDateTime(timeZone).toInstant().toString();

/** The day that weeks begin with where the visitor lives, from 1 for Monday to 7 for Sunday; Monday if the browser does not know it. */
export function firstDayOfWeek(locale: string): number {
  const known = new Intl.Locale(locale) as { weekInfo?: { firstDay: number }; getWeekInfo?(): { firstDay: number } };
  return (known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 1;
}

/** The weeks of a month, each with seven days such as `2030-06-21`; undefined for days of other months. */
export function weeksOf(month: string, firstDay: number): readonly (readonly (string | undefined)[])[] {
  const first = Temporal.PlainDate.from(`${month}-01`);
  const before = (first.dayOfWeek - firstDay + 7) % 7;
  const count = Math.ceil((before + first.daysInMonth) / 7);
  const dayAt = (index: number) =>
    index < 0 || index >= first.daysInMonth ? undefined : first.add({ days: index }).toString();
  return Array.from({ length: count }, (_, week) =>
    Array.from({ length: 7 }, (_day, weekday) => dayAt(week * 7 + weekday - before)),
  );
}

/** The first and the last day of an event in a time zone. It is not on a day that begins when it ends. */
export function daysOf({ startsAt, endsAt }: ApiEvent, timeZone: string): readonly [first: string, last: string] {
  const last = Temporal.Instant.from(endsAt).subtract({ seconds: 1 }).toString();
  return [localTimeOf(startsAt, timeZone).slice(0, 10), localTimeOf(last, timeZone).slice(0, 10)];
}
