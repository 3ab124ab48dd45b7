/** The capacity that each operation consumes, as the database reports it. DynamoDB charges for it, so it must not grow unnoticed. */
import { type Consumed, type Meter, startMeter } from '../../scripts/bench/meter.ts';
import { instantOf } from '../../src/domain/shared/instants.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { call, cancelled, concert, draft, nextYear, published, read } from '../support/events.ts';
import { recordOf, seed } from '../support/seed.ts';
import { testSettings } from '../support/tables.ts';

let meter: Meter;
let api: TestApi;
beforeAll(async () => {
  const { endpoint } = testSettings();
  meter = await startMeter(endpoint);
  process.env['DYNAMODB_ENDPOINT'] = meter.endpoint;
  api = await startTestApi('lambda');
  process.env['DYNAMODB_ENDPOINT'] = endpoint;
});
afterAll(async () => {
  await api.stop();
  await meter.close();
});

async function consumedBy(work: () => Promise<unknown>): Promise<Consumed[]> {
  meter.consumed.length = 0;
  await work();
  return [...meter.consumed];
}

const organizer = { 'organizerId-index': 1 };
const listed = { 'published-index': 1, 'publishedBy-index': 1 };
const write = (indexes: Readonly<Record<string, number>>, call: string) => {
  const total = 1 + Object.values(indexes).reduce((sum, units) => sum + units, 0);
  return { call, total, table: 1, indexes };
};

it('getEvent consumes one unit: a consistent read of one item of up to 4 kB', async () => {
  const event = await draft(api);
  expect(await consumedBy(() => read(api, event))).toEqual([{ call: 'GetItem', total: 1, table: 1, indexes: {} }]);
});

it('createEvent writes the item and the only index that contains drafts', async () => {
  expect(await consumedBy(() => draft(api))).toEqual([write(organizer, 'PutItem')]);
});

it.each([
  ['publishEvent', draft, { ...organizer, ...listed }],
  ['unpublishEvent', published, { ...organizer, ...listed }],
  ['cancelEvent', published, { ...organizer, ...listed }],
] as const)('%s writes the item and its indexes, without a read', async (operationId, make, indexes) => {
  const event = await make(api);
  expect(await consumedBy(() => call(api, operationId, event.eventId))).toEqual([write(indexes, 'UpdateItem')]);
});

it('updateEvent reads one unit, and writes the item and the indexes that contain it', async () => {
  const body = { name: 'Riverside Jazz Weekend' };
  const readUnit = { call: 'GetItem', total: 1, table: 1, indexes: {} };
  const [one, other] = [await draft(api), await published(api)];
  expect(await consumedBy(() => call(api, 'updateEvent', one.eventId, { body }))).toEqual([
    readUnit,
    write(organizer, 'UpdateItem'),
  ]);
  expect(await consumedBy(() => call(api, 'updateEvent', other.eventId, { body }))).toEqual([
    readUnit,
    write({ ...organizer, ...listed }, 'UpdateItem'),
  ]);
});

it('duplicateEvent reads one unit and writes a draft, regardless of the indexes of the original', async () => {
  const { eventId } = await published(api);
  const consumed = await consumedBy(() => call(api, 'duplicateEvent', eventId, { body: nextYear }));
  expect(consumed).toEqual([{ call: 'GetItem', total: 1, table: 1, indexes: {} }, write(organizer, 'PutItem')]);
});

it('deleteEvent replaces the item and removes it from its only index, whether draft or cancelled', async () => {
  const [one, other] = [await draft(api), await cancelled(api)];
  expect(await consumedBy(() => call(api, 'deleteEvent', one.eventId))).toEqual([write(organizer, 'PutItem')]);
  expect(await consumedBy(() => call(api, 'deleteEvent', other.eventId))).toEqual([write(organizer, 'PutItem')]);
});

it('a request with an invalid body or cursor consumes nothing', async () => {
  expect(
    await consumedBy(() => call(api, 'createEvent', undefined, { body: { ...concert, timeZone: 'utc' } })),
  ).toEqual([]);
  expect(await consumedBy(() => api.send({ path: '/events?cursor=abc', as: 'organizer' }))).toEqual([]);
});

describe('A page of listEvents', () => {
  const count = 60;
  const startsAt = (index: number) => instantOf(new Date(Date.UTC(2032, 0, 1, 0, index)));
  /** The bytes of a seeded item: names and values (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html). */
  let bytes: number;
  beforeAll(async () => {
    const events = Array.from({ length: count }, (_, index) =>
      recordOf({ startsAt: startsAt(index), tags: ['music'] }),
    );
    await seed(api.tables, events);
    const only = await consumedBy(() =>
      api.send({ path: `/events?limit=1&startsFrom=${startsAt(0)}`, as: 'attendee' }),
    );
    expect(only).toEqual([expect.objectContaining({ call: 'Query', total: 0.5 })]);
    bytes = JSON.stringify(events[0]).length;
  });

  it.each([
    ["all organizers' events", '/events?'],
    ["the caller's own events", '/events?organizerId=me&'],
  ])('with %s consumes half a unit for each 4 kB that it reads, at any position in the list', async (_, path) => {
    const page = (begin: number, limit: number) =>
      api.send({ path: `${path}limit=${limit}&startsFrom=${startsAt(begin)}`, as: 'organizer' });
    const units: number[] = [];
    for (const [begin, limit] of [
      [0, 25],
      [30, 25],
      [0, 5],
      [50, 5],
    ] as const) {
      const consumed = await consumedBy(async () => expect((await page(begin, limit)).body.items).toHaveLength(limit));
      expect(consumed).toHaveLength(1);
      units.push(consumed[0]?.total ?? 0);
    }
    const [first, deep, small, smallDeep] = units;
    expect([deep, smallDeep]).toEqual([first, small]);
    // Half a unit for each 4 kB or part of it: an eventually consistent read of an index.
    const expected = (limit: number) => Math.ceil((limit * bytes) / 4_096) / 2;
    expect(Math.abs((first ?? 0) - expected(25))).toBeLessThanOrEqual(1);
    expect(first).toBeGreaterThan(small ?? 0);
  });
});
