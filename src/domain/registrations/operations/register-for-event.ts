import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Call, OperationResult } from '../../../contract/binding.ts';
import { pathTo } from '../../../contract/operations.ts';
import { pick } from '../../../lib/pick.ts';
import { instantOf } from '../../shared/instants.ts';
import { hasSeat, type Seats } from '../../shared/seats/model.ts';
import { registrationProblem } from '../../shared/seats/rules.ts';
import type { OwnState } from '../actions.ts';
import { maxAttempts } from '../cancel.ts';
import type { Dependencies } from '../dependencies.ts';
import { detailMembers, isActive, isOf, newRecord, type RegistrationRecord } from '../model.ts';
import { giveBack, look, reclaim } from '../reclaim.ts';
import type { Details } from '../repository.ts';
import { canChangeDetails, detailsProblem, hasNumberLeft } from '../rules.ts';
import { seatsOf } from '../seats-of.ts';
import { ownResponse, toOwnRegistration } from '../view.ts';

/**
 * Registers the caller: takes the next number, claims it for the caller, and writes the registration, in three writes without a
 * transaction. A request that dies in between leaves a number that the caller's next request uses, or that is reclaimed a minute later.
 */
export async function registerForEvent(
  { path: { eventId }, body, principal: { sub }, requestId, signal }: Call<'registerForEvent'>,
  { events, now, ...stores }: Dependencies,
): Promise<OperationResult<'registerForEvent'>> {
  const at = instantOf(now());
  const { registrations, seats } = stores;
  let lostRace = false;
  /** The number that this request has claimed for the caller. */
  let claimed: number | undefined;
  let reclaimed = false;
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const [found, attendee] = await Promise.all([
      events.find(eventId, sub, signal),
      registrations.findAttendee(eventId, sub, signal),
    ]);
    if ('problem' in found) {
      // The event was deleted since, and with it everything personal.
      if (claimed !== undefined) await registrations.forget(eventId, sub, claimed, signal);
      return found;
    }
    const entry = attendee && (await registrations.get(eventId, attendee.latest, signal));

    if (isOf(entry, sub) && isActive(entry)) {
      const state = { event: found.event, seats: await seatsOf(entry, found.seats, seats, signal), at };
      if (!canChangeDetails(found.event, at) || hasDetails(entry, body)) return ownResponse(entry, state);
      // What stays as it is was valid when it was accepted.
      const invalid = detailsProblem(found.event, body);
      if (invalid) return invalid;
      const replaced = await registrations.replaceDetails(entry, body, at, signal);
      if (replaced.ok) return ownResponse(replaced.record, state);
      continue;
    }
    // The caller's other request was faster, and was cancelled since: this one does not register again.
    if (isOf(entry, sub) && lostRace) return ownResponse(entry, { ...found, at, attendee });

    // An earlier request of the caller died after it had claimed a number, which may be the last one with a seat.
    const died = attendee !== undefined && entry === undefined;
    const problem = registrationProblem(found.event, found.seats, at);
    if (problem === 'event-full' && !died && !reclaimed) {
      await reclaim(eventId, stores, { at, signal });
      reclaimed = true;
      continue;
    }
    if (problem === 'concurrent-change') continue;
    if (problem !== undefined && !(problem === 'event-full' && died)) return { problem };
    if (!died && !hasNumberLeft(attendee)) return { problem: 'too-many-registrations' };
    const invalid = detailsProblem(found.event, body);
    if (invalid) return invalid;

    const taken =
      died && found.seats !== undefined
        ? {
            ok: true as const,
            number: attendee.latest,
            seats: await seatsOf({ eventId, number: attendee.latest }, found.seats, seats, signal),
          }
        : await seats.takeNumber(eventId, randomUUID(), at, signal);
    if (!taken.ok) continue;

    const record = newRecord({ eventId, number: taken.number, userId: sub, ...body, at, requestId });
    const claim = { number: taken.number, stale: attendee?.latest };
    if (!died && !(await registrations.claim(eventId, sub, claim, signal))) {
      // The number that was taken in vain is a gap: it is given back at once if that succeeds, and reclaimed later if not.
      await giveBack(eventId, taken, stores, { at, signal });
      lostRace = true;
      continue;
    }
    claimed = taken.number;
    const written = await registrations.put(record, signal);
    if (written.ok) return created(written.record, { event: found.event, seats: await seatsAfter(taken), at });
  }
  return { problem: 'concurrent-change' };

  /** A request that gets no seat also looks whether one is free. */
  async function seatsAfter(taken: { readonly number: number; readonly seats: Seats }): Promise<Seats> {
    return hasSeat(taken.number, taken.seats) ? taken.seats : look(eventId, taken.seats, stores, { at, signal });
  }
}

function hasDetails(record: RegistrationRecord, body: Details): boolean {
  return isDeepStrictEqual(pick(record, detailMembers), pick(body, detailMembers));
}

function created(record: RegistrationRecord, state: OwnState) {
  const body = toOwnRegistration(record, state);
  const headers = { Location: pathTo('getMyRegistration', { eventId: record.eventId }), ETag: body.etag };
  return { status: 201, headers, body } as const;
}
