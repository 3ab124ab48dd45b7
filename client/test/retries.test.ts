import { operations } from '../src/generated/operations.ts';
import type { EventsClient } from '../src/index.ts';
import {
  event,
  eventId,
  fake,
  gateway,
  partialResponse,
  least,
  ok,
  problem,
  silence,
  type Step,
  withoutJitter,
} from './fake.ts';

const guest = { eventId, number: 17 };
const scan = { scanId: '9b2f6c1e-4a7d-4e0b-8c35-d1f0a6e7b924', scannedAt: least.startsAt };

/** Calls that may be retried after an unknown outcome (reads, keyed, put, dry runs), and calls that may not (writes). */
const reads = {
  getEvent: (client: EventsClient) => client.getEvent(eventId),
  listEvents: (client: EventsClient) => client.listEvents(),
};
const keyed = {
  createEvent: (client: EventsClient) => client.createEvent(least),
  duplicateEvent: (client: EventsClient) => client.duplicateEvent(event, least),
  createRegistration: (client: EventsClient) => client.createRegistration(event, { name: 'Mira Novak' }),
  createCalendarFeed: (client: EventsClient) => client.createCalendarFeed({ source: { kind: 'my-registrations' } }),
};
const put = {
  registerForEvent: (client: EventsClient) => client.registerForEvent(eventId, { name: 'Mira Novak' }),
};
const dryRuns = {
  'a dry run of updateEvent': (client: EventsClient) => client.updateEvent(event, { name: 'Another', dryRun: true }),
  'a dry run of publishEvent': (client: EventsClient) => client.publishEvent(event, { dryRun: true }),
  'a dry run of cancelMyRegistration': (client: EventsClient) => client.cancelMyRegistration(eventId, { dryRun: true }),
};
const writes = {
  updateEvent: (client: EventsClient) => client.updateEvent(event, { name: 'Another' }),
  'updateEvent of an id': (client: EventsClient) => client.updateEvent(eventId, { name: 'Another' }),
  publishEvent: (client: EventsClient) => client.publishEvent(event),
  unpublishEvent: (client: EventsClient) => client.unpublishEvent(event),
  cancelEvent: (client: EventsClient) => client.cancelEvent(event),
  deleteEvent: (client: EventsClient) => client.deleteEvent(event),
  'deleteEvent with dryRun: false': (client: EventsClient) => client.deleteEvent(event, { dryRun: false }),
  cancelMyRegistration: (client: EventsClient) => client.cancelMyRegistration(eventId),
  deleteMyRegistration: (client: EventsClient) => client.deleteMyRegistration(eventId),
  updateRegistration: (client: EventsClient) => client.updateRegistration(guest, { name: 'Mira' }),
  cancelRegistration: (client: EventsClient) => client.cancelRegistration(guest),
  deleteRegistration: (client: EventsClient) => client.deleteRegistration(guest),
  createCheckIns: (client: EventsClient) => client.createCheckIns(eventId, { scans: [{ number: 17, ...scan }] }),
  deleteCheckIn: (client: EventsClient) => client.deleteCheckIn({ ...guest, ...scan }),
  deleteCalendarFeed: (client: EventsClient) => client.deleteCalendarFeed('feed'),
};
const safe = Object.entries({ ...reads, ...keyed, ...put, ...dryRuns });
const unsafe = Object.entries(writes);

const lost: [string, () => Step][] = [
  ['408', () => problem(408, 'request-timeout')],
  ['502', () => gateway(502)],
  ['503 without Retry-After', () => problem(503, 'service-unavailable')],
  ['504', () => gateway(504)],
  ['a dropped socket', () => new TypeError('fetch failed')],
  ['no response in time', () => silence],
  ['a body that breaks', () => partialResponse('breaks')],
];
/** Long enough for a response that comes. */
const timeoutMs = 100;
const nothingDone: [string, () => Step][] = [
  ['429', () => gateway(429)],
  ['429 with Retry-After', () => gateway(429, { 'retry-after': '0' })],
  ['503 with Retry-After', () => problem(503, 'service-unavailable', { 'retry-after': '0' })],
];
const final: [string, () => Step][] = [
  ['400', () => problem(400, 'invalid-request')],
  ['403', () => problem(403, 'forbidden')],
  ['404', () => problem(404, 'event-not-found')],
  ['409', () => problem(409, 'concurrent-change')],
  ['412', () => problem(412, 'precondition-failed')],
  ['422', () => problem(422, 'invalid-event')],
  ['500', () => problem(500, 'internal-error')],
  ['a page with 200', () => new Response('<h1>Welcome</h1>')],
];

