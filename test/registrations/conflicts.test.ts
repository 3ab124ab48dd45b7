/** Registrations while writes conflict with transactions, which only DynamoDB itself does. */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { pathTo } from '../../src/contract/operations.ts';
import { timeBudget } from '../../src/storage/timeouts.ts';
import { startTestApi, type TestApi, type TestResponse } from '../support/api.ts';
import { type ContendingProxy, startContendingProxy } from '../support/contending-proxy.ts';
import { call, type Event, published, succeed } from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';
import { callAs, type CheckInOutcome, numbered, type Scan, scanOf } from '../support/registrations.ts';
import { testSettings } from '../support/tables.ts';
import { createRandom } from './schedule.ts';
import { sampled } from '../support/sample.ts';

let api: TestApi;
let throughProxy: TestApi;
let proxy: ContendingProxy;

beforeAll(async () => {
  const settings = testSettings();
  proxy = await startContendingProxy(settings.endpoint);
  // Both share the tables; the first one sees no conflicts.
  api = await startTestApi('lambda');
  const { database, tokens } = api.config;
  throughProxy = await startTestApi('lambda', {
    config: { tokens, database: { ...database, endpoint: proxy.endpoint } },
  });
});
afterAll(async () => {
  await Promise.all([api.stop(), throughProxy.stop()]);
  await proxy.close();
});
afterEach(() => proxy.conflictIf(() => false));

/** Sends a request of a person through the proxy. */
async function as(
  sub: string,
  method: string,
  operationId: 'registerForEvent' | 'cancelMyRegistration',
  { eventId }: Event,
  body?: object,
): Promise<TestResponse> {
  const headers = { authorization: `Bearer ${await api.issuer.token({ sub })}` };
  return throughProxy.send({ method, path: pathTo(operationId, { eventId }), headers, body });
}
const register = (sub: string, event: Event) => as(sub, 'PUT', 'registerForEvent', event, { name: `Name of ${sub}` });
const cancel = (sub: string, event: Event) => as(sub, 'POST', 'cancelMyRegistration', event, {});
const erase = (sub: string, event: Event) => as(sub, 'DELETE', 'registerForEvent', event);

/** Sends scans through the proxy. */
const scan = async (event: Event, ...scans: readonly Scan[]): Promise<TestResponse> =>
  callAs(throughProxy, 'organizer', 'createCheckIns', event, { body: { scans }, ...asOrganizer(await token()) });
const outcomesOf = ({ body }: TestResponse) =>
  (body as { outcomes: CheckInOutcome[] }).outcomes.map(({ outcome }) => outcome);
const undo = async (event: Event, number: number, { scanId }: Scan): Promise<TestResponse> =>
  callAs(throughProxy, 'organizer', 'deleteCheckIn', event, { number, scanId, ...asOrganizer(await token()) });

/** Registers a person without an account through the proxy. */
const walkIn = async (event: Event): Promise<TestResponse> =>
  callAs(throughProxy, 'organizer', 'createRegistration', event, {
    body: { name: 'Ada Fischer' },
    ...asOrganizer(await token()),
  });

/** What is stored of an event's registrations. */
async function stored({ eventId }: Event): Promise<string[]> {
  const { Items = [] } = await api.tables.client.send(
    new ScanCommand({ TableName: api.config.database.tableNames.registrations, ConsistentRead: true }),
  );
  const own = Items.filter(({ scope }) => scope?.S?.startsWith(eventId));
  return own.map((item) => JSON.stringify(Object.entries(item).sort())).sort();
}

test('a conflict of every write, once, is not noticed', async () => {
  const event = await published(api);
  proxy.conflictIf(({ earlier }) => earlier === 0);
  expect(await register('anna', event)).toMatchObject({ status: 201, body: { number: 1, status: 'confirmed' } });
  expect(await cancel('anna', event)).toMatchObject({ status: 200, body: { status: 'cancelled' } });
  expect(await register('anna', event)).toMatchObject({ status: 201, body: { number: 2 } });
  const [first, further] = [scanOf({ number: 2 }), scanOf({ number: 2 })];
  expect(outcomesOf(await scan(event, first, further))).toEqual(['checked-in', 'already-checked-in']);
  for (const one of [first, further]) expect(await undo(event, 2, one)).toMatchObject({ status: 204 });
  expect(await erase('anna', event)).toMatchObject({ status: 204 });
  expect(await call(throughProxy, 'unpublishEvent', event.eventId, asOrganizer(await token()))).toMatchObject({
    status: 200,
  });
  expect(await walkIn(await published(api))).toMatchObject({ status: 201, body: { number: 1, status: 'confirmed' } });
});

const writes: readonly (readonly [title: string, send: (event: Event) => Promise<TestResponse>])[] = [
  ['registering', (event: Event) => register('ben', event)],
  ['registering a person without an account', walkIn],
  ['cancelling', (event: Event) => cancel('anna', event)],
  ['erasing', (event: Event) => erase('anna', event)],
  ['checking in', (event: Event) => scan(event, scanOf({ number: 1 }), scanOf({ number: 1 }))],
  ['lowering the capacity', async (event: Event) => update(event, { capacity: 5 })],
  [
    'cancelling the event',
    async (event: Event) => call(throughProxy, 'cancelEvent', event.eventId, asOrganizer(await token())),
  ],
];
test.each(sampled(writes))(
  'after five retries, %s fails with Retry-After, and nothing was written',
  async (_, send) => {
    const event = await published(api);
    await register('anna', event);
    const before = await stored(event);
    proxy.conflictIf(() => true);
    proxy.sent.length = 0;
    const response = await send(event);
    expectProblem(response, 'service-unavailable');
    expect(response.headers['retry-after']).toBe('1');
    expect(Math.max(...proxy.sent.map(({ earlier }) => earlier))).toBe(timeBudget.maxContentionRetries);
    expect(await stored(event)).toEqual(before);
    expect(await succeed(api, 'getEvent', event)).toMatchObject({ etag: event.etag });
  },
);

