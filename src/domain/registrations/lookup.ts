import type { Stores } from './dependencies.ts';
import { statusOfUser } from './find.ts';
import { isActive, isOf, type RegistrationLookup, type RegistrationRecord, statusOf } from './model.ts';
import type { UserKey } from './repository.ts';

/** Reads registrations for other domains: see `RegistrationLookup`. */
export function createRegistrationLookup(stores: Pick<Stores, 'registrations' | 'seats'>): RegistrationLookup {
  const { registrations, seats } = stores;

  /** The latest keys of a user. A page can end early. */
  async function latestOf(userId: string, limit: number, signal: AbortSignal): Promise<UserKey[]> {
    const keys: UserKey[] = [];
    for (let after: string | undefined; ;) {
      const range = { limit: limit - keys.length, ...(after === undefined ? {} : { after }) };
      const page = await registrations.ofUser(userId, range, signal);
      keys.push(...page.keys);
      after = page.position;
      if (after === undefined || keys.length >= limit) return keys;
    }
  }

  return {
    async ofUser(userId, limit, signal) {
      const keys = await latestOf(userId, limit, signal);
      // The index can lag: only what is in the table counts.
      const entries = await registrations.getMany(keys, signal);
      const active = entries.filter((entry): entry is RegistrationRecord => isOf(entry, userId) && isActive(entry));
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
