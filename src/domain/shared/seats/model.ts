/**
 * The seats of an event, by numbers.
 *
 * Everybody who registers takes the next *number*. Numbers up to `confirmedUpTo` have a seat, greater ones wait: the status of a
 * registration follows from its number and is stored nowhere, so that one write confirms any number of people, in the order in
 * which they came. A number that somebody gives up is *released* once: `confirmedUpTo` grows by one, and the next number has the
 * seat. Somebody who leaves the waitlist is counted as *withdrawn* until `confirmedUpTo` reaches the number; only then is it released.
 * A number that is not used, because a request died after taking it, is a *gap*, and is released when it is a minute old. Finding
 * both is to *reclaim* seats (src/domain/registrations/reclaim.ts).
 *
 * Always: `confirmedUpTo` − `released` is the capacity, and `confirmedUpTo` shrinks only as far as no number is beyond it, so that a
 * seat is never withdrawn.
 */
import type { FieldError, ProblemCode } from '../../../contract/generated/types.ts';
import { atMost, type Comparisons, equalTo, exists, missing } from '../../../lib/comparison.ts';
import type { Instant } from '../instants.ts';
import type { Problem, Requirement } from '../requirement.ts';

/** When, and whether beyond its seats, an event takes registrations. */
export interface RegistrationPeriod {
  /** Registration opens at this time; at once if absent. */
  readonly opensAt?: Instant;
  /** Registration closes at this time. */
  readonly closesAt: Instant;
  /** Whether people can register when all seats are taken. */
  readonly waitlist: boolean;
}

/** The counters of one event: a small item in no index, so that one event takes up to 1,000 registrations per second. */
export interface Seats extends RegistrationPeriod {
  /** Whether the event is published. */
  readonly accepting: boolean;
  /** The last number taken; 0 before the first. */
  readonly lastNumber: number;
  /** The last number with a seat, even if it has not been taken yet; absent if the event has no capacity. */
  readonly confirmedUpTo?: number;
  /** How many numbers have been released. */
  readonly released: number;
  /** How many people have left the waitlist whose numbers are not released yet. */
  readonly withdrawn: number;
  /** Nothing is left to reclaim up to this number. */
  readonly reclaimedUpTo: number;
  /** When the last number was taken. */
  readonly lastNumberAt: Instant;
  /** When seats were last reclaimed on behalf of somebody who was only looking. */
  readonly lookedAt?: Instant;
}

/** Whether a number has a seat. */
export function hasSeat(number: number, { confirmedUpTo }: Pick<Seats, 'confirmedUpTo'>): boolean {
  return confirmedUpTo === undefined || number <= confirmedUpTo;
}

/** What an event shows of its seats. */
export interface SeatCounts {
  readonly registered: number;
  readonly waitlisted: number;
  /** Free seats; absent if the event has no capacity. */
  readonly left?: number;
}

/** The counts of an event. They are exact once everything is reclaimed; until then, `registered` can be too high. */
export function countsOf({ lastNumber, confirmedUpTo, released, withdrawn }: Seats): SeatCounts {
  if (confirmedUpTo === undefined) return { registered: positive(lastNumber - released - withdrawn), waitlisted: 0 };
  const taken = Math.min(lastNumber, confirmedUpTo);
  return {
    registered: positive(taken - released),
    waitlisted: positive(lastNumber - taken - withdrawn),
    left: confirmedUpTo - taken,
  };
}

const positive = (count: number) => Math.max(0, count);

/** Whether there may be something to reclaim: numbers up to the last one with a seat have not been looked at. */
export function isReclaimable({ lastNumber, confirmedUpTo = Infinity, reclaimedUpTo }: Seats): boolean {
  return reclaimedUpTo < Math.min(lastNumber, confirmedUpTo);
}

/**
 * Why a published event takes no registration; undefined if it does. DynamoDB checks the same when a number is taken (repository.ts).
 * Event and counters are two items: if the event was read before it was unpublished or cancelled, and the counters after it, the
 * reason is `concurrent-change`.
 */
export function closedReason(seats: Seats, now: Instant) {
  if (!seats.accepting) return 'concurrent-change';
  if (seats.opensAt !== undefined && now < seats.opensAt) return 'registration-not-open';
  if (now >= seats.closesAt) return 'registration-closed';
  return closedReasonAtAnyTime(seats);
}

/** The same at any time, for a registration by the organizer. */
export function closedReasonAtAnyTime(seats: Seats) {
  if (!seats.accepting) return 'concurrent-change';
  return seats.waitlist || hasSeat(seats.lastNumber + 1, seats) ? undefined : 'event-full';
}

export type SeatsRequirement<P extends Problem = Problem> = Requirement<Seats, P>;