test.each([
  ['claiming it', 1],
  ['writing the registration', 2],
])('after a number was taken, a failure of %s does not say that nothing was written', async (_, writes) => {
  const event = await published(api);
  let taken = 0;
  proxy.conflictIf(({ earlier }) => earlier > 0 || ++taken > writes);
  const response = await register('anna', event);
  expectProblem(response, 'service-unavailable');
  expect(response.headers).not.toHaveProperty('retry-after');
  proxy.conflictIf(() => false);
  // Only a number that was claimed is used by the next request.
  expect(await register('anna', event)).toMatchObject({ status: 201, body: { number: writes === 2 ? 1 : 2 } });
});

test('a retry of an acknowledged write is applied once, however many of the writes conflict at random', async () => {
  const random = createRandom(7);
  const event = await published(api, concertOf(10));
  const people = Array.from({ length: 30 }, (_, index) => `person-${index}`);
  proxy.conflictIf(() => random() < 0.4);
  const responses = await Promise.all(people.map((who) => register(who, event)));
  const cancelled = await Promise.all(people.slice(0, 8).map((who) => cancel(who, event)));
  for (const response of [...responses, ...cancelled]) {
    if (response.status === 503) expect(response.body.code).toBe('service-unavailable');
    else expect([200, 201, 404, 409]).toContain(response.status);
  }
  proxy.conflictIf(() => false);
  for (const who of people.slice(8)) expect((await register(who, event)).status).toBeLessThan(202);
  for (const who of people.slice(0, 8)) await erase(who, event);
  api.advance(120_000);
  await call(api, 'listRegistrations', event.eventId);
  expect(await succeed(api, 'getEvent', event)).toMatchObject({ registeredCount: 10, seatsLeft: 0, etag: event.etag });
});

test('if a scan conflicts too often after others were processed, it and the rest are not processed', async () => {
  const event = await published(api);
  for (const who of ['anna', 'ben', 'carla']) await register(who, event);
  const scans = [1, 2, 3].map((number) => scanOf({ number }));
  proxy.sent.length = 0;
  let transactions = 0;
  proxy.conflictIf(({ name, earlier }) => {
    if (name === 'TransactWriteItems' && earlier === 0) transactions += 1;
    return transactions > 1;
  });
  expect(outcomesOf(await scan(event, ...scans))).toEqual(['checked-in', 'not-processed', 'not-processed']);
  proxy.conflictIf(() => false);
  expect(outcomesOf(await scan(event, ...scans))).toEqual(['checked-in', 'checked-in', 'checked-in']);
  expect(await succeed(api, 'getEvent', event)).toMatchObject({ checkedInCount: 3 });
});

test('scans, undos and cancellations of which many conflict at random end in a state that is counted exactly', async () => {
  const random = createRandom(11);
  const event = await published(api, concertOf(30));
  const people = Array.from({ length: 12 }, (_, index) => `guest-${index}`);
  for (const who of people) await register(who, event);
  const scans = people.flatMap((_, index) => [scanOf({ number: index + 1 }), scanOf({ number: index + 1 })]);
  proxy.conflictIf(() => random() < 0.3);
  await Promise.all([
    ...[scans, scans.toReversed(), scans.slice(0, 8)].map((some) => scan(event, ...some)),
    ...people.slice(0, 4).map((who) => cancel(who, event)),
    ...scans.slice(8, 12).map((one) => undo(event, one.number ?? 0, one)),
  ]);
  proxy.conflictIf(() => false);
  for (let rest = scans; rest.length > 0;) {
    const outcomes = outcomesOf(await scan(event, ...rest));
    rest = rest.filter((_, index) => outcomes[index] === 'not-processed');
  }
  let inside = 0;
  for (let number = 1; number <= people.length; number += 1) {
    const { status, checkedInAt, scanCount } = await numbered(api, event, number);
    if (checkedInAt !== undefined) inside += 1;
    expect(status === 'cancelled').toBe(checkedInAt === undefined && scanCount === undefined && number <= 4);
  }
  expect(await succeed(api, 'getEvent', event)).toMatchObject({ checkedInCount: inside, etag: event.etag });
});

const token = () => api.issuer.tokenFor('organizer');
const asOrganizer = (accessToken: string) => ({ headers: { authorization: `Bearer ${accessToken}` } });
const concertOf = (capacity: number) => ({
  name: 'Riverside Jazz Night',
  startsAt: '2030-06-21T18:00:00Z',
  endsAt: '2030-06-21T22:00:00Z',
  timeZone: 'Europe/Berlin',
  location: { kind: 'online', url: 'https://meet.example.com/jazz' },
  capacity,
});

async function update({ eventId }: Event, body: object): Promise<TestResponse> {
  return call(throughProxy, 'updateEvent', eventId, { body, ...asOrganizer(await token()) });
}
