/** What the database holds is checked when it is read: a restore, a script or an earlier release may have written it. */
import { draftRecord } from '../../test/support/event-records.ts';
import { emptySeats, registrationOf } from '../../test/support/seed.ts';
import type { Database, Item } from '../storage/database.ts';
import { createFeedRepository } from './calendars/repository.ts';
import { parseRecord } from './events/repository.ts';
import { toEntry } from './registrations/repository.ts';
import { createSeatsRepository } from './shared/seats/repository.ts';

const { signal } = new AbortController();
const database = (item: Item) => ({ get: () => Promise.resolve(item) }) as unknown as Database;

const { eventId, ...registration } = registrationOf();
const key = { scope: eventId };
const feed = {
  feedId: eventId,
  userId: 'a user',
  source: { kind: 'my-registrations' },
  createdAt: '2026-01-01T00:00:00Z',
  fileDigest: 'a digest',
  requestId: 'a request',
};

interface Kind {
  readonly what: string;
  readonly item: Item;
  /** Reads the item, and rejects if it is something else. */
  readonly read: (item: Item) => unknown;
  readonly required: readonly string[];
}

const kinds: readonly Kind[] = [
  {
    what: 'an event',
    item: { ...draftRecord() },
    read: parseRecord,
    required: ['eventId', 'organizerId', 'status', 'startsAt', 'endsAt', 'revision', 'nonce'],
  },
  {
    what: 'a registration',
    item: { ...key, ...registration },
    read: toEntry,
    required: ['number', 'revision', 'registeredAt'],
  },
  {
    what: 'a void',
    item: { ...key, number: 1, void: true, at: registration.registeredAt },
    read: toEntry,
    required: ['at'],
  },
  {
    what: 'the counters of an event',
    item: { ...emptySeats },
    read: (item) => createSeatsRepository(database(item), 'registrations').get(eventId, signal),
    required: Object.keys(emptySeats),
  },
  {
    what: 'a feed',
    item: feed,
    read: (item) => createFeedRepository(database(item), 'calendar-feeds').get('a user', eventId, signal),
    required: Object.keys(feed),
  },
  {
    what: 'the content of a feed',
    item: { userId: feed.userId, source: feed.source },
    read: (item) => createFeedRepository(database(item), 'calendar-feeds').findByDigest('a digest', signal),
    required: ['userId', 'source'],
  },
];

const cases = kinds.flatMap(({ required, ...kind }) => required.map((name) => [kind.what, name, kind] as const));

it.each(cases)('an item is not taken for %s without %s, or with another type of it', async (_what, name, kind) => {
  const read = async (item: Item) => kind.read(item);
  expect(await read(kind.item)).toBeDefined();
  for (const value of [undefined, true, 7, 'text'].filter((one) => typeof one !== typeof kind.item[name]))
    await expect(read({ ...kind.item, [name]: value })).rejects.toThrow(
      /^An item of the .* table (is not|does not have) /,
    );
});
