import type { Event as ApiEvent } from '@event-management/client';
import { datePartsOf } from '../time.ts';

/** Groups consecutive events of the same month, each in its own time zone; keeps their order. */
export function byMonth(
  events: readonly ApiEvent[],
): readonly { readonly month: string; readonly events: readonly ApiEvent[] }[] {
  const months: { month: string; events: ApiEvent[] }[] = [];
  for (const event of events) {
    const { month } = datePartsOf(event.startsAt, event.timeZone);
    const last = months.at(-1);
    if (last?.month === month) last.events.push(event);
    else months.push({ month, events: [event] });
  }
  return months;
}
