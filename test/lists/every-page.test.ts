import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { durationClasses } from '../../src/domain/events/index-keys.ts';
import { maxHours } from '../../src/domain/events/times.ts';
import type { EventRecord } from '../../src/domain/events/model.ts';
import { createEventLists } from '../../src/domain/events/list.ts';
import type { ListRequest } from '../../src/domain/events/list-query.ts';
import { instantOf } from '../../src/domain/shared/instants.ts';
import { countQueries } from '../support/counting.ts';
import { inFull, sampled, scaled } from '../support/sample.ts';
import { recordOf, seed, seedAsEarlier, sortKeyOf } from '../support/seed.ts';
import { createTestTables, type TestTables } from '../support/tables.ts';

type Filters = Omit<ListRequest, 'after' | 'limit'>;

const statuses = ['draft', 'published', 'cancelled'] as const;
const organizers = ['ann', 'bob'];
/** Folded, as a request has them. */
const tags = ['jazz', 'cafe', 'rare'];
/** Parts of names, tags, places and names of organizers, folded. */
const words = ['ja', 'night', 'harb', 'strasse', 'associa', 'rare'];
/** Few instants, so that many events share one. */
const instants = Array.from({ length: 6 }, (_, hour) => `2030-06-21T1${hour}:00:00Z`);
/** Starts of events that may be running then, if they last that long. */
const earlier = ['2029-06-20T10:00:00Z', '2030-05-20T12:00:00Z', '2030-06-19T13:00:00Z', '2030-06-21T08:00:00Z'];
/** How long events last, in hours: at the bounds of the duration classes, and between them. */
const durations = [1 / 3_600, 1, 3, ...durationClasses.flatMap(({ hours }) => [hours, hours + 1 / 3_600])].filter(
  (hours) => hours <= maxHours,
);

const event = fc
  .record({
    eventId: fc.uuid(),
    organizerId: fc.constantFrom(...organizers),
    status: fc.constantFrom(...statuses, 'published' as const),
    startsAt: fc.oneof(
      { weight: 3, arbitrary: fc.constant(instants[2] as string) },
      { weight: 2, arbitrary: fc.constantFrom(...earlier) },
      fc.constantFrom(...instants),
    ),
    hours: fc.constantFrom(...durations),
    name: fc.constantFrom('Jazz Night', 'Früh', 'ＮＩＧＨＴ'),
    organizerName: fc.constantFrom('Jazz Association', undefined),
    location: fc.constantFrom(
      { kind: 'venue', name: 'Harbour', address: 'Uferstraße 12' } as const,
      { kind: 'online', url: 'https://night.example.com/' } as const,
    ),
    tags: fc.uniqueArray(fc.constantFrom('jazz', 'Café', 'music', 'Rarely'), { maxLength: 2 }),
  })
  .map(({ hours, organizerName, ...one }) => ({
    ...one,
    endsAt: instantOf(new Date(Date.parse(one.startsAt) + hours * 3_600_000)),
    ...(organizerName === undefined ? {} : { organizerName }),
  }));

const filters: fc.Arbitrary<Filters> = fc
  .record(
    {
      scope: fc.oneof(
        fc.constant({ kind: 'everybody' } as const),
        fc.record({
          kind: fc.constantFrom('published' as const, 'own' as const),
          organizerId: fc.constantFrom(...organizers),
        }),
      ),
      startsFrom: fc.constantFrom(...instants),
      startsBefore: fc.constantFrom(...instants, '2030-06-22T00:00:00Z'),
      endsAfter: fc.constantFrom(...instants),
      status: fc.uniqueArray(fc.constantFrom(...statuses), { minLength: 1 }),
      tag: fc.constantFrom(...tags),
      words: fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 2 }),
      order: fc.constantFrom('asc' as const, 'desc' as const),
    },
    { requiredKeys: ['scope', 'order'] },
  )
  .map(({ status, ...rest }) => ({ ...rest, ...(status && rest.scope.kind === 'own' ? { status } : {}) }));

/** The texts that are searched. */
function textsOf({ name, organizerName = '', tags: own = [], location }: EventRecord): string[] {
  return [name, organizerName, ...own, ...(location && 'address' in location ? [location.name, location.address] : [])];
}

/** Folds the texts of these events. */
const foldedSimply = (text: string) =>
  text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll('ß', 'ss');

