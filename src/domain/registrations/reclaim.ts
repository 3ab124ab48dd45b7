/**
 * Gives unused seats to the next numbers: those of people who left the waitlist, and gaps, which requests leave behind that
 * die after taking a number. It runs when somebody looks, and each number is looked at once.
 */
import { DatabaseUnavailable } from '../../storage/errors.ts';
import { timeBudget } from '../../storage/timeouts.ts';
import type { Instant } from '../shared/instants.ts';
import { hasSeat, isReclaimable, type Seats } from '../shared/seats/model.ts';
import type { Stores } from './dependencies.ts';
import { type Entry, isActive, isVoid } from './model.ts';
import type { EntryPage } from './repository.ts';

/** A gap this old has no writer any more: it is many times the deadline of a request. */
const gapAgeMs = 60_000;

/** How many numbers one transaction releases: it has up to 100 writes, one of which changes the counters. */
const maxBatchSize = 99;

/** How many numbers one query reads. */
const pageSize = 2 * maxBatchSize;

export interface ReclaimOptions {
  readonly at: Instant;
  readonly signal: AbortSignal;
  /** After how many milliseconds to stop; by default as long as a request that depends on it can wait. */
  readonly duration?: number;
}

/**
 * Reclaims the seats of an event; those of younger gaps remain.
 *
 * @returns false if there was not enough time: calling it again continues
 */
export async function reclaim(
  eventId: string,
  stores: Stores,
  { at, signal, duration = timeBudget.reclaim }: ReclaimOptions,
): Promise<boolean> {
  const { registrations, seats: repository, elapsed } = stores;
  const stopAt = elapsed() + duration;
  let from = 1;
  let firstYoungGap = Infinity;
  let batchSize = maxBatchSize;
  for (;;) {
    const seats = await repository.get(eventId, signal);
    if (seats === undefined) return true;
    from = Math.max(from, seats.reclaimedUpTo + 1);
    if (from > lastWithSeat(seats)) return true;
    if (elapsed() >= stopAt) return false;
    // Without an upper bound: a gap at the end is as old as the entry after it, which may have no seat.
    const page = await registrations.page(eventId, { from, limit: pageSize }, signal);
    const plan = planOf({ from, seats, page, at });
    firstYoungGap = Math.min(firstYoungGap, plan.firstYoungGap);
    from = plan.next;
    const { releases } = plan;
    for (let first = 0; first < releases.length; first += batchSize) {
      const batch = releases.slice(first, first + batchSize);
      if (elapsed() < stopAt && (await releaseAll(eventId, batch, seats, stores, { at, signal }))) continue;
      // Another request has released one of the numbers, or used it, or has lowered the capacity.
      from = Math.min(from, batch[0]?.number ?? from);
      batchSize = Math.ceil(batch.length / 4);
      break;
    }
    const upTo = Math.min(from, firstYoungGap) - 1;
    if (upTo > seats.reclaimedUpTo) await repository.setReclaimedUpTo(eventId, upTo, signal);
    if (plan.isLast && from === plan.next) return true;
  }
}

/** A number to release: that of somebody who left the waitlist, or a gap, which has no entry. */
interface Release {
  readonly number: number;
  readonly entry?: Entry;
}

interface Plan {
  readonly releases: readonly Release[];
  readonly firstYoungGap: number;
  /** The first number to be looked at afterwards. */
  readonly next: number;
  /** Whether nothing can be left to release then. */
  readonly isLast: boolean;
}

interface Look {
  readonly from: number;
  /** Read before the page. */
  readonly seats: Seats;
  readonly page: EntryPage;
  readonly at: Instant;
}

/** Finds the numbers to release. Each of them gives its seat to the next number, which may be released in turn. */
function planOf({ from, seats, page, at }: Look): Plan {
  const entries = new Map(page.entries.map((entry) => [entry.number, entry]));
  const lastRead = Math.min(page.lastNumber ?? Infinity, seats.lastNumber);
  const { confirmedUpTo = Infinity } = seats;
  const releases: Release[] = [];
  let withdrawn = seats.withdrawn;
  let firstYoungGap = Infinity;
  /** A number that waited when it was read may have been cancelled since. It must be read again once it has a seat. */
  let firstUncertain = Infinity;
  let number = from;
  for (; number <= Math.min(lastRead, confirmedUpTo + releases.length); number += 1) {
    const entry = entries.get(number);
    if (entry?.toSettle) {
      releases.push({ number, entry });
      withdrawn -= 1;
    } else if (entry !== undefined) {
      if (number > confirmedUpTo && !isVoid(entry) && isActive(entry))
        firstUncertain = Math.min(firstUncertain, number);
    } else if (!isYoungGap(number)) releases.push({ number });
    else {
      firstYoungGap = Math.min(firstYoungGap, number);
      // Gaps after this one are younger still, so only people who left can remain.
      if (withdrawn === 0) return { releases, firstYoungGap, next: number, isLast: true };
    }
  }
  return { releases, firstYoungGap, next: Math.min(number, firstUncertain), isLast: false };

  /** A gap is at least as old as the next number that is in use. */
  function isYoungGap(gap: number): boolean {
    const next = page.entries.find((entry) => entry.number > gap);
    // The absolute difference: a clock that was ahead must not keep a seat empty until its time has come.
    return Math.abs(Date.parse(at) - Date.parse(next ? timeOf(next) : seats.lastNumberAt)) < gapAgeMs;
  }
}

