import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { durationClasses } from '../../src/domain/events/index-keys.ts';
import type { EventRecord } from '../../src/domain/events/model.ts';
import { instantOf } from '../../src/domain/shared/instants.ts';
import { createEventLists } from '../../src/domain/events/list.ts';
import type { ListRequest } from '../../src/domain/events/list-query.ts';
import { countQueries } from '../support/counting.ts';
import { testUsers } from '../support/issuer.ts';
import { recordOf, seed, sortKeyOf } from '../support/seed.ts';
import { createTestTables, type TestTables } from '../support/tables.ts';

const small = 100;
const large = 3_000;
const { organizer: organizerId } = testUsers;

const minute = (index: number) => instantOf(new Date(Date.UTC(2031, 0, 1, 0, index)));
const createRecords = (count: number): EventRecord[] =>
  Array.from({ length: count }, (_, index) => recordOf({ startsAt: minute(index), tags: ['music'] }));

const scopes: readonly ListRequest['scope'][] = [
  { kind: 'everybody' },
  { kind: 'own', organizerId },
  { kind: 'published', organizerId },
];

/** One query for each duration class, except for the caller's own events. */
const queriesOf = ({ kind }: ListRequest['scope']) => (kind === 'own' ? 1 : durationClasses.length);

describe('The cost of a page', () => {
  const tables: { table: TestTables; events: EventRecord[] }[] = [];
  beforeAll(async () => {
    for (const count of [small, large]) {
      const table = await createTestTables();
      const events = createRecords(count);
      tables.push({ table, events });
      await seed(table, events);
    }
  }, 30_000);
  afterAll(() => Promise.all(tables.map(({ table }) => table.drop())));

  /** The cost of a page that starts after `depth` events. */
  async function costOf(
    { table, events }: (typeof tables)[number],
    depth: number,
    request: Omit<ListRequest, 'order' | 'limit'>,
  ) {
    const { database, count } = countQueries(table.database);
    const position = depth === 0 ? {} : { after: sortKeyOf(events[depth - 1] as EventRecord) };
    const lists = createEventLists(database, table.tableNames.events);
    const page = await lists.page({ ...request, ...position, order: 'asc', limit: 25 }, new AbortController().signal);
    expect(page.items).toHaveLength(25);
    return { queries: count.queries, scanned: count.scanned };
  }

  it.each(scopes)('is the same for few and many events, and for the first and a deep page (%j)', async (scope) => {
    const [few, many] = tables as [(typeof tables)[number], (typeof tables)[number]];
    const costs = [
      await costOf(few, 0, { scope }),
      await costOf(few, 50, { scope }),
      await costOf(many, 0, { scope }),
      await costOf(many, 2_900, { scope }),
    ];
    expect(costs).toEqual(costs.map(() => ({ queries: queriesOf(scope), scanned: 25 })));
  });

  it.each(scopes)(
    'is the same for few and many events with a tag, and for the first and a deep page (%j)',
    async (scope) => {
      const request = { scope, tag: 'music' };
      const [few, many] = tables as [(typeof tables)[number], (typeof tables)[number]];
      const costs = [
        await costOf(few, 0, request),
        await costOf(few, 50, request),
        await costOf(many, 0, request),
        await costOf(many, 2_900, request),
      ];
      expect(costs).toEqual(costs.map(() => ({ queries: queriesOf(scope), scanned: 50 })));
    },
  );

  it('is limited by the list budget if no event matches', async () => {
    const { table } = tables[1] as (typeof tables)[number];
    const { database, count } = countQueries(table.database);
    const lists = createEventLists(database, table.tableNames.events);
    const page = await lists.page(
      { scope: { kind: 'everybody' }, tag: 'rare', order: 'asc', limit: 25 },
      new AbortController().signal,
    );
    expect(page).toEqual({ items: [], position: expect.any(String) as string });
    expect({ queries: count.queries, scanned: count.scanned }).toEqual({ queries: 10, scanned: 500 });
  });

  it.each([
    { startsFrom: minute(5), startsBefore: minute(5) },
    { startsFrom: minute(6), startsBefore: minute(5) },
    { startsBefore: minute(5), after: sortKeyOf(recordOf({ startsAt: minute(5) })) },
  ])('is zero if the range is empty (%j)', async (range) => {
    const { table } = tables[0] as (typeof tables)[number];
    const { database, count } = countQueries(table.database);
    const lists = createEventLists(database, table.tableNames.events);
    expect(
      await lists.page(
        { scope: { kind: 'everybody' }, ...range, order: 'asc', limit: 25 },
        new AbortController().signal,
      ),
    ).toEqual({ items: [] });
    expect(count.queries).toBe(0);
  });
});

describe('The cost of a page of events that have not ended', () => {
  const hour = 3_600_000;
  const now = Date.UTC(2031, 5, 1);
  const at = (hours: number) => instantOf(new Date(now + hours * hour));
  const eventOf = (starts: number, hours: number) => recordOf({ startsAt: at(starts), endsAt: at(starts + hours) });
  /** An event each ten minutes from eight hours before to two days after, and a few that started long before. */
  const near = [
    ...Array.from({ length: 330 }, (_, index) => eventOf(index / 6 - 8, 1)),
    ...Array.from({ length: 5 }, (_, index) => eventOf(-24 * (10 + index), 24 * 20)),
  ];
  /** Short events that ended days before, and events to come. */
  const far = [
    ...Array.from({ length: 1_500 }, (_, index) => eventOf(-48 - index * 5, 1 + (index % 4))),
    ...Array.from({ length: 500 }, (_, index) => eventOf(72 + index, 3)),
  ];
  let tables: TestTables[];
  beforeAll(async () => {
    tables = [await createTestTables(), await createTestTables()];
    const [few, many] = tables as [TestTables, TestTables];
    await seed(few, near);
    await seed(many, [...near, ...far]);
  }, 30_000);
  afterAll(() => Promise.all(tables.map((table) => table.drop())));

  it.each([{ kind: 'everybody' }, { kind: 'published', organizerId }] as const)(
    'does not depend on the events that ended long before, nor on those to come (%j)',
    async (scope) => {
      const costs: unknown[] = [];
      for (const table of tables) {
        const { database, count } = countQueries(table.database);
        const lists = createEventLists(database, table.tableNames.events);
        const request = { scope, endsAfter: at(0), order: 'asc', limit: 25 } as const;
        const page = await lists.page(request, new AbortController().signal);
        expect(page.items.every(({ endsAt }) => endsAt > at(0))).toBe(true);
        expect(page.items).toHaveLength(25);
        costs.push({ queries: count.queries, scanned: count.scanned });
      }
      expect(costs[1]).toEqual(costs[0]);
      expect((costs[0] as { scanned: number }).scanned).toBeLessThanOrEqual(150);
    },
  );
});

describe('The sources of the server', () => {
  it('use no scan, PartiQL or start key of DynamoDB', async () => {
    const files = (await readdir('src', { recursive: true })).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
    );
    const texts = await Promise.all(
      files.map(async (file) => ({ file, text: await readFile(join('src', file), 'utf8') })),
    );
    expect(texts.length).toBeGreaterThan(20);
    expect(
      texts
        .filter(({ text }) => /ScanCommand|paginateScan|\.scan\(|PartiQL|ExecuteStatement|ExclusiveStartKey/.test(text))
        .map(({ file }) => file),
    ).toEqual([]);
  });
});
