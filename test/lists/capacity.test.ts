/** The capacity that each operation consumes, as the database reports it. DynamoDB charges for it, so it must not grow unnoticed. */
import { type Consumed, type Meter, startMeter } from '../../scripts/bench/meter.ts';
import { durationClasses } from '../../src/domain/events/index-keys.ts';
import { instantOf } from '../../src/domain/shared/instants.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import type { OperationId } from '../../src/contract/operations.ts';
import { randomUUID } from 'node:crypto';
import { exampleBodies, operations, takesKey } from '../contract/contract.ts';
import { requestOf } from '../support/contract-requests.ts';
import { resourceOf } from '../support/domains.ts';
import { createFeed, deleteFeed, feedsOf, getFeed, myRegistrations, newFeed, publishedBy } from '../support/feeds.ts';
import { testUsers } from '../support/issuer.ts';
import { call, cancelled, concert, draft, type Event, nextYear, published, read } from '../support/events.ts';
import {
  callAs,
  join,
  mira,
  newPeople,
  newPerson,
  type Person,
  type Scan,
  scanOf,
  seedEntries,
} from '../support/registrations.ts';
import { recordOf, registrationOf, seed, seedSeats } from '../support/seed.ts';
import { testSettings } from '../support/tables.ts';
import { inFull } from '../support/sample.ts';

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

/** A consistent read of one item of up to 4 kB. */
const readUnit = { call: 'GetItem', total: 1, table: 1, indexes: {} };
/**
 * DynamoDB Local does not count as DynamoDB does: a transaction that writes an index counts twice for the table and four times for the
 * index, one without an index counts less than twice, and what does not exist counts nothing in a batch or a query (docs/engines.md).
 */
const local = process.env['DYNAMODB'] === 'local';

/** Two items in a transaction, each for twice the units, and the indexes for the single units. */
const transaction = (indexes: Readonly<Record<string, number>>) => {
  const table = local ? 8 : 4;
  const counted = Object.entries(indexes).map(([name, units]) => [name, local ? 4 * units : units] as const);
  const total = counted.reduce((sum, [, units]) => sum + units, table);
  return { call: 'TransactWriteItems', total, table, indexes: Object.fromEntries(counted) };
};

/** The partitions of the list of everybody's events, one for each duration class: an empty one is half a unit. */
const partitions = durationClasses.length;
const emptyPartition = local ? 0 : 0.5;
const unitsOfQueries = (consumed: readonly Consumed[]) =>
  consumed.filter(({ call: name }) => name === 'Query').map(({ total }) => total);

const reads = (...consumed: readonly Consumed[]) => unitsOf(consumed, /Get|Query/);
const writes = (...consumed: readonly Consumed[]) => unitsOf(consumed, /Put|Update|Delete|Transact/);
const unitsOf = (consumed: readonly Consumed[], calls: RegExp) =>
  consumed.filter(({ call: name }) => calls.test(name)).reduce((sum, { total }) => sum + total, 0);

/** The counters of events that have none, in a page of a list. */
const missingCounters = (events: number) => ({ call: 'BatchGetItem', total: local ? 0 : events / 2 });

it('getEvent consumes two units: consistent reads of the event and its counters, each up to 4 kB', async () => {
  for (const make of [draft, published]) {
    const event = await make(api);
    expect(await consumedBy(() => read(api, event))).toEqual([readUnit, readUnit]);
  }
});

it('getEvent without a token consumes the same two units, also for an event that the caller may not see', async () => {
  const body = { ...concert, visibility: 'public' };
  for (const event of [await published(api, body), await published(api)])
    expect(await consumedBy(() => api.send({ path: `/events/${event.eventId}` }))).toEqual([readUnit, readUnit]);
});