/** A change of the counters, with what they must be like for it. */
export interface SeatsChange<R extends SeatsRequirement = SeatsRequirement> {
  readonly requirements: readonly R[];
  /** New values; null removes one. */
  readonly set?: { readonly [Member in keyof Seats]?: Seats[Member] | null };
  /** How many seats are added; negative if they become fewer. */
  readonly addSeats?: number;
}

/** The counters after a change. */
export function applySeatsChange(seats: Seats, { set = {}, addSeats = 0 }: SeatsChange): Seats {
  const { confirmedUpTo, ...next } = { ...seats, ...set };
  const members = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== null)) as unknown as Seats;
  if (confirmedUpTo === undefined || confirmedUpTo === null) return members;
  return { ...members, confirmedUpTo: confirmedUpTo + addSeats };
}

/** The counters after a number is released: the next one has its seat, or it is counted as withdrawn while it waits. */
export function afterRelease(seats: Seats, number: number): Seats {
  if (!hasSeat(number, seats)) return { ...seats, withdrawn: seats.withdrawn + 1 };
  const { confirmedUpTo } = seats;
  const next = confirmedUpTo === undefined ? {} : { confirmedUpTo: confirmedUpTo + 1 };
  return { ...seats, ...next, released: seats.released + 1 };
}

/** A requirement that is not the caller's concern: if it is not met, the counters have moved, and the change is decided again. */
function unchanged(comparisons: Comparisons<keyof Seats>): SeatsRequirement<Problem<'concurrent-change'>> {
  return { comparisons, problemOf: () => ({ problem: 'concurrent-change' }) };
}

function requirement<const Code extends ProblemCode>(
  comparisons: Comparisons<keyof Seats>,
  problem: Code,
  ...errors: readonly FieldError[]
): SeatsRequirement<Problem<Code>> {
  return { comparisons, problemOf: () => ({ problem, ...(errors.length > 0 ? { errors } : {}) }) };
}

/** The counters of an event that has never been published. */
export function newSeats(period: RegistrationPeriod, capacity: number | undefined, now: Instant): Seats {
  return {
    ...period,
    accepting: true,
    lastNumber: 0,
    ...(capacity === undefined ? {} : { confirmedUpTo: capacity }),
    released: 0,
    withdrawn: 0,
    reclaimedUpTo: 0,
    lastNumberAt: now,
  };
}

/** An event that was unpublished takes registrations again. No one is registered. */
export function reopening({ released }: Seats, period: RegistrationPeriod, capacity: number | undefined) {
  return {
    requirements: [unchanged({ released: equalTo(released) })],
    set: { ...setPeriod(period), accepting: true, confirmedUpTo: capacity === undefined ? null : released + capacity },
  } satisfies SeatsChange;
}

/** The event takes no more registrations. */
export const closing = { requirements: [], set: { accepting: false } } as const satisfies SeatsChange;

/** The event takes no more registrations, if no one is registered or waiting. */
export function closingIfEmpty({ released }: Seats) {
  return {
    requirements: [
      requirement({ lastNumber: equalTo(released), released: equalTo(released) }, 'event-has-registrations'),
    ],
    set: { accepting: false },
  } satisfies SeatsChange;
}

/** Another period, and another capacity. People never lose their seats: a smaller capacity must have room for all numbers. */
export function adjusting(
  seats: Seats,
  period: RegistrationPeriod,
  capacity: { readonly before: number | undefined; readonly after: number | undefined },
): SeatsChange<SeatsRequirement<Problem<'capacity-below-registrations' | 'concurrent-change'>>> {
  const set = setPeriod(period);
  const { before, after } = capacity;
  if (before === after) return { requirements: [], set };
  if (after === undefined) return { requirements: [], set: { ...set, confirmedUpTo: null } };
  if (before === undefined || seats.confirmedUpTo === undefined) {
    const confirmedUpTo = seats.released + after;
    return {
      requirements: [
        unchanged({ confirmedUpTo: missing, released: equalTo(seats.released) }),
        requirement({ lastNumber: atMost(confirmedUpTo) }, 'capacity-below-registrations'),
      ],
      set: { ...set, confirmedUpTo },
    };
  }
  const addSeats = after - before;
  if (addSeats > 0) return { requirements: [unchanged({ confirmedUpTo: exists })], set, addSeats };
  return {
    requirements: [
      unchanged({ confirmedUpTo: equalTo(seats.confirmedUpTo) }),
      requirement({ lastNumber: atMost(seats.confirmedUpTo + addSeats) }, 'capacity-below-registrations'),
    ],
    set,
    addSeats,
  };
}

function setPeriod({ opensAt, closesAt, waitlist }: RegistrationPeriod) {
  return { opensAt: opensAt ?? null, closesAt, waitlist };
}
