import { isDeepStrictEqual } from 'node:util';
import type { Call, OperationResult } from '../../../contract/binding.ts';
import { pathTo } from '../../../contract/operations.ts';
import { pick } from '../../../lib/pick.ts';
import { instantOf } from '../../shared/instants.ts';
import { hasSeat, type Seats } from '../../shared/seats/model.ts';
import { registrationProblem } from '../../shared/seats/rules.ts';
import type { OwnState } from '../actions.ts';
import { createAdmission } from '../admission.ts';
import { maxAttempts } from '../../shared/attempts.ts';
import type { Dependencies } from '../dependencies.ts';
import { detailMembers, isActive, isOf, type RegistrationRecord } from '../model.ts';
import { look } from '../reclaim.ts';
import type { Details } from '../repository.ts';
import { canChangeDetails, detailsProblem, hasNumberLeft } from '../rules.ts';
import { seatsOf } from '../seats-of.ts';
import { ownResponse, toOwnRegistration } from '../view.ts';

/** Registers the caller, or replaces the details of the caller's registration. */
export async function registerForEvent(
  { path: { eventId }, body, principal: { sub }, requestId, signal }: Call<'registerForEvent'>,
  { events, now, ...stores }: Dependencies,
): Promise<OperationResult<'registerForEvent'>> {
  const at = instantOf(now());
  const { registrations, seats } = stores;
  const registration = { eventId, userId: sub, ...body, at, requestId };
  const admit = createAdmission(registration, stores, { atAnyTime: false, signal });
  let lostRace = false;
  /** The number that is claimed for the caller and has no registration yet. */
  let claimed: number | undefined;
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
    const { event } = found;
    const entry = attendee && (await registrations.get(eventId, attendee.latest, signal));

    if (isOf(entry, sub) && isActive(entry)) {
      const state = { event, seats: await seatsOf(entry, found.seats, seats, signal), at };
      if (!canChangeDetails(event, at) || hasDetails(entry, body)) return ownResponse(entry, state);
      // What stays as it is was valid when it was accepted.
      const invalid = detailsProblem(event, body);
      if (invalid) return invalid;
      const replaced = await registrations.replaceDetails(entry, body, at, signal);
      if (replaced.ok) return ownResponse(replaced.record, state);
      continue;
    }
    // The caller's other request was faster, and was cancelled since: this one does not register again.
    if (isOf(entry, sub) && lostRace) return ownResponse(entry, { ...found, at, attendee });

    const abandoned = entry === undefined ? attendee?.latest : undefined;
    claimed = abandoned ?? claimed;
    const isLimited = abandoned === undefined && !hasNumberLeft(attendee);
    const admitted = await admit(found, {
      problem: registrationProblem(event, found.seats, at) ?? (isLimited ? 'too-many-registrations' : undefined),
      abandoned,
      claim: async (number) => {
        const won = await registrations.claim(eventId, sub, { number, stale: attendee?.latest }, signal);
        if (won) claimed = number;
        else lostRace = true;
        return won;
      },
    });
    if (admitted === undefined) continue;
    if ('problem' in admitted) return admitted;
    return created(admitted.record, { event, seats: await seatsAfter(admitted), at });
  }
  return { problem: 'concurrent-change' };

  /** A request that gets no seat also looks whether one is free. */
  async function seatsAfter(admitted: { readonly record: RegistrationRecord; readonly seats: Seats }): Promise<Seats> {
    const { record, seats: read } = admitted;
    return hasSeat(record.number, read) ? read : look(eventId, read, stores, { at, signal });
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