it('getEvent reads the registration of the caller only if it decides whether a URL is shown', async () => {
  const body = { ...concert, location: { kind: 'online', url: 'https://meet.example.com/riverside' } };
  const [atVenue, online, empty] = [await published(api), await published(api, body), await published(api, body)];
  const person = newPerson();
  for (const event of [atVenue, online]) await join(api, event, person);
  const units = async (event: Event, caller: Person) =>
    (await consumedBy(() => callAs(api, caller, 'getEvent', event))).map(({ total }) => total);
  expect(await units(atVenue, person)).toEqual([1, 1]);
  expect(await units(empty, person)).toEqual([1, 1]);
  // The attendee record, and then the registration.
  expect(await units(online, person)).toEqual([1, 1, 1, 1]);
  expect(await units(online, newPerson())).toEqual([1, 1, 1]);
});

it('publishEvent writes an unlisted event to no index of others', async () => {
  const event = await draft(api, { ...concert, visibility: 'unlisted' });
  const consumed = await consumedBy(() => call(api, 'publishEvent', event.eventId));
  expect(consumed).toEqual([readUnit, readUnit, transaction(organizer)]);
});

it('createEvent writes the item and the only index that contains drafts', async () => {
  expect(await consumedBy(() => draft(api))).toEqual([write(organizer, 'PutItem')]);
});

it.each([
  ['publishEvent', draft, { ...organizer, ...listed }],
  ['unpublishEvent', published, { ...organizer, ...listed }],
  ['cancelEvent', published, { ...organizer, ...listed }],
] as const)('%s reads the event and its counters, and writes both', async (operationId, make, indexes) => {
  const event = await make(api);
  const consumed = await consumedBy(() => call(api, operationId, event.eventId));
  expect(consumed).toEqual([readUnit, readUnit, transaction(indexes)]);
});

it('updateEvent reads two units, and writes the event and the indexes that contain it, and the counters only if they change', async () => {
  const body = { name: 'Riverside Jazz Weekend' };
  const [one, other] = [await draft(api), await published(api)];
  expect(await consumedBy(() => call(api, 'updateEvent', one.eventId, { body }))).toEqual([
    readUnit,
    readUnit,
    write(organizer, 'UpdateItem'),
  ]);
  expect(await consumedBy(() => call(api, 'updateEvent', other.eventId, { body }))).toEqual([
    readUnit,
    readUnit,
    write({ ...organizer, ...listed }, 'UpdateItem'),
  ]);
  expect(await consumedBy(() => call(api, 'updateEvent', other.eventId, { body: { capacity: 500 } }))).toEqual([
    readUnit,
    readUnit,
    transaction({ ...organizer, ...listed }),
  ]);
});

it('duplicateEvent reads one unit and writes a draft, regardless of the indexes of the original', async () => {
  const { eventId } = await published(api);
  const consumed = await consumedBy(() => call(api, 'duplicateEvent', eventId, { body: nextYear }));
  expect(consumed).toEqual([{ call: 'GetItem', total: 1, table: 1, indexes: {} }, write(organizer, 'PutItem')]);
});

