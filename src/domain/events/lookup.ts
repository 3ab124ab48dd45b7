import { instantOf } from '../shared/instants.ts';
import { organizerAccess } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import { type EventLookup, isVisible } from './model.ts';
import { readWithSeats } from './seats.ts';
import { toListedEvent } from './view.ts';

/** Reads events for other domains: see `EventLookup`. */
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

    async describe(eventIds, view, signal) {
      const [records, counters] = await Promise.all([
        events.getMany(eventIds, signal),
        repository.getMany(eventIds, { signal }),
      ]);
      return records.map((record, index) =>
        record && isVisible(record, view.caller)
          ? (attends: boolean) => toListedEvent(record, counters[index], { ...view, attends })
          : undefined,
      );
    },
  };
}
