import type { Event as ApiEvent } from '@event-management/client';
import { texts } from './texts.ts';
import { datePartsOf, localTimeOf } from './time.ts';

/** The events of one month, or those that take place now. */
export interface Month {
  /** Such as `June 2030`. */
  readonly month: string;
  readonly events: readonly ApiEvent[];
}

/** How the groups of a list are ordered. */
export interface Order {
  /** Whether the list begins with the last event. */
  readonly latestFirst?: boolean;
  /** Whether what takes place now is a group of its own, before all months. */
  readonly nowFirst?: boolean;
}

/** Whether an event takes place now: drafts and cancelled events do not. */
export const isOn = ({ status, phase }: ApiEvent) => status === 'published' && phase === 'ongoing';

/**
 * Groups the events of a list by month, each in its own time zone; keeps their order within a month. Around the end of a month, the order
 * of months and the order of starts differ between time zones.
 */
export function byMonth(
  events: readonly ApiEvent[],
  { latestFirst = false, nowFirst = false }: Order = {},
): readonly Month[] {
  const months = new Map<string, { month: string; events: ApiEvent[] }>();
  const now = nowFirst ? events.filter(isOn) : [];
  for (const event of events) {
    if (now.includes(event)) continue;
    const key = localTimeOf(event.startsAt, event.timeZone).slice(0, 7);
    const found = months.get(key) ?? { month: datePartsOf(event.startsAt, event.timeZone).month, events: [] };
    found.events.push(event);
    months.set(key, found);
  }
  const sorted = [...months].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, month]) => month);
  if (latestFirst) sorted.reverse();
  return now.length === 0 ? sorted : [{ month: texts.ongoing, events: now }, ...sorted];
}
