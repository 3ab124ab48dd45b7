import { createEvents } from '../../src/domain/events/index.ts';
import { durationClasses } from '../../src/domain/events/index-keys.ts';
import type { EventRecord } from '../../src/domain/events/model.ts';
import { maxEntries } from '../../src/domain/calendars/model.ts';
import { createFeedRepository } from '../../src/domain/calendars/repository.ts';
import { instantOf } from '../../src/domain/shared/instants.ts';
import { countQueries } from '../support/counting.ts';
import { newPerson } from '../support/registrations.ts';
import { recordOf, seed } from '../support/seed.ts';
import { createTestTables, type TestTables } from '../support/tables.ts';
import { inFull } from '../support/sample.ts';

const hour = 3_600_000;
const now = new Date('2031-01-01T00:00:00Z');
const inHours = (hours: number) => instantOf(new Date(now.getTime() + hours * hour));
const signal = AbortSignal.timeout(60_000);

describe('The cost of a calendar', () => {
  let table: TestTables;
  beforeAll(async () => {
    table = await createTestTables();
  });
  afterAll(() => table.drop());

  /** What the calendar of a new organizer with these events has, and what it costs. */
  async function calendarOf(records: readonly Partial<EventRecord>[]) {
    const organizerId = newPerson();
    await seed(
      table,
      records.map((record) => recordOf({ organizerId, ...record })),
    );
    const { database, count } = countQueries(table.database);
    const events = createEvents({ database, tableNames: table.tableNames, now: () => now });
    const found = await events.publishedBy(organizerId, { endsAfter: inHours(0), limit: maxEntries }, signal);
    return { events: found.length, queries: count.queries, scanned: count.scanned };
  }

  it('does not depend on the events of the past', async () => {
    const past = Array.from({ length: 1_200 }, (_, index) => ({
      startsAt: inHours(-5 - index),
      endsAt: inHours(-4 - index),
    }));
    const future = Array.from({ length: 20 }, (_, index) => ({ startsAt: inHours(index), endsAt: inHours(index + 1) }));
    const { events, queries, scanned } = await calendarOf([...past, ...future]);
    expect({ events, queries }).toEqual({ events: 20, queries: durationClasses.length + 1 });
    // The published ones, of which those that started in the last four hours can be over, and all of the future.
    expect(scanned).toBeLessThanOrEqual(20 + 4 + 20);
  }, 60_000);

  inFull(
    'is limited if many events are drafts, or published',
    async () => {
      for (const status of ['draft', 'published'] as const) {
        const records = Array.from({ length: 1_100 }, (_, index) => ({
          startsAt: inHours(index),
          endsAt: inHours(index + 1),
          status,
        }));
        const { events, queries, scanned } = await calendarOf(records);
        expect(events).toBe(status === 'draft' ? 0 : 500);
        expect(queries).toBeLessThanOrEqual(30);
        expect(scanned).toBeLessThanOrEqual(1_500);
      }
    },
    60_000,
  );

  it('is up to three pages, so that many long events that are over hide none of the next', async () => {
    // Of these the index cannot tell that they are over. A page reads 500 of them.
    const over = Array.from({ length: 600 }, (_, index) => ({
      startsAt: inHours(-1_000 - index),
      endsAt: inHours(-1),
    }));
    const next = Array.from({ length: 5 }, (_, index) => ({ startsAt: inHours(index), endsAt: inHours(index + 1) }));
    const { events, queries, scanned } = await calendarOf([...over, ...next]);
    expect(events).toBe(5);
    expect(queries).toBeLessThanOrEqual(30);
    expect(scanned).toBeLessThanOrEqual(1_500);
  }, 60_000);

  it('is one read if there is no such feed', async () => {
    let calls = 0;
    const counted = new Proxy(table.database, {
      get(target, name: keyof typeof table.database) {
        calls += 1;
        return target[name];
      },
    });
    const feeds = createFeedRepository(counted, table.tableNames['calendar-feeds']);
    expect(await feeds.findByDigest('unknown', signal)).toBeUndefined();
    expect(calls).toBe(1);
  });
});
