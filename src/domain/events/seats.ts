/** An event with its seats, which are an item of their own. */
import type { Instant } from '../shared/instants.ts';
import type { Seats } from '../shared/seats/model.ts';
import type { Dependencies } from './dependencies.ts';
import { type EventRecord, newSeatsOf } from './model.ts';

export interface EventWithSeats {
  readonly event: EventRecord | undefined;
  readonly seats: Seats | undefined;
}

/**
 * Reads an event and its seats, consistently, but not as one snapshot. A published event without seats, from before events had any,
 * gets them here.
 */
export async function readWithSeats(
  eventId: string,
  { events, seats: repository }: Pick<Dependencies, 'events' | 'seats'>,
  at: Instant,
  signal: AbortSignal,
): Promise<EventWithSeats> {
  for (;;) {
    const [event, seats] = await Promise.all([events.get(eventId, signal), repository.get(eventId, signal)]);
    if (event?.status !== 'published' || seats !== undefined) return { event, seats };
    const created = newSeatsOf(event, at);
    if (await events.createFor(event, repository.create(eventId, created), signal)) return { event, seats: created };
  }
}
