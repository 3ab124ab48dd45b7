import type { Event as ApiEvent } from '@event-management/client';
import { leafOf } from '../time.ts';

/** Events in the order in which they came, in groups of the same month; each in its own time zone. */
export function byMonth(
  events: readonly ApiEvent[],
): readonly { readonly month: string; readonly events: readonly ApiEvent[] }[] {
  const months: { month: string; events: ApiEvent[] }[] = [];
  for (const event of events) {
    const { month } = leafOf(event.startsAt, event.timeZone);
    const last = months.at(-1);
    if (last?.month === month) last.events.push(event);
    else months.push({ month, events: [event] });
  }
  return months;
}