it('deleteEvent replaces the item and removes it from its only index, and closes the counters that a draft does not have', async () => {
  const [one, other] = [await draft(api), await cancelled(api)];
  expect(await consumedBy(() => call(api, 'deleteEvent', one.eventId))).toEqual([
    readUnit,
    readUnit,
    write(organizer, 'PutItem'),
  ]);
  expect(await consumedBy(() => call(api, 'deleteEvent', other.eventId))).toEqual([
    readUnit,
    readUnit,
    transaction(organizer),
  ]);
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
    expect(unitsOfQueries(only).sort()).toEqual([...Array<number>(partitions - 1).fill(emptyPartition), 0.5]);
    expect(only.slice(partitions)).toEqual([expect.objectContaining(missingCounters(1))]);
    bytes = JSON.stringify(events[0]).length;
  });

  it.each([
    ["all organizers' events", '/events?', partitions - 1],
    ["the caller's own events", '/events?organizerId=me&', 0],
  ])(
    'with %s consumes half a unit for each 4 kB that it reads, at any position in the list',
    async (_, path, empty) => {
      const page = (begin: number, limit: number) =>
        api.send({ path: `${path}limit=${limit}&startsFrom=${startsAt(begin)}`, as: 'organizer' });
      const units: number[] = [];
      for (const [begin, limit] of [
        [0, 25],
        [30, 25],
        [0, 5],
        [50, 5],
      ] as const) {
        const consumed = await consumedBy(async () =>
          expect((await page(begin, limit)).body.items).toHaveLength(limit),
        );
        // The counters of each event are half a unit more.
        expect(consumed.slice(1 + empty)).toEqual([expect.objectContaining(missingCounters(limit))]);
        const queries = unitsOfQueries(consumed);
        expect(queries).toHaveLength(1 + empty);
        units.push(queries.reduce((sum, total) => sum + total) - empty * emptyPartition);
      }
      const [first, deep, small, smallDeep] = units;
      expect([deep, smallDeep]).toEqual([first, small]);
      // Half a unit for each 4 kB or part of it: an eventually consistent read of an index.
      const expected = (limit: number) => Math.ceil((limit * bytes) / 4_096) / 2;
      expect(Math.abs((first ?? 0) - expected(25))).toBeLessThanOrEqual(1);
      expect(first).toBeGreaterThan(small ?? 0);
    },
  );
});

