/** What registrations need to know of events. */
import type { Event } from '../../contract/generated/types.ts';
import type { Instant } from '../shared/instants.ts';
import { instantOf } from '../shared/instants.ts';
import type { Seats } from '../shared/seats/model.ts';
import { organizerAccess } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import { type EventRecord, isVisible, toEvent } from './model.ts';
import { readWithSeats } from './seats.ts';

export interface EventLookup {
  /** The event, if the caller may see it. */
  find(
    eventId: string,
    caller: string,
    signal: AbortSignal,
  ): Promise<
    { readonly event: EventRecord; readonly seats: Seats | undefined } | { readonly problem: 'event-not-found' }
  >;
  /** The event, if it is the caller's. */
  findOwn(
    eventId: string,
    caller: string,
    signal: AbortSignal,
  ): Promise<
    | { readonly event: EventRecord; readonly seats: Seats | undefined }
    | { readonly problem: 'event-not-found' | 'not-event-organizer' }
  >;
  /** The events as the caller sees them, in order; undefined where the caller does not. */
  describe(
    eventIds: readonly string[],
    caller: string,
    at: Instant,
    signal: AbortSignal,
  ): Promise<(Event | undefined)[]>;
}

export function createEventLookup({
  events,
  seats: repository,
  now,
}: Pick<Dependencies, 'events' | 'seats' | 'now'>): EventLookup {
  const readNow = (eventId: string, signal: AbortSignal) =>
    readWithSeats(eventId, { events, seats: repository }, instantOf(now()), signal);
  return {
    async find(eventId, caller, signal) {
      const { event, seats } = await readNow(eventId, signal);
      return event && isVisible(event, caller) ? { event, seats } : { problem: 'event-not-found' };
    },

    async findOwn(eventId, caller, signal) {
      const { event, seats } = await readNow(eventId, signal);
      const access = organizerAccess(event, caller);
      return 'problem' in access ? access : { event: access.event, seats };
    },

    async describe(eventIds, caller, at, signal) {
      const [records, counters] = await Promise.all([
        events.getMany(eventIds, signal),
        repository.getMany(eventIds, { signal }),
      ]);
      return records.map((record, index) =>
        record && isVisible(record, caller) ? toEvent(record, counters[index], { caller, at }) : undefined,
      );
    },
  };
}
