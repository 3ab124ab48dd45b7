/** The rules about seats mean the same to DynamoDB, which checks the conditions of writes, and to the code. */
import { randomUUID } from 'node:crypto';
import { sampled } from '../../../../test/support/sample.ts';
import { emptySeats, seedSeats } from '../../../../test/support/seed.ts';
import { createTestTables, type TestTables } from '../../../../test/support/tables.ts';
import { firstProblem } from '../requirement.ts';
import {
  adjusting,
  applySeatsChange,
  closing,
  closingIfEmpty,
  hasSeat,
  closedReason,
  reopening,
  type Seats,
  type SeatsChange,
} from './model.ts';
import { createSeatsRepository, type SeatsRepository } from './repository.ts';

const now = '2030-06-01T12:00:00Z';
const later = '2030-06-01T12:00:01Z';

let tables: TestTables;
let repository: SeatsRepository;
beforeAll(async () => {
  tables = await createTestTables();
  repository = createSeatsRepository(tables.database, tables.tableNames.registrations);
});
afterAll(() => tables.drop());

async function store(seats: Seats): Promise<string> {
  const eventId = randomUUID();
  await seedSeats(tables, eventId, seats);
  return eventId;
}

const limits: readonly Partial<Seats>[] = [{}, { confirmedUpTo: 2 }, { confirmedUpTo: 3 }];
const counters: readonly Seats[] = [2, 3].flatMap((lastNumber) =>
  [0, 2].flatMap((released) =>
    limits.map((limit) => ({ ...emptySeats, closesAt: later, ...limit, lastNumber, released })),
  ),
);

/** Checks many cases, some at a time: all at once would time out on a busy machine. */
async function forEach<Case>(cases: readonly Case[], check: (one: Case) => Promise<void>): Promise<void> {
  for (let next = 0; next < cases.length; next += 20) await Promise.all(cases.slice(next, next + 20).map(check));
}

/** Counters of every kind, in every period. */
const takable = sampled(
  counters
    .filter(({ released }) => released === 0)
    .flatMap((seats) =>
      [true, false].flatMap((accepting) =>
        [true, false].flatMap((waitlist) =>
          [{}, { opensAt: now }, { opensAt: later }].flatMap((opens) =>
            [now, later].map((closesAt): Seats => ({ ...seats, accepting, waitlist, ...opens, closesAt })),
          ),
        ),
      ),
    ),
);

test('DynamoDB takes a number exactly if the code finds no reason to refuse it', async () => {
  await forEach(takable, async (seats) => {
    const taken = await repository.takeNumber(await store(seats), randomUUID(), now, AbortSignal.timeout(30_000));
    expect({ seats, ok: taken.ok }).toEqual({ seats, ok: closedReason(seats, now) === undefined });
    if (taken.ok)
      expect(taken).toEqual({
        ok: true,
        number: seats.lastNumber + 1,
        seats: { ...seats, lastNumber: seats.lastNumber + 1, lastNumberAt: now },
      });
    else expect(taken.seats).toEqual(seats);
  });
});

const period = { opensAt: now, closesAt: later, waitlist: false };
const changes: Readonly<Record<string, (seats: Seats) => SeatsChange>> = {
  reopening: (seats) => reopening(seats, period, 7),
  'reopening without a capacity': (seats) => reopening(seats, { closesAt: later, waitlist: true }, undefined),
  closing: () => closing,
  'closing if no one is registered': closingIfEmpty,
  'changing the period only': (seats) => adjusting(seats, period, { before: 3, after: 3 }),
  'removing the capacity': (seats) => adjusting(seats, period, { before: 3, after: undefined }),
  'setting a capacity': (seats) => adjusting(seats, period, { before: undefined, after: 1 }),
  'raising the capacity': (seats) => adjusting(seats, period, { before: 3, after: 5 }),
  'lowering the capacity': (seats) => adjusting(seats, period, { before: 4, after: 3 }),
};

/** Counters that another request has changed after these were read. */
const movedOn: readonly ((seats: Seats) => Seats)[] = [
  (seats) => seats,
  (seats) => ({ ...seats, lastNumber: seats.lastNumber + 1 }),
  (seats) => ({ ...seats, released: seats.released + 1 }),
  ({ confirmedUpTo, ...seats }) => (confirmedUpTo === undefined ? { ...seats, confirmedUpTo: 9 } : seats),
  ({ confirmedUpTo, ...seats }) =>
    confirmedUpTo === undefined ? seats : { ...seats, confirmedUpTo: confirmedUpTo + 1 },
];

const moves = counters.flatMap((read) => movedOn.map((move) => ({ read, stored: move(read) })));

const changesOfMoves = Object.entries(changes).map(([title, changeOf]) => [title, changeOf, sampled(moves)] as const);

test.each(changesOfMoves)('DynamoDB and the code agree on %s', async (_, changeOf, some) => {
  await forEach(some, async ({ read, stored }) => {
    const change = changeOf(read);
    const eventId = await store(stored);
    const { ok } = await tables.database.transact([repository.change(eventId, change)], {
      signal: AbortSignal.timeout(30_000),
    });
    expect({ read, stored, ok }).toEqual({
      read,
      stored,
      ok: firstProblem(change.requirements, stored) === undefined,
    });
    expect(await repository.get(eventId, AbortSignal.timeout(30_000))).toEqual(
      ok ? applySeatsChange(stored, change) : stored,
    );
  });
});

const releases = sampled(moves);

test('a number is released as one with a seat or as one that waits, and only if it still is what it was', async () => {
  await forEach(releases, async ({ read, stored }) => {
    for (const number of [2, 3]) {
      const eventId = await store(stored);
      const { ok } = await tables.database.transact([repository.release(eventId, number, read)], {
        signal: AbortSignal.timeout(30_000),
      });
      const sameRow = hasSeat(number, read) === hasSeat(number, stored);
      const sameLimit = (read.confirmedUpTo === undefined) === (stored.confirmedUpTo === undefined);
      // No one can wait for an event without a limit.
      expect({ read, stored, number, ok }).toEqual({
        read,
        stored,
        number,
        ok: sameRow && (sameLimit || !hasSeat(number, read)),
      });
      const { confirmedUpTo, ...rest } = stored;
      const expected = !ok
        ? stored
        : hasSeat(number, read)
          ? {
              ...rest,
              released: stored.released + 1,
              ...(confirmedUpTo === undefined ? {} : { confirmedUpTo: confirmedUpTo + 1 }),
            }
          : { ...stored, withdrawn: stored.withdrawn + 1 };
      expect(await repository.get(eventId, AbortSignal.timeout(30_000))).toEqual(expected);
    }
  });
});

test('a change never creates counters', async () => {
  const eventId = randomUUID();
  const { ok } = await tables.database.transact([repository.change(eventId, closing)], {
    signal: AbortSignal.timeout(30_000),
  });
  expect([ok, await repository.get(eventId, AbortSignal.timeout(30_000))]).toEqual([false, undefined]);
});
