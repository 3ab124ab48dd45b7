/** What is read completely stays complete if the database ends its pages early. */
import { randomUUID } from 'node:crypto';
import { createFeedRepository } from '../../src/domain/calendars/repository.ts';
import { maxFeeds } from '../../src/domain/calendars/model.ts';
import { createCheckInRepository } from '../../src/domain/registrations/check-ins/repository.ts';
import { createRegistrations } from '../../src/domain/registrations/index.ts';
import { newRecord } from '../../src/domain/registrations/model.ts';
import { createRegistrationRepository } from '../../src/domain/registrations/repository.ts';
import type { Database, Item } from '../../src/storage/database.ts';
import { newPerson } from '../support/registrations.ts';
import { createTestTables, type TestTables } from '../support/tables.ts';

const at = '2030-06-01T12:00:00Z';
const signal = AbortSignal.timeout(60_000);

/** A database whose pages have one item, and between two of them is an empty page. */
function withShortPages(database: Database): Database {
  let lastKey: Item | undefined;
  let isEmpty = false;
  return {
    ...database,
    async query(input, options) {
      isEmpty = !isEmpty && lastKey !== undefined;
      if (isEmpty) return { items: [], scannedCount: 0, lastKey };
      const page = await database.query({ ...input, Limit: 1 }, options);
      ({ lastKey } = page);
      return page;
    },
  };
}

let table: TestTables;
let short: Database;
let tableName: string;
beforeAll(async () => {
  table = await createTestTables();
  tableName = table.tableNames.registrations;
});
beforeEach(() => {
  short = withShortPages(table.database);
});
afterAll(() => table.drop());

/** Registers a user for three events, one after the other. */
async function registerThrice(): Promise<{ userId: string; eventIds: string[] }> {
  const userId = newPerson();
  const eventIds = [randomUUID(), randomUUID(), randomUUID()];
  const repository = createRegistrationRepository(table.database, tableName);
  for (const [minute, eventId] of eventIds.entries())
    await repository.put(
      newRecord({ eventId, number: 1, userId, name: 'n', at: `2030-06-01T12:0${minute}:00Z` }),
      signal,
    );
  return { userId, eventIds: eventIds.reverse() };
}

it('the count of people who are checked in', async () => {
  const eventId = randomUUID();
  for (let number = 0; number < 8; number += 1)
    await table.database.put({ TableName: tableName, Item: { scope: `${eventId}/check-ins`, number, checkedIn: 10 } });
  expect(await createCheckInRepository(short, tableName).count(eventId, signal)).toBe(80);
});

it('the feeds of a user, without what else is stored of them', async () => {
  const userId = newPerson();
  const feeds = createFeedRepository(table.database, table.tableNames['calendar-feeds']);
  const ids = Array.from({ length: maxFeeds }, () => randomUUID());
  for (const feedId of ids) {
    const source = { kind: 'my-registrations' } as const;
    const keys = { salt: 's', fingerprint: 'f' };
    await feeds.create({ feedId, userId, source, createdAt: at, fileDigest: feedId, requestId: 'r', ...keys }, signal);
  }
  const [deleted = '', ...kept] = ids;
  const feed = await feeds.get(userId, deleted, signal);
  expect(feed && (await feeds.remove(feed, at, signal))).toBe(true);
  const found = await createFeedRepository(short, table.tableNames['calendar-feeds']).ofUser(userId, signal);
  expect(found.map(({ feedId }) => feedId).sort()).toEqual(kept.sort());
});

it('the registrations of a user for a calendar, up to a limit', async () => {
  const { userId, eventIds } = await registerThrice();
  const registrations = createRegistrations({ database: short, tableName });
  const found = async (limit: number) =>
    (await registrations.ofUser(userId, limit, signal)).map(({ eventId }) => eventId);
  expect(await found(500)).toEqual(eventIds);
  expect(await found(2)).toEqual(eventIds.slice(0, 2));
});

it('the pages of a user’s own registrations', async () => {
  const { userId, eventIds } = await registerThrice();
  const repository = createRegistrationRepository(short, tableName);
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await repository.ofUser(userId, { limit: 2, after }, signal);
    found.push(...page.records.map(({ eventId }) => eventId));
    after = page.position;
  } while (after !== undefined);
  expect(found).toEqual(eventIds);
});