/** Releases all of these numbers or none; false if another request changed one of them, or the counters. */
async function releaseAll(
  eventId: string,
  releases: readonly Release[],
  seats: Seats,
  { registrations, seats: repository }: Stores,
  { at, signal }: ReclaimOptions,
): Promise<boolean> {
  const writes = releases.map(({ number, entry }) =>
    entry === undefined ? registrations.voiding(eventId, number, at, true) : registrations.settling(entry),
  );
  const numbers = releases.map(({ number }) => number);
  const withdrawn = releases.filter(({ entry }) => entry !== undefined).length;
  const counting = repository.releaseAll(eventId, { numbers, withdrawn }, seats);
  return (await registrations.transact([...writes, counting], signal)) === 'done';
}

const timeOf = (entry: Entry) => (isVoid(entry) ? entry.at : entry.registeredAt);

const lastWithSeat = ({ lastNumber, confirmedUpTo = Infinity }: Seats) => Math.min(lastNumber, confirmedUpTo);

/** A number that was taken, with the counters as they were read. */
interface TakenNumber {
  readonly number: number;
  readonly seats: Seats;
}

/** How often voiding a number is attempted while the counters change. */
const maxVoidAttempts = 5;

/**
 * Voids a number that is not used, so that a late write cannot use it, and releases it.
 *
 * @returns false if another request has used or voided the number, or too many races were lost
 */
export async function voidNumber(
  eventId: string,
  { number, seats: read }: TakenNumber,
  { registrations, seats: repository }: Stores,
  { at, signal }: ReclaimOptions,
): Promise<boolean> {
  let seats: Seats | undefined = read;
  for (let attempt = 1; seats !== undefined && attempt <= maxVoidAttempts; attempt += 1) {
    const writes = [
      registrations.voiding(eventId, number, at, hasSeat(number, seats)),
      repository.release(eventId, number, seats),
    ];
    const outcomes = await registrations.transact(writes, signal);
    if (outcomes === 'done') return true;
    if (outcomes[0]?.conditionFailed) return false;
    seats = await repository.get(eventId, signal);
  }
  return false;
}

/** Voids a number that its request cannot use. It never fails: what remains is a gap. */
export async function giveBack(...args: Parameters<typeof voidNumber>): Promise<void> {
  await ifAvailable(voidNumber(...args));
}

/**
 * Reclaims seats after a write, for a second at most. It never fails: what the caller has asked for is done already.
 *
 * @returns the counters afterwards; those given if nothing was reclaimed
 */
export async function reclaimSome(
  eventId: string,
  seats: Seats,
  stores: Stores,
  options: ReclaimOptions,
): Promise<Seats> {
  const { signal } = options;
  const finished = await ifAvailable(reclaim(eventId, stores, { ...options, duration: timeBudget.look }));
  // If the database was overloaded, the pause remains.
  if (finished === false) await ifAvailable(stores.seats.allowLook(eventId, signal));
  return (await ifAvailable(stores.seats.get(eventId, signal))) ?? seats;
}

/** Reclaims the seats of people who left the waitlist, after a seat was released. It never fails. */
export async function reclaimWithdrawn(eventId: string, stores: Stores, options: ReclaimOptions): Promise<void> {
  const seats = await ifAvailable(stores.seats.get(eventId, options.signal));
  if (seats !== undefined && seats.withdrawn > 0) await reclaimSome(eventId, seats, stores, options);
}

/** The result of a call to the database; undefined if it is unavailable. */
async function ifAvailable<Result>(result: Promise<Result>): Promise<Result | undefined> {
  try {
    return await result;
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error;
    return undefined;
  }
}

/**
 * Reclaims seats on behalf of somebody who looks at an event: at once if the last look had not enough time, else at most every ten
 * seconds. It never fails.
 *
 * @param seats the counters as they were read
 * @returns the counters afterwards
 */
export async function look(eventId: string, seats: Seats, stores: Stores, options: ReclaimOptions): Promise<Seats> {
  if (!isReclaimable(seats)) return seats;
  const may = await ifAvailable(stores.seats.mayLook(eventId, seats, options.at, options.signal));
  return may ? reclaimSome(eventId, seats, stores, options) : seats;
}