/** The expected content of a list, computed in the simplest way. */
function expected(
  events: readonly EventRecord[],
  { scope, startsFrom = '', startsBefore = '~', endsAfter = '', status, tag, words: searched = [], order }: Filters,
): string[] {
  const ids = events
    .filter((one) => scope.kind === 'everybody' || one.organizerId === scope.organizerId)
    .filter((one) => (scope.kind === 'own' ? (status?.includes(one.status) ?? true) : one.status === 'published'))
    .filter((one) => one.startsAt >= startsFrom && one.startsAt < startsBefore)
    .filter((one) => one.endsAt > endsAfter)
    .filter((one) => tag === undefined || one.tags?.some((own) => foldedSimply(own) === tag))
    .filter((one) => searched.every((word) => textsOf(one).some((text) => foldedSimply(text).includes(word))))
    .map(sortKeyOf)
    .sort();
  return order === 'asc' ? ids : ids.reverse();
}

describe.each(sampled([1, 3, 6]))('The pages of a list over %i partitions', (shards) => {
  let table: TestTables;
  beforeAll(async () => {
    table = await createTestTables();
  });
  afterAll(() => table.drop());

  const signal = new AbortController().signal;

  /** Reads all pages; checks the cost and the progress of each. */
  async function readAll(request: Filters, nextLimit: () => number): Promise<string[]> {
    const { database, count } = countQueries(table.database);
    const lists = createEventLists(database, table.tableNames.events, shards);
    const keys: string[] = [];
    let after: string | undefined;
    do {
      count.reset();
      const limit = nextLimit();
      const page = await lists.page({ ...request, limit, ...(after === undefined ? {} : { after }) }, signal);
      expect(count.queries).toBeLessThanOrEqual(10);
      expect(count.scanned).toBeLessThanOrEqual(500);
      expect(page.items.length).toBeLessThanOrEqual(limit);
      keys.push(...page.items.map(sortKeyOf));
      if (page.position !== undefined && after !== undefined) {
        expect(request.order === 'asc' ? page.position > after : page.position < after).toBe(true);
      }
      after = page.position;
    } while (after !== undefined);
    return keys;
  }

  it('contain exactly the events that match the filters, in order, each once', async () => {
    const property = fc.asyncProperty(
      fc.uniqueArray(event, { maxLength: 60, selector: ({ eventId }) => eventId, size: 'max' }),
      fc.array(fc.tuple(filters, fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 })), {
        minLength: 6,
        maxLength: 6,
      }),
      async (generated, lists) => {
        // Each run has organizers of its own in the table, and removes its events from the list of all organizers.
        const run = await seedRun(generated.map((one) => recordOf(one)));
        for (const [request, limits] of lists) {
          let page = 0;
          const found = await readAll(run.filters(request), () => limits[page++ % limits.length] as number);
          expect(found).toEqual(expected(run.events, run.filters(request)));
        }
        await run.remove();
      },
    );
    await fc.assert(property, { numRuns: scaled({ all: 12, sample: 6 }), endOnFailure: true });
  }, 60_000);

  inFull(
    'contain each event once if the filter excludes nearly all of many events',
    async () => {
      const generated = Array.from({ length: 540 }, (_, index) =>
        recordOf({
          startsAt: instants[index % 4 === 0 ? 1 : 2] as string,
          tags: index % 300 === 7 ? ['rare'] : ['jazz'],
        }),
      );
      const run = await seedRun(generated);
      for (const order of ['asc', 'desc'] as const) {
        for (const tag of ['rare', 'jazz', 'none']) {
          const request = run.filters({ scope: { kind: 'everybody' }, order, tag });
          expect(await readAll(request, () => 100)).toEqual(expected(run.events, request));
        }
        const request = run.filters({ scope: { kind: 'everybody' }, order });
        expect(await readAll(request, () => 100)).toEqual(expected(run.events, request));
      }
    },
    60_000,
  );

  /** Writes events of new organizers; `remove` removes them from the lists. */
  async function seedRun(generated: readonly EventRecord[]) {
    const id = randomUUID();
    const events = generated.map((one) => ({ ...one, organizerId: `${one.organizerId}-${id}` }));
    // Every third event was written by an earlier version.
    const isEarlier = (_: EventRecord, index: number) => index % 3 === 2;
    await seedAsEarlier(table, events.filter(isEarlier));
    await seed(
      table,
      events.filter((one, index) => !isEarlier(one, index)),
      shards,
    );
    return {
      events,
      filters: ({ scope, ...rest }: Filters): Filters =>
        scope.kind === 'everybody'
          ? { ...rest, scope }
          : { ...rest, scope: { ...scope, organizerId: `${scope.organizerId}-${id}` } },
      remove: () =>
        seed(
          table,
          events.map((one) => ({ ...one, status: 'draft', organizerId: 'removed' })),
          shards,
        ),
    };
  }
});
