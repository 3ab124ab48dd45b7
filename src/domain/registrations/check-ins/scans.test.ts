import fc from 'fast-check';
import {
  afterScan,
  afterUndo,
  type ArrivedScan,
  type CheckInState,
  cutTime,
  isStored,
  maxScans,
  outcomeOf,
} from './scans.ts';

const scanId = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const instant = (seconds: number) => `2030-06-21T18:00:${String(seconds).padStart(2, '0')}Z`;

const record = {
  eventId: '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31',
  number: 2,
  revision: 1,
  nonce: '4d7a90c2e8b1',
  registeredAt: instant(10),
  updatedAt: instant(10),
  requestId: 'request',
};

const scan = (index: number, seconds = index): ArrivedScan => ({
  scanId: scanId(index),
  outcome: 'checked-in',
  scannedAt: instant(seconds),
  receivedAt: instant(59),
});

describe('the time of a scan', () => {
  test.each([
    ['between registration and now', '2030-06-21T20:00:30.9+02:00', instant(30)],
    ['after now', instant(50), instant(40)],
    ['much later', '9999-12-31T23:59:59-23:59', instant(40)],
    ['before the registration', instant(5), instant(10)],
    ['much earlier', '0000-01-01T00:00:00+23:59', instant(10)],
  ])('%s', (_, scannedAt, expected) => {
    expect(cutTime(scannedAt, record.registeredAt, instant(40))).toBe(expected);
  });

  test('is that of the registration if its clock was ahead', () => {
    expect(cutTime(instant(5), instant(30), instant(20))).toBe(instant(30));
  });
});

describe('the outcome of a scan', () => {
  const seats = { confirmedUpTo: 2 };
  const cancellation = { at: instant(20), by: 'attendee' } as const;
  const published = { status: 'published' } as const;
  test.each([
    ['of a ticket with a seat', {}, published, seats, 'checked-in'],
    ['of a ticket that was scanned', { checkedInAt: instant(20) }, published, seats, 'already-checked-in'],
    ['without a limit', {}, published, {}, 'checked-in'],
    ['of somebody who waits', {}, published, { confirmedUpTo: 1 }, 'waitlisted'],
    ['of somebody inside who waits', { checkedInAt: instant(20) }, published, { confirmedUpTo: 1 }, 'waitlisted'],
    ['of a cancelled ticket', { cancellation }, published, seats, 'cancelled'],
    ['of a cancelled ticket inside', { cancellation, checkedInAt: instant(30) }, published, seats, 'cancelled'],
    [
      'for a cancelled event',
      { cancellation, checkedInAt: instant(30) },
      { status: 'cancelled' },
      seats,
      'event-cancelled',
    ],
  ] as const)('%s', (_, changes, event, counters, outcome) => {
    expect(outcomeOf({ ...record, ...changes }, event, counters)).toBe(outcome);
    const isValid = outcome === 'checked-in' || outcome === 'already-checked-in';
    expect(isStored({ outcome })).toBe(isValid);
    expect(isStored({ outcome, admitted: true })).toBe(true);
  });
});

type Step = { readonly scan: number; readonly seconds: number } | { readonly undo: number };

function apply(state: CheckInState, step: Step): CheckInState {
  if ('scan' in step) return state.scans?.[scanId(step.scan)] ? state : afterScan(state, scan(step.scan, step.seconds));
  return afterUndo(state, scanId(step.undo), instant(59)) ?? state;
}

const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ scan: fc.nat({ max: 9 }), seconds: fc.nat({ max: 58 }) }) },
    { weight: 1, arbitrary: fc.record({ undo: fc.nat({ max: 9 }) }) },
  ),
  { maxLength: 30 },
);

test('a registration is checked in from its earliest scan that is not undone, and counts them', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const state = all.reduce(apply, {} as CheckInState);
      const live = Object.values(state.scans ?? {}).filter(({ undoneAt }) => undoneAt === undefined);
      const [earliest] = live.map(({ scannedAt }) => scannedAt).sort();
      expect([state.checkedInAt, state.scanCount]).toEqual(
        live.length === 0 ? [undefined, undefined] : [earliest, live.length],
      );
    }),
  );
});

test('scans end in the same state in any order', () => {
  const scans = fc.uniqueArray(fc.record({ scan: fc.nat({ max: 99 }), seconds: fc.nat({ max: 58 }) }), {
    maxLength: maxScans,
    selector: (one) => one.scan,
  });
  fc.assert(
    fc.property(
      scans.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([one, other]) => {
        expect(other.reduce<CheckInState>(apply, {})).toEqual(one.reduce<CheckInState>(apply, {}));
      },
    ),
  );
});

test('an undo happens once, even if the scan arrives again', () => {
  const undone = afterUndo(afterScan({}, scan(1)), scanId(1), instant(40))!;
  expect(undone).not.toHaveProperty('checkedInAt');
  expect(undone.scans?.[scanId(1)]).toMatchObject({ undoneAt: instant(40) });
  expect(afterUndo(undone, scanId(1), instant(50))).toBeUndefined();
  expect(afterUndo(undone, scanId(2), instant(50))).toBeUndefined();
});

describe('of more than 20 scans,', () => {
  const full = Array.from({ length: maxScans }, (_, index) => scan(index + 1)).reduce<CheckInState>(afterScan, {});

  test('further ones are counted only, and do not change the time', () => {
    const more = afterScan(full, scan(30, 0));
    expect(more).toEqual({ ...full, scanCount: maxScans + 1 });
  });

  test('one makes room if all are undone, so that a person can always be checked in', () => {
    const undone = Object.keys(full.scans ?? {}).reduce<CheckInState>(
      (state, id) => afterUndo(state, id, instant(59)) ?? state,
      full,
    );
    expect(undone.checkedInAt).toBeUndefined();
    const again = afterScan(undone, { ...scan(30), receivedAt: instant(59) });
    expect(Object.keys(again.scans ?? {})).toHaveLength(maxScans);
    expect(again).toMatchObject({ scanCount: 1, checkedInAt: instant(30) });
    expect(again.scans).toHaveProperty(scanId(30));
  });

  test('the one that makes room is the first that arrived, as the latest may still be sent again', () => {
    // Their ids are in another order than their arrival.
    const all = Array.from({ length: maxScans }, (_, index) => ({
      ...scan(index + 1),
      receivedAt: instant(58 - index),
    }));
    const undone = all.reduce<CheckInState>(
      (state, one) => afterUndo(afterScan(state, one), one.scanId, instant(59)) ?? state,
      {},
    );
    const again = afterScan(undone, { ...scan(30), receivedAt: instant(59) });
    expect(Object.keys(again.scans ?? {})).toEqual([...all.slice(0, -1), scan(30)].map((one) => one.scanId));
  });
});
