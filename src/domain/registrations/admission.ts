/** Admits people to an event: what `registerForEvent` and `createRegistration` have in common. */
import { randomUUID } from 'node:crypto';
import type { ProblemCode } from '../../contract/generated/types.ts';
import type { FoundEvent } from '../events/model.ts';
import type { Seats } from '../shared/seats/model.ts';
import type { Stores } from './dependencies.ts';
import { type NewRecord, newRecord, type RegistrationRecord } from './model.ts';
import { giveBack, reclaim } from './reclaim.ts';
import { detailsProblem } from './rules.ts';
import { seatsOf } from './seats-of.ts';

interface AdmissionOptions {
  /** For the organizer, who can also register people before registration opens and after it closes. */
  readonly atAnyTime: boolean;
  readonly signal: AbortSignal;
}

/** Who is to be admitted, as one attempt has read it. */
interface Candidate<Code extends ProblemCode> {
  /** Why the person is not admitted at this moment. */
  readonly problem: Code | undefined;
  /** The number that an earlier request claimed for the person before it died. It may be the last one with a seat. */
  readonly abandoned: number | undefined;
  /** Makes a number the person's; false if another request was faster. */
  readonly claim: (number: number) => Promise<boolean>;
}

interface Admitted {
  readonly record: RegistrationRecord;
  /** The counters once the number was taken. */
  readonly seats: Seats;
}

type InvalidDetails = NonNullable<ReturnType<typeof detailsProblem>>;

/**
 * Admits one person: takes the next number, claims it for the person, and writes the registration, in three writes without a
 * transaction. A request that dies in between leaves a number that the person's next request uses, or that is reclaimed a minute later.
 *
 * @returns the function that makes one attempt, with an event that was just read. It resolves with the registration, with a problem,
 * or with undefined if everything must be read again.
 */
export function createAdmission(
  registration: Omit<NewRecord, 'number'>,
  stores: Stores,
  { atAnyTime, signal }: AdmissionOptions,
) {
  const { eventId, at } = registration;
  const { registrations, seats } = stores;
  let reclaimed = false;

  return async function admit<Code extends ProblemCode>(
    found: FoundEvent,
    { problem, abandoned, claim }: Candidate<Code>,
  ): Promise<Admitted | { readonly problem: Code } | InvalidDetails | undefined> {
    if (problem === 'event-full' && abandoned === undefined && !reclaimed) {
      await reclaim(eventId, stores, { at, signal });
      reclaimed = true;
      return undefined;
    }
    if (problem === 'concurrent-change') return undefined;
    if (problem !== undefined && !(problem === 'event-full' && abandoned !== undefined)) return { problem };
    const invalid = detailsProblem(found.event, registration);
    if (invalid) return invalid;

    const taken = abandoned === undefined ? await takeNumber(claim) : await takenBefore(abandoned, found);
    if (taken === undefined) return undefined;
    const written = await registrations.put(newRecord({ ...registration, number: taken.number }), signal);
    return written.ok ? { record: written.record, seats: taken.seats } : undefined;
  };

  async function takeNumber(claim: Candidate<ProblemCode>['claim']) {
    const taken = await seats.takeNumber(eventId, randomUUID(), at, signal, { atAnyTime });
    if (!taken.ok) return undefined;
    if (await claim(taken.number)) return taken;
    // The number that was taken in vain is a gap: it is given back at once if that succeeds, and reclaimed later if not.
    await giveBack(eventId, taken, stores, { at, signal });
    return undefined;
  }

  async function takenBefore(number: number, { seats: read }: FoundEvent) {
    return { number, seats: await seatsOf({ eventId, number }, read, seats, signal) };
  }
}