describe('A call is retried', () => {
  withoutJitter();

  describe.each(nothingDone)('after %s, which means that nothing was done:', (_what, step) => {
    it.each([...safe, ...unsafe])('%s', async (_operation, call) => {
      const { client, sent } = fake([step(), step(), ok({ items: [] })]);
      await call(client);
      expect(sent).toHaveLength(3);
    });
  });

  describe.each(lost)('after %s, if it is safe:', (_what, step) => {
    it.each(safe)('%s', async (_operation, call) => {
      const { client, sent } = fake([step(), step(), ok({ items: [] })], { timeoutMs });
      await call(client);
      expect(sent).toHaveLength(3);
      expect(sent[1]).toEqual(sent[0]);
      expect(sent[2]).toEqual(sent[0]);
    });

    it.each(unsafe)('not %s, which may have been applied', async (_operation, call) => {
      const { client, sent } = fake([step()], { timeoutMs });
      await expect(call(client)).rejects.toMatchObject({ attempts: 1 });
      expect(sent).toHaveLength(1);
    });
  });

  it('as the lists above say of every operation that changes something', () => {
    const changes = Object.entries(operations).filter(([, { method }]) => method !== 'get');
    const listed = Object.keys({ ...keyed, ...put, ...writes }).filter((name) => name in operations);
    expect(listed.sort()).toEqual(changes.map(([name]) => name).sort());
  });

  it.each(final)('never after %s', async (_what, step) => {
    const { client, sent } = fake([step(), step()]);
    await expect(client.createEvent(least)).rejects.toMatchObject({ attempts: 1 });
    await expect(client.getEvent(eventId)).rejects.toMatchObject({ attempts: 1 });
    expect(sent).toHaveLength(2);
  });

  it('with the same key and body, even if its input has changed in between', async () => {
    const input = { ...least, tags: ['jazz'] };
    const { client, sent } = fake([gateway(502), ok()]);
    const call = client.createEvent(input);
    input.name = 'Another';
    input.tags.push('blues');
    await call;
    expect(sent[1]).toEqual(sent[0]);
    expect(sent[0]?.body).toBe(JSON.stringify({ ...least, tags: ['jazz'] }));
  });

  it.each<[string, object, object, number]>([
    ['twice by default', {}, {}, 3],
    ['as often as the client’s option says', { maxRetries: 4 }, {}, 5],
    ['as often as the call’s option says', { maxRetries: 4 }, { maxRetries: 1 }, 2],
    [
      'as often as the client’s option says if the call’s is undefined',
      { maxRetries: 1 },
      { maxRetries: undefined },
      2,
    ],
    ['not at all', {}, { maxRetries: 0 }, 1],
  ])('%s', async (_what, clientOptions, options, attempts) => {
    const { client, sent } = fake(
      Array.from({ length: 6 }, () => gateway(502)),
      clientOptions,
    );
    await expect(client.getEvent(eventId, undefined, options)).rejects.toMatchObject({
      code: 'unexpected-response',
      status: 502,
      attempts,
    });
    expect(sent).toHaveLength(attempts);
  });

  it('until the last error is thrown', async () => {
    const failure = new TypeError('fetch failed');
    const { client } = fake([gateway(502), gateway(429), failure]);
    await expect(client.getEvent(eventId)).rejects.toMatchObject({
      code: 'network-error',
      status: undefined,
      attempts: 3,
      cause: failure,
    });
  });
});

describe('The delay before a retry', () => {
  beforeEach(() => void jest.useFakeTimers({ now: new Date('2030-01-01T00:00:00Z') }));
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  /** How long after the first attempt the second one comes, in milliseconds; the error where none comes. */
  async function waitAfter(step: Step, random: number, options = {}): Promise<unknown> {
    jest.spyOn(Math, 'random').mockReturnValue(random);
    const start = Date.now();
    let waited: number | undefined;
    const again = () => {
      waited = Date.now() - start;
      return ok();
    };
    const call = fake([step, again], options).client.getEvent(eventId).result();
    await jest.runAllTimersAsync();
    const { error } = await call;
    return error ?? waited;
  }

  it.each([
    [0, 0],
    [0.5, 250],
    [0.999, 499],
  ])('has full jitter: random number %d gives %d ms', async (random, ms) => {
    expect(await waitAfter(gateway(502), random)).toBe(ms);
  });

  it('doubles its maximum with each retry, up to 8 seconds', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0.999_999);
    const times: number[] = [];
    const step = () => {
      times.push(Date.now());
      return gateway(502);
    };
    const call = fake(
      Array.from({ length: 8 }, () => step),
      { maxRetries: 7 },
    )
      .client.getEvent(eventId)
      .result();
    await jest.runAllTimersAsync();
    await call;
    expect(times.slice(1).map((time, index) => Math.round((time - (times[index] ?? 0)) / 100) / 10)).toEqual([
      0.5, 1, 2, 4, 8, 8, 8,
    ]);
  });

  it.each([
    ['seconds', '7', 7_000],
    ['a date', 'Tue, 01 Jan 2030 00:00:20 GMT', 20_000],
    ['a date in the past', 'Mon, 31 Dec 2029 00:00:00 GMT', 0],
    ['neither', 'soon', 0],
    ['30 seconds', '30', 30_000],
  ])('is not shorter than Retry-After: %s', async (_what, value, ms) => {
    expect(await waitAfter(gateway(429, { 'retry-after': value }), 0)).toBe(ms);
  });

  it('is never negative for a date in the past', async () => {
    const error = await waitAfter(
      problem(503, 'service-unavailable', { 'retry-after': 'Mon, 31 Dec 2029 00:00:00 GMT' }),
      0,
      { maxRetries: 0 },
    );
    expect(error).toMatchObject({ code: 'service-unavailable', retryAfterMs: 0 });
  });

  it('adds jitter to Retry-After, so that clients do not retry at the same time', async () => {
    expect(await waitAfter(gateway(429, { 'retry-after': '7' }), 0.5)).toBe(7_250);
  });

  it.each([
    ['31 seconds', '31', {}, 31_000],
    ['a date far away', 'Wed, 02 Jan 2030 00:00:00 GMT', {}, 86_400_000],
    ['more than the deadline leaves', '10', { deadlineMs: 9_000 }, 10_000],
  ])(
    'is not waited for if Retry-After asks for %s: the error is thrown immediately',
    async (_what, value, options, retryAfterMs) => {
      const error = await waitAfter(problem(503, 'service-unavailable', { 'retry-after': value }), 0, options);
      expect(error).toMatchObject({ code: 'service-unavailable', retryAfterMs, attempts: 1 });
    },
  );
});
