import type { Event as ApiEvent } from '@event-management/client';
import { datePartsOf, localTimeOf } from './time.ts';

/** The events of one month. */
export interface Month {
  /** Such as `June 2030`. */
  readonly month: string;
  readonly events: readonly ApiEvent[];
}

/**
 * Groups the events of a list by month, each in its own time zone; keeps their order within a month. Around the end of a month, the order
 * of months and the order of starts differ between time zones.
 *
 * @param latestFirst whether the list begins with the last event
 */
export function byMonth(events: readonly ApiEvent[], latestFirst = false): readonly Month[] {
  const months = new Map<string, { month: string; events: ApiEvent[] }>();
  for (const event of events) {
    const key = localTimeOf(event.startsAt, event.timeZone).slice(0, 7);
    const found = months.get(key) ?? { month: datePartsOf(event.startsAt, event.timeZone).month, events: [] };
    found.events.push(event);
    months.set(key, found);
  }
  const sorted = [...months].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, month]) => month);
  return latestFirst ? sorted.reverse() : sorted;
}
