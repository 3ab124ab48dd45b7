/** Devices at the door that overlap, repeat themselves, and are cut off: they end in the same state. */
import { timeBudget } from '../../src/storage/timeouts.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { concert, type Event, published } from '../support/events.ts';
import { reset, silence } from '../support/failing-server.ts';
import { type LossyProxy, startLossyProxy } from '../support/lossy-proxy.ts';
import { expectProblem } from '../support/problems.ts';
import {
  allRegistrations,
  callAs,
  checkedInCount,
  checkIn,
  type CheckInOutcome,
  joinAll,
  leave,
  newPeople,
  type Scan,
  scanOf,
  tokenOf,
  undo,
} from '../support/registrations.ts';
import { testSettings } from '../support/tables.ts';
import { createPublished } from './stage.ts';
import { inFull, sampled } from '../support/sample.ts';

const halves = (scans: readonly Scan[]) => [scans.slice(0, 5), scans.slice(5)];

/** An event, and the time from which the scans count. */
type Prepared = Event & { readonly start: number };

describe.each(transports)('two devices that overlap (%s)', (transport) => {
  let api: TestApi;
  /** The same tables, with a proxy and a short deadline. */
  let limited: TestApi;
  let proxy: LossyProxy;
  beforeAll(async () => {
    proxy = await startLossyProxy(testSettings().endpoint);
    api = await startTestApi(transport);
    const { database, tokens } = api.config;
    const config = { tokens, database: { ...database, endpoint: proxy.endpoint } };
    limited = await startTestApi('lambda', { config, deadlineMs: 900 });
  });
  afterEach(() => proxy.fail('TransactWriteItems'));
  afterAll(async () => {
    await Promise.all([api.stop(), limited.stop()]);
    await proxy.close();
  });

  /** Eight people, of whom numbers 3 to 6 are scanned by both devices, at different times, and 1 three times. */
  async function prepare() {
    const event = await published(api, { ...concert, capacity: 7 });
    const people = newPeople(9);
    const registrations = await joinAll(api, event, people);
    await leave(api, event, people[8] ?? '');
    for (const one of [api, limited]) one.advance(60_000);
    const start = Date.parse(registrations[0]?.registeredAt ?? '');
    const at = (seconds: number) => `${new Date(start + seconds * 1_000).toISOString().slice(0, 19)}Z`;
    const codeOf = (number: number) => registrations[number - 1]?.code ?? '';
    // Seats are enough for numbers 1 to 7: 8 waits, and 9 is cancelled.
    const one = [1, 2, 3, 4, 5, 6, 1].map((number, index) =>
      scanOf({ code: codeOf(number), scannedAt: at(20 + index * 2), admitted: index % 2 === 0 }),
    );
    const other = [6, 5, 4, 3, 7, 8, 9, 1].map((number, index) =>
      scanOf({ number, scannedAt: at(50 - index * 5), admitted: number > 7 }),
    );
    return { event: { ...event, start }, one, other };
  }

  /** What is stored of the scans in the end. */
  async function stateOf(event: Prepared) {
    const registrations = await allRegistrations(api, event);
    return {
      count: await checkedInCount(api, event),
      registrations: registrations.map(({ number, status, checkedInAt, scanCount }) => ({
        number,
        status,
        scanCount,
        after: checkedInAt && Date.parse(checkedInAt) - event.start,
      })),
    };
  }

  /** Everybody is checked in, the first one by three scans. */
  async function expectComplete(event: Prepared): Promise<void> {
    const { count, registrations } = await stateOf(event);
    expect(count).toBe(9);
    expect(registrations.map(({ number, status, scanCount }) => [number, status, scanCount])).toEqual([
      [1, 'confirmed', 3],
      [2, 'confirmed', 1],
      [3, 'confirmed', 2],
      [4, 'confirmed', 2],
      [5, 'confirmed', 2],
      [6, 'confirmed', 2],
      [7, 'confirmed', 1],
      [8, 'waitlisted', 1],
      [9, 'cancelled', 1],
    ]);
  }

  const sendBoth = async (event: Event, ...batches: readonly (readonly Scan[])[]) => {
    const outcomes: CheckInOutcome[][] = [];
    for (const batch of batches) outcomes.push(await checkIn(api, event, ...batch));
    return outcomes;
  };

  type Way = (event: Event, one: readonly Scan[], other: readonly Scan[]) => Promise<unknown>;
  const ways: readonly (readonly [string, Way])[] = [
    ['one after the other', (event, one, other) => sendBoth(event, one, other)],
    ['the other one first', (event, one, other) => sendBoth(event, other, one)],
    ['twice', (event, one, other) => sendBoth(event, one, one, other, other, one)],
    ['in halves', (event, one, other) => sendBoth(event, ...halves(one), ...halves(other).reverse())],
    ['reversed', (event, one, other) => sendBoth(event, one.toReversed(), other.toReversed())],
    ['at once', (event, one, other) => Promise.all([checkIn(api, event, ...one), checkIn(api, event, ...other)])],
    [
      'at once, each twice and reversed',
      (event, one, other) =>
        Promise.all([one, other, one.toReversed(), other.toReversed()].map((batch) => checkIn(api, event, ...batch))),
    ],
    [
      'each scan by itself, at once',
      (event, one, other) => Promise.all([...one, ...other].map((scan) => until(event, [scan]))),
    ],
  ];

  const [simplest, ...others] = ways as [(typeof ways)[number], ...typeof ways];
  /** The first way is what the others are compared with. */
  const tried = [simplest, ...sampled(others)];

  /** Sends scans until all of them are processed, as a device does. */
  async function until(event: Event, scans: readonly Scan[]): Promise<void> {
    for (let attempt = 0, rest = [...scans]; rest.length > 0; attempt += 1) {
      expect(attempt).toBeLessThan(20);
      const outcomes = await checkIn(api, event, ...rest);
      rest = rest.filter((_, index) => outcomes[index]?.outcome === 'not-processed');
    }
  }

  inFull(
    'end in the same state with any batches, in any order',
    async () => {
      const states: unknown[] = [];
      for (const [way, send] of tried) {
        const { event, one, other } = await prepare();
        await send(event, one, other);
        await until(event, [...one, ...other]);
        await expectComplete(event);
        states.push([way, await stateOf(event)]);
      }
      const [, expected] = states[0] as [string, unknown];
      expect(states).toEqual(tried.map(([way]) => [way, expected]));
    },
    60_000,
  );

  it('get the same outcome for a scan, whichever request processed it', async () => {
    const { event, one } = await prepare();
    const sent = await Promise.all([1, 2, 3, 4].map(() => checkIn(api, event, ...one)));
    const again = await checkIn(api, event, ...one);
    const outcomes = again.map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'checked-in')).toHaveLength(6);
    for (const received of sent)
      for (const [index, { outcome }] of received.entries())
        expect([outcomes[index], 'not-processed']).toContain(outcome);
  });

  it('a batch that is sent again after an undo does not check in again', async () => {
    const { event, one } = await prepare();
    const first = await checkIn(api, event, ...one);
    for (const [index, scan] of one.entries())
      expect((await undo(api, event, first[index]?.number ?? 0, scan)).status).toBe(204);
    expect(await checkedInCount(api, event)).toBe(0);
    const again = await checkIn(api, event, ...one);
    expect(again.map(({ outcome }) => outcome)).toEqual(first.map(({ outcome }) => outcome));
    for (const { checkedInAt } of again) expect(checkedInAt).toBeUndefined();
    expect(await checkedInCount(api, event)).toBe(0);
    // A new scan does.
    expect(await checkIn(api, event, scanOf({ number: 2 }))).toMatchObject([{ outcome: 'checked-in' }]);
  });

  it('of many first scans of one ticket at once, one checks in, and the person is counted once', async () => {
    const event = await published(api);
    const [registration] = await joinAll(api, event, newPeople(1));
    const scans = Array.from({ length: 8 }, () => scanOf({ code: registration?.code ?? '' }));
    const outcomes = (await Promise.all(scans.map((scan) => checkIn(api, event, scan)))).flat();
    expect(outcomes.filter(({ outcome }) => outcome === 'checked-in')).toHaveLength(1);
    await until(event, scans);
    expect(await checkedInCount(api, event)).toBe(1);
    expect(await allRegistrations(api, event)).toMatchObject([{ scanCount: 8 }]);
    await Promise.all(
      scans.map(async (scan) => {
        for (let status = 409; status === 409;) ({ status } = await undo(api, event, 1, scan));
      }),
    );
    expect(await checkedInCount(api, event)).toBe(0);
    expect((await allRegistrations(api, event))[0]).not.toHaveProperty('checkedInAt');
  });

  describe('when the request is cut off,', () => {
    /** Lets this many first scans pass, and then fails all others. */
    function failAfter(passed: number, failure: typeof silence): void {
      let count = 0;
      const next = async () => {
        count += 1;
        if (count > passed) proxy.fail('TransactWriteItems', failure);
        else proxy.beforeNext('TransactWriteItems', next);
      };
      proxy.beforeNext('TransactWriteItems', next);
    }

    const send = async (event: Event, scans: readonly Scan[]) =>
      callAs(limited, 'organizer', 'createCheckIns', event, {
        body: { scans },
        headers: await tokenOf(api, 'organizer'),
      });

    it.each([
      ['by the deadline', silence],
      ['by a failure of the database', reset],
    ])('%s, the rest is not processed, and ends in the same state once it is sent again', async (_, failure) => {
      const reference = await prepare();
      await sendBoth(reference.event, reference.one, reference.other);
      const { event, one, other } = await prepare();
      for (const batch of [one, other]) {
        failAfter(2, failure);
        const { status, body } = await send(event, batch);
        expect(status).toBe(200);
        const outcomes = (body as { outcomes: CheckInOutcome[] }).outcomes;
        const processed = outcomes.findIndex(({ outcome }) => outcome === 'not-processed');
        expect(processed).toBeGreaterThan(0);
        expect(outcomes.slice(processed)).toEqual(
          batch.slice(processed).map(({ scanId }) => ({ scanId, outcome: 'not-processed' })),
        );
        proxy.fail('TransactWriteItems');
        await until(event, batch);
      }
      expect(await stateOf(event)).toEqual(await stateOf(reference.event));
    });

    it('before anything was processed, it is 503, with Retry-After only if nothing was written', async () => {
      const { event, one } = await prepare();
      failAfter(0, reset);
      const response = await send(event, one);
      expectProblem(response, 'service-unavailable');
      expect(response.headers).not.toHaveProperty('retry-after');
      proxy.fail('TransactWriteItems');
      await until(event, one);
      expect(await checkedInCount(api, event)).toBe(6);
    });

    it('a response of the database that is lost checks in once', async () => {
      const { event, one } = await prepare();
      proxy.loseNextResponse('TransactWriteItems');
      const { status, body } = await send(event, one.slice(0, 1));
      expect(status).toBe(200);
      expect((body as { outcomes: CheckInOutcome[] }).outcomes).toMatchObject([{ outcome: 'checked-in' }]);
      proxy.loseNextResponse('UpdateItem');
      const further = await send(event, [{ ...scanOf({ number: 1 }) }]);
      expect((further.body as { outcomes: CheckInOutcome[] }).outcomes).toMatchObject([
        { outcome: 'already-checked-in' },
      ]);
      expect((await allRegistrations(api, event))[0]).toMatchObject({ scanCount: 2 });
      expect(await checkedInCount(api, event)).toBe(1);
    });
  });

  it('a request has time for its last call after it stopped processing scans', () => {
    expect(timeBudget.checkIns + timeBudget.attempt).toBeLessThan(timeBudget.request);
  });
});

describe('a scan whose registration changes before it is written,', () => {
  const admitted = scanOf({ number: 1, admitted: true });
  const scan = (stage: Awaited<ReturnType<typeof createPublished>>) =>
    stage.call('createCheckIns', undefined, { body: { scans: [{ ...admitted, scannedAt: '2030-06-01T12:00:00Z' }] } });

  test.each([
    ['cancelled', 'deleteMyRegistration'],
    ['confirmed', 'cancelMyRegistration'],
  ] as const)('is processed as the registration is then: %s, %s', async (status, operationId) => {
    const stage = await createPublished();
    await stage.register('anna');
    if (status === 'cancelled') await stage.call('cancelMyRegistration', 'anna', { body: {} });
    stage.before('transact', () => stage.call(operationId, 'anna', { body: {} }));
    const expected = operationId === 'deleteMyRegistration' ? 'unknown-ticket' : 'cancelled';
    expect(await scan(stage)).toMatchObject({ body: { outcomes: [{ outcome: expected }] } });
    expect(stage.stored().includes(admitted.scanId)).toBe(expected === 'cancelled');
  });
});
