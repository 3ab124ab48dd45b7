import type { Stores } from './dependencies.ts';
import { statusOfUser } from './find.ts';
import { isActive, type RegistrationLookup, statusOf } from './model.ts';

/** Reads registrations for other domains: see `RegistrationLookup`. */
export function createRegistrationLookup(stores: Pick<Stores, 'registrations' | 'seats'>): RegistrationLookup {
  const { registrations, seats } = stores;
  return {
    async ofUser(userId, limit, signal) {
      const { records } = await registrations.ofUser(userId, { limit }, signal);
      const active = records.filter(isActive);
      const counters = await seats.getMany(
        active.map(({ eventId }) => eventId),
        { consistentRead: true, signal },
      );
      return active.map((record, index) => ({
        eventId: record.eventId,
        status: statusOf(record, counters[index] ?? {}),
      }));
    },

    statusOf: (eventId, userId, seats, signal) => statusOfUser({ eventId, userId, seats }, stores, signal),
  };
}