/** The calls that register for an event, look, cancel and erase, with the units that each consumes. */
describe('A registration consumes', () => {
  const byPerson = (person: Person, operationId: OperationId, event: Event, options = {}) =>
    consumedBy(async () => expect((await callAs(api, person, operationId, event, options)).status).toBeLessThan(300));

  it('4 write units and 3 read units for a new person: number, attendee record, registration and its index', async () => {
    const event = await published(api);
    const consumed = await byPerson(newPerson(), 'registerForEvent', event, { body: mira });
    expect(consumed.map(({ call: name, total }) => [name, total])).toEqual([
      ['GetItem', 1],
      ['GetItem', 1],
      ['GetItem', 1],
      ['UpdateItem', 1],
      ['UpdateItem', 1],
      ['PutItem', 2],
    ]);
    expect([writes(...consumed), reads(...consumed)]).toEqual([4, 3]);
  });

  it('the same on a waitlist of any length', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    await join(api, event);
    await join(api, event);
    const consumed = await byPerson(newPerson(), 'registerForEvent', event, { body: mira });
    expect([writes(...consumed), reads(...consumed)]).toEqual([4, 3]);
  });

  it('no write and 4 read units for a repetition, and one write unit for new details', async () => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person);
    const repeated = await byPerson(person, 'registerForEvent', event, { body: mira });
    expect([writes(...repeated), reads(...repeated)]).toEqual([0, 4]);
    const replaced = await byPerson(person, 'registerForEvent', event, { body: { name: 'Mira Weber' } });
    expect([writes(...replaced), reads(...replaced)]).toEqual([1, 4]);
  });

  it('3 read units and no write for a rejection', async () => {
    const event = await published(api, { ...concert, registrationClosesAt: '2026-01-01T00:00:00Z' });
    const consumed = await consumedBy(() => callAs(api, newPerson(), 'registerForEvent', event, { body: mira }));
    expect([writes(...consumed), reads(...consumed)]).toEqual([0, 3]);
  });

  it('4 read units for getMyRegistration, with a seat or without', async () => {
    const event = await published(api, { ...concert, capacity: 1 });
    const people = newPeople(2);
    for (const person of people) await join(api, event, person);
    for (const person of people) {
      const consumed = await byPerson(person, 'getMyRegistration', event);
      expect([writes(...consumed), reads(...consumed)]).toEqual([0, 4]);
    }
  });

  it('4 write units to cancel: twice the registration and the counters, without an index', async () => {
    const event = await published(api);
    for (const [caller, operationId] of [
      ['person', 'cancelMyRegistration'],
      ['organizer', 'cancelRegistration'],
    ] as const) {
      const person = newPerson();
      const { number } = await join(api, event, person);
      const consumed = await byPerson(caller === 'person' ? person : 'organizer', operationId, event, { number });
      expect(writes(...consumed)).toBe(4);
      expect(reads(...consumed)).toBeLessThanOrEqual(7);
    }
  });

  it('5 write units to erase a cancelled registration: twice it and the attendee record, and its index', async () => {
    const event = await published(api);
    const person = newPerson();
    await join(api, event, person);
    await callAs(api, person, 'cancelMyRegistration', event);
    const consumed = await byPerson(person, 'deleteMyRegistration', event);
    expect([writes(...consumed), reads(...consumed)]).toEqual([transaction({ 'userId-index': 1 }).total, 2]);
  });

  it('2 write and 2 read units for createRegistration, one more of each with a key, and 1 and 3 for updateRegistration', async () => {
    const event = await published(api);
    const walkIn = (options = {}) => byPerson('organizer', 'createRegistration', event, { body: mira, ...options });
    const [plain, keyed] = [await walkIn(), await walkIn({ headers: { 'Idempotency-Key': 'walk-in' } })];
    expect([writes(...plain), reads(...plain)]).toEqual([2, 2]);
    expect([writes(...keyed), reads(...keyed)]).toEqual([3, 3]);
    const updated = await byPerson('organizer', 'updateRegistration', event, { number: 1, body: { email: null } });
    expect([writes(...updated), reads(...updated)]).toEqual([1, 3]);
  });

  it('4 write units for the first scan of a ticket, one for a further one, and 4 to undo the last', async () => {
    const event = await published(api);
    const { number } = await join(api, event);
    const [first, second] = [scanOf({ number }), scanOf({ number })];
    const scanned = (scan: Scan) => byPerson('organizer', 'createCheckIns', event, { body: { scans: [scan] } });
    const [checkedIn, further] = [await scanned(first), await scanned(second)];
    expect([writes(...checkedIn), reads(...checkedIn)]).toEqual([4, 3]);
    expect([writes(...further), reads(...further)]).toEqual([1, 3]);
    const again = await scanned(first);
    expect([writes(...again), reads(...again)]).toEqual([0, 3]);
    const undo = ({ scanId }: Scan) => byPerson('organizer', 'deleteCheckIn', event, { number, scanId });
    const [one, last] = [await undo(first), await undo(second)];
    expect([writes(...one), reads(...one)]).toEqual([1, 3]);
    expect([writes(...last), reads(...last)]).toEqual([4, 3]);
  });

  it('2 read units for getEvent, and half a unit more for each event of a page of listEvents', async () => {
    const events: Event[] = [];
    for (let index = 0; index < 4; index += 1) events.push(await published(api));
    expect(await consumedBy(() => read(api, events[0] as Event))).toEqual([
      { call: 'GetItem', total: 1, table: 1, indexes: {} },
      { call: 'GetItem', total: 1, table: 1, indexes: {} },
    ]);
    const path = '/events?limit=4&startsFrom=2030-06-21T18:00:00Z&startsBefore=2030-06-21T18:00:01Z';
    const consumed = await consumedBy(async () =>
      expect((await api.send({ path, as: 'attendee' })).body.items).toHaveLength(4),
    );
    expect(unitsOfQueries(consumed)).toHaveLength(partitions);
    expect(consumed.slice(partitions)).toMatchObject([{ call: 'BatchGetItem', total: 4 * 0.5 }]);
  });

  it('as many read units for a page of listRegistrations as its bytes', async () => {
    const event = await published(api);
    for (const person of newPeople(12)) await join(api, event, person);
    // The first look after people have registered also reads whether a number is a gap.
    await byPerson('organizer', 'listRegistrations', event);
    const consumed = await byPerson('organizer', 'listRegistrations', event);
    const pages = consumed.filter(({ call: name }) => name === 'Query');
    expect(pages).toHaveLength(1);
    // 12 registrations of some 0.35 kB are one to two units of 4 kB.
    expect(pages[0]?.total).toBeLessThanOrEqual(2);
  });

  it('no write for a page of listMyRegistrations, and 3 read units at most for each registration', async () => {
    const person = newPerson();
    for (let index = 0; index < 3; index += 1) await join(api, await published(api), person);
    const consumed = await byPerson(person, 'listMyRegistrations', { eventId: '' } as Event);
    expect(writes(...consumed)).toBe(0);
    expect(reads(...consumed)).toBeLessThanOrEqual(0.5 + 3 * 3);
  });

  inFull('the units do not grow with the number of registrations', async () => {
    const event = recordOf();
    await seed(api.tables, [event]);
    const count = 400;
    const records = Array.from({ length: count }, (_, index) =>
      registrationOf({ eventId: event.eventId, number: index + 1, userId: newPerson() }),
    );
    await seedSeats(api.tables, event.eventId, { lastNumber: count, reclaimedUpTo: count });
    await seedEntries(api.tables, records);
    const consumed = await byPerson(newPerson(), 'registerForEvent', event as unknown as Event, { body: mira });
    expect([writes(...consumed), reads(...consumed)]).toEqual([4, 3]);
  });
});

