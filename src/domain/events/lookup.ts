import { instantOf } from '../shared/instants.ts';
import { organizerAccess } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import { type EventLookup, type EventRecord, isVisible } from './model.ts';
import { readWithSeats } from './seats.ts';
import { toListedEvent } from './view.ts';

/** How many pages of an organizer's events are read for a calendar: many of them may be drafts. */
const maxPages = 2;

/** Reads events for other domains: see `EventLookup`. */
export function createEventLookup({
  events,
  seats: repository,
  lists,
  now,
}: Pick<Dependencies, 'events' | 'seats' | 'lists' | 'now'>): EventLookup {
  const readNow = (eventId: string, signal: AbortSignal) =>
    readWithSeats(eventId, { events, seats: repository }, instantOf(now()), signal);
  return {
    getMany: (eventIds, signal) => events.getMany(eventIds, signal),

    async publishedBy(organizerId, { endsAfter, limit }, signal) {
      const scope = { kind: 'own', organizerId } as const;
      const status = ['published', 'cancelled'] as const;
      const found: EventRecord[] = [];
      let after: string | undefined;
      for (let pages = 0; pages < maxPages && found.length < limit; pages += 1) {
        const request = { scope, endsAfter, status, order: 'asc' as const, limit: limit - found.length };
        const page = await lists.page(after === undefined ? request : { ...request, after }, signal);
        found.push(...page.items);
        after = page.position;
        if (after === undefined) break;
      }
      return found;
    },

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
