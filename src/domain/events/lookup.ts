import { instantOf } from '../shared/instants.ts';
import { organizerAccess } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import type { ListRequest } from './list-query.ts';
import { type EventLookup, type EventRecord, isVisible } from './model.ts';
import { readWithSeats } from './seats.ts';
import { toListedEvent } from './view.ts';

/** How many published events of an organizer are read for a calendar: what fits into a page, and up to so many pages. */
const pageSize = 250;
const maxPages = 3;

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
      // The index of published events skips those of the past. Cancelled ones are among all events of the organizer only.
      const published = { scope: { kind: 'published', organizerId }, endsAfter } as const;
      const own = { scope: { kind: 'own', organizerId }, startsFrom: endsAfter, status: ['cancelled'] } as const;
      const [shown, off] = await Promise.all([
        read(lists, published, { limit, pages: maxPages }, signal),
        read(lists, own, { limit, pages: 1 }, signal),
      ]);
      // The indexes lag: an event that has just been cancelled can be in both.
      const cancelled = new Set(off.map(({ eventId }) => eventId));
      return [...shown.filter(({ eventId }) => !cancelled.has(eventId)), ...off];
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

/** Reads pages of a list, the earliest first, until there are enough events. */
async function read(
  lists: Dependencies['lists'],
  request: Omit<ListRequest, 'order' | 'limit' | 'after'>,
  { limit, pages }: { readonly limit: number; readonly pages: number },
  signal: AbortSignal,
): Promise<EventRecord[]> {
  const found: EventRecord[] = [];
  let after: string | undefined;
  for (let page = 0; page < pages && found.length < limit; page += 1) {
    const wanted = Math.min(pageSize, limit - found.length);
    const start = after === undefined ? {} : { after };
    const { items, position } = await lists.page({ ...request, ...start, order: 'asc', limit: wanted }, signal);
    found.push(...items);
    if (position === undefined) break;
    after = position;
  }
  return found;
}