describe('A dry run', () => {
  /** What each operation would write without reading it before, in units. DynamoDB Local counts no item that does not exist. */
  const unread: Partial<Record<OperationId, number>> = {
    createEvent: local ? 0 : 1,
    duplicateEvent: local ? 0 : 1,
    createRegistration: local ? 0 : 1,
    // The counter of the people who are checked in.
    deleteCheckIn: 1,
  };
  const dryRuns = operations.filter(({ parameters }) => parameters.some(({ name }) => name === 'dryRun'));

  it.each(dryRuns)(
    'of $operationId reads what the request reads, and what it would write, and writes nothing',
    async (operation) => {
      const { operationId, parameters } = operation;
      const caller = takesKey(operation) ? randomUUID() : testUsers.organizer;
      await resourceOf(operation)?.store(api, operation, caller);
      const required = parameters.filter((parameter) => parameter.required === true);
      const values = Object.fromEntries(required.map(({ name, example }) => [name, example]));
      const [[, body] = []] = operation.requestBody ? exampleBodies(operationId) : [];
      const authorization = `Bearer ${await api.issuer.token({ sub: caller })}`;
      const send = (dryRun: object) =>
        consumedBy(async () => {
          const request = requestOf(operation, { ...values, ...dryRun }, body);
          const { status } = await api.send({ ...request, headers: { ...request.headers, authorization } });
          expect(status).toBeLessThan(300);
        });
      const dry = await send({ dryRun: true });
      expect(dry.filter(({ call: name }) => !/^(GetItem|BatchGetItem|Query)$/.test(name))).toEqual([]);
      const earnest = await send({});
      expect(reads(...dry)).toBe(reads(...earnest) + (unread[operationId] ?? 0));
    },
  );

  it('reads the number of a new registration and the counter of a first scan, and at most 10 units in all', async () => {
    const event = await published(api);
    const query = 'dryRun=true';
    const dry = (operationId: OperationId, options: object) =>
      consumedBy(async () =>
        expect((await callAs(api, 'organizer', operationId, event, { ...options, query })).status).toBeLessThan(300),
      );
    const registered = await dry('registerForEvent', { body: mira });
    expect([writes(...registered), reads(...registered)]).toEqual([0, local ? 3 : 4]);
    const { number } = await join(api, event);
    const scanned = await dry('createCheckIns', { body: { scans: [scanOf({ number })] } });
    expect([writes(...scanned), reads(...scanned)]).toEqual([0, local ? 3 : 4]);
    // Cancels, and then erases.
    const deleted = await dry('deleteRegistration', { number });
    expect([writes(...deleted), reads(...deleted)]).toEqual([0, 10]);
  });
});

