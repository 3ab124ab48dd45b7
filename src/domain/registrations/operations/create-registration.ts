import { randomUUID } from 'node:crypto';
import type { Call, OperationResult } from '../../../contract/binding.ts';
import { pathTo } from '../../../contract/operations.ts';
import { deriveId, fingerprintOf } from '../../shared/idempotency.ts';
import { instantOf } from '../../shared/instants.ts';
import { walkInProblem } from '../../shared/seats/rules.ts';
import type { State } from '../actions.ts';
import { maxAttempts } from '../cancel.ts';
import type { Dependencies } from '../dependencies.ts';
import { isVoid, newRecord, type RegistrationRecord } from '../model.ts';
import { giveBack, reclaim } from '../reclaim.ts';
import { detailsProblem } from '../rules.ts';
import { seatsOf } from '../seats-of.ts';
import { toWalkInRegistration } from '../view.ts';

/**
 * Registers a person for one of the caller's events: takes the next number, claims it for the idempotency key, if there is one, and
 * writes the registration. A request that dies in between leaves a number that the next request with the key uses, or that is
 * reclaimed a minute later.
 */
export async function createRegistration(
  { path: { eventId }, headers, body, principal: { sub }, requestId, signal }: Call<'createRegistration'>,
  { events, now, ...stores }: Dependencies,
): Promise<OperationResult<'createRegistration'>> {
  const at = instantOf(now());
  const { registrations, seats } = stores;
  const sentKey = headers['Idempotency-Key'];
  const key = sentKey === undefined ? undefined : { id: deriveId(sentKey, sub), fingerprint: fingerprintOf(body) };
  let reclaimed = false;
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const found = await events.findOwn(eventId, sub, signal);
    if ('problem' in found) return found;
    const claimed = key && (await registrations.findKey(eventId, key.id, signal));
    const entry = claimed === undefined ? undefined : await registrations.get(eventId, claimed, signal);
    if (entry !== undefined && !isVoid(entry)) {
      // Before anything else is checked: what was created once stays created.
      if (entry.erasedAt !== undefined) return { problem: 'idempotency-key-consumed' };
      if (entry.fingerprint !== key?.fingerprint) return { problem: 'idempotency-key-reused' };
      const state = { event: found.event, seats: await seatsOf(entry, found.seats, seats, signal), at };
      return created(entry, state, { replayed: entry.requestId !== requestId });
    }

    // An earlier request with the key died after it had claimed a number, which may be the last one with a seat.
    const died = claimed !== undefined && entry === undefined;
    const problem = walkInProblem(found.event, found.seats, at);
    if (problem === 'event-full' && !died && !reclaimed) {
      await reclaim(eventId, stores, { at, signal });
      reclaimed = true;
      continue;
    }
    if (problem === 'concurrent-change') continue;
    if (problem !== undefined && !(problem === 'event-full' && died)) return { problem };
    const invalid = detailsProblem(found.event, body);
    if (invalid) return invalid;

    const taken = died
      ? {
          ok: true as const,
          number: claimed,
          seats: await seatsOf({ eventId, number: claimed }, found.seats, seats, signal),
        }
      : await seats.takeNumber(eventId, randomUUID(), at, signal, { atAnyTime: true });
    if (!taken.ok) continue;
    // A number that is void belongs to no registration, and never will: the key can take another one.
    const claim = { number: taken.number, unused: claimed };
    if (key && !died && !(await registrations.claimForKey(eventId, key.id, claim, signal))) {
      await giveBack(eventId, taken, stores, { at, signal });
      continue;
    }
    const record = newRecord({
      eventId,
      number: taken.number,
      ...body,
      at,
      requestId,
      ...(key ? { fingerprint: key.fingerprint } : {}),
    });
    const written = await registrations.put(record, signal);
    if (written.ok) return created(written.record, { event: found.event, seats: taken.seats, at }, { replayed: false });
  }
  return { problem: 'concurrent-change' };
}

function created(record: RegistrationRecord, state: State, { replayed }: { readonly replayed: boolean }) {
  const { eventId, number } = record;
  const body = toWalkInRegistration(record, state);
  return {
    status: 201,
    headers: {
      Location: pathTo('getRegistration', { eventId, number: String(number) }),
      ETag: body.etag,
      ...(replayed ? { 'Idempotency-Replayed': 'true' as const } : {}),
    },
    body,
  } as const;
}
