/**
 * Gives unused seats to the next numbers: those of people who left the waitlist, and gaps, which requests leave behind that
 * die after taking a number. It runs when somebody looks, and each number is looked at once.
 */
import { DatabaseUnavailable } from '../../storage/errors.ts';
import type { Instant } from '../shared/instants.ts';
import { hasSeat, isReclaimable, type Seats } from '../shared/seats/model.ts';
import type { Stores } from './dependencies.ts';
import { type Entry, isVoid } from './model.ts';

/** A gap this old has no writer any more: it is many times the deadline of a request. */
const gapAgeMs = 60_000;

/** How many numbers one query reads, and how many seats are given on behalf of somebody who was only looking. */
const pageSize = 200;
const maxSeatsPerLook = 20;

export interface ReclaimOptions {
  readonly at: Instant;
  readonly signal: AbortSignal;
  /** How many seats to give at most; all by default. */
  readonly max?: number;
}

/** Reclaims the seats of an event; those of younger gaps remain. */
export async function reclaim(
  eventId: string,
  { registrations, seats: repository }: Stores,
  { at, signal, max = Infinity }: ReclaimOptions,
): Promise<void> {
  let given = 0;
  for (;;) {
    const read = await repository.get(eventId, signal);
    if (read === undefined || !isReclaimable(read) || given >= max) return;
    const from = read.reclaimedUpTo + 1;
    // Without an upper bound: a gap at the end is as old as the entry after it, which may have no seat.
    const page = await registrations.page(eventId, { from, limit: pageSize }, signal);
    const entries = new Map(page.entries.map((entry) => [entry.number, entry]));
    // Not beyond the seats that there were before the page was read: a number that waited then may have been cancelled since, and
    // would be taken for one that is in use.
    const last = Math.min(page.lastNumber ?? read.lastNumber, lastWithSeat(read));

    /** The writes that release a number; undefined if it is in use, or was released already. */
    const releaseOf = (number: number, seats: Seats) => {
      const entry = entries.get(number);
      if (entry === undefined)
        return [registrations.voiding(eventId, number, at, true), repository.release(eventId, number, seats)];
      return entry.toSettle ? [registrations.settling(entry), repository.settle(eventId, number, seats)] : undefined;
    };
    /** A gap is at least as old as the next number that is in use. */
    const isYoungGap = (number: number) => {
      if (entries.has(number)) return false;
      const next = page.entries.find((entry) => entry.number > number);
      return Date.parse(at) - Date.parse(next ? timeOf(next) : read.lastNumberAt) < gapAgeMs;
    };

    let seats = read;
    let number = from;
    let raced = false;
    for (; number <= last && given < max && !isYoungGap(number); number += 1) {
      const writes = releaseOf(number, seats);
      if (writes === undefined) continue;
      raced = (await registrations.transact(writes, signal)) !== 'done';
      if (raced) break;
      given += 1;
      seats = afterRelease(seats);
    }
    if (number > from) await repository.setReclaimedUpTo(eventId, number - 1, signal);
    if (number <= last && !raced) return;
  }
}

const timeOf = (entry: Entry) => (isVoid(entry) ? entry.at : entry.registeredAt);

const lastWithSeat = ({ lastNumber, confirmedUpTo = Infinity }: Seats) => Math.min(lastNumber, confirmedUpTo);

function afterRelease(seats: Seats): Seats {
  const { confirmedUpTo, released } = seats;
  return {
    ...seats,
    released: released + 1,
    ...(confirmedUpTo === undefined ? {} : { confirmedUpTo: confirmedUpTo + 1 }),
  };
}

/** A number that was taken, with the counters as they were read. */
interface TakenNumber {
  readonly number: number;
  readonly seats: Seats;
}

/**
 * Voids a number that is not used, so that a late write cannot use it, and releases it.
 *
 * @returns false if another request changed the number or the counters
 */
export async function voidNumber(
  eventId: string,
  { number, seats }: TakenNumber,
  { registrations, seats: repository }: Stores,
  { at, signal }: ReclaimOptions,
): Promise<boolean> {
  const writes = [
    registrations.voiding(eventId, number, at, hasSeat(number, seats)),
    repository.release(eventId, number, seats),
  ];
  return (await registrations.transact(writes, signal)) === 'done';
}

/** Voids a number that its request cannot use. It never fails: what remains is a gap. */
export async function giveBack(...args: Parameters<typeof voidNumber>): Promise<void> {
  await ifAvailable(voidNumber(...args));
}

/**
 * Reclaims some seats after a write. It never fails: what the caller has asked for is done already.
 *
 * @returns the counters afterwards; those given if nothing was reclaimed
 */
export async function reclaimSome(
  eventId: string,
  seats: Seats,
  stores: Stores,
  options: ReclaimOptions,
): Promise<Seats> {
  await ifAvailable(reclaim(eventId, stores, { ...options, max: maxSeatsPerLook }));
  return (await ifAvailable(stores.seats.get(eventId, options.signal))) ?? seats;
}

/** Reclaims the seats of people who left the waitlist, after a seat was released. It never fails. */
export async function reclaimWithdrawn(eventId: string, stores: Stores, options: ReclaimOptions): Promise<void> {
  const seats = await ifAvailable(stores.seats.get(eventId, options.signal));
  if (seats !== undefined && seats.withdrawn > 0) await reclaimSome(eventId, seats, stores, options);
}

/** The result of a call of the database; undefined if it is unavailable. */
async function ifAvailable<Result>(result: Promise<Result>): Promise<Result | undefined> {
  try {
    return await result;
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error;
    return undefined;
  }
}

/**
 * Reclaims some seats on behalf of somebody who looks at an event, at most every ten seconds. It never fails.
 *
 * @param seats the counters as they were read
 * @returns the counters afterwards
 */
export async function look(eventId: string, seats: Seats, stores: Stores, options: ReclaimOptions): Promise<Seats> {
  if (!isReclaimable(seats)) return seats;
  const may = await ifAvailable(stores.seats.mayLook(eventId, seats, options.at, options.signal));
  return may ? reclaimSome(eventId, seats, stores, options) : seats;
}