describe('Calendars', () => {
  const totals = (consumed: readonly Consumed[]) => consumed.map(({ call: name, total }) => [name, total]);

  it('of one event are as expensive as the event, and with a token look whether the caller has a seat', async () => {
    const event = await published(api, { ...concert, visibility: 'public' });
    const path = `/events/${event.eventId}/calendar`;
    expect(await consumedBy(() => api.send({ path }))).toEqual([readUnit, readUnit]);
    const person = newPerson();
    await join(api, event, person);
    const units = async (caller: Person) =>
      reads(...(await consumedBy(() => callAs(api, caller, 'getEventCalendar', event))));
    expect([await units(newPerson()), await units(person)]).toEqual([3, 4]);
  });

  it('are created with 8 write units and deleted with 1 read and 6, or 8 with a key, and listed with 1', async () => {
    const units = (ofDynamoDB: number) => (local ? (expect.any(Number) as unknown) : ofDynamoDB);
    const person = newPerson();
    const create = async (headers = {}) => {
      let feed = { feedId: '', calendarFile: '' };
      const consumed = await consumedBy(async () => {
        feed = (await createFeed(api, person, undefined, headers)).body as typeof feed;
      });
      expect(totals(consumed)).toEqual([['TransactWriteItems', units(8)]]);
      return feed;
    };
    const [plain, keyed] = [await create(), await create({ 'Idempotency-Key': 'one' })];
    expect(totals(await consumedBy(() => feedsOf(api, person)))).toEqual([['Query', 1]]);
    const remove = async ({ feedId }: { feedId: string }) =>
      totals(await consumedBy(() => deleteFeed(api, person, feedId)));
    expect(await remove(plain)).toEqual([
      ['GetItem', 1],
      ['TransactWriteItems', units(6)],
    ]);
    expect(await remove(keyed)).toEqual([
      ['GetItem', 1],
      ['TransactWriteItems', units(8)],
    ]);
  });

  it('cost 1 read unit if the URL is wrong', async () => {
    const consumed = await consumedBy(() => getFeed(api, { calendarFile: `${'W'.repeat(43)}.ics` }));
    expect(consumed).toEqual([readUnit]);
  });

  it('of 20 events of an organizer read them, and all that started less than 30 days ago', async () => {
    const organizerId = newPerson();
    const inHours = (hours: number) => instantOf(new Date(Date.now() + hours * 3_600_000));
    const records = Array.from({ length: 20 }, (_, index) =>
      recordOf({ organizerId, startsAt: inHours(index + 1), endsAt: inHours(index + 2), description: 'x'.repeat(500) }),
    );
    await seed(api.tables, records);
    const feed = await newFeed(api, newPerson(), publishedBy(organizerId));
    const consumed = await consumedBy(() => getFeed(api, feed));
    expect(consumed[0]).toEqual(readUnit);
    // Some 20 kB from each of two indexes, and three empty partitions.
    expect(unitsOfQueries(consumed)).toHaveLength(partitions + 1);
    expect(reads(...consumed)).toBeLessThanOrEqual(1 + 2 * 3 + 3 * 0.5);
    expect(writes(...consumed)).toBe(0);
  });

  it('of registrations cost two and a half read units for each: itself, the counters and the event', async () => {
    const person = newPerson();
    for (let index = 0; index < 3; index += 1) await join(api, await published(api), person);
    const feed = await newFeed(api, person, myRegistrations);
    const consumed = await consumedBy(() => getFeed(api, feed));
    expect(reads(...consumed)).toBe(1 + 0.5 + 3 * (1 + 1 + 0.5));
  });
});
