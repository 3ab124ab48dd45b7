import type { Event as ApiEvent } from '@event-management/client';

/** Each event of several pages once: one whose start was changed between two requests can be in both responses. */
export function distinctEvents(events: readonly ApiEvent[]): readonly ApiEvent[] {
  return [...new Map(events.map((event) => [event.eventId, event])).values()];
}
