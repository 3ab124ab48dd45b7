import type { Call, OperationResult } from '../../../contract/binding.ts';
import { pathTo } from '../../../contract/operations.ts';
import { deriveId, fingerprintOf } from '../../shared/idempotency.ts';
import { instantOf } from '../../shared/instants.ts';
import { walkInProblem } from '../../shared/seats/rules.ts';
import type { State } from '../actions.ts';
import { createAdmission } from '../admission.ts';
import { maxAttempts } from '../../shared/attempts.ts';
import type { Dependencies } from '../dependencies.ts';
import { isVoid, type RegistrationRecord } from '../model.ts';
import { seatsOf } from '../seats-of.ts';
import { toWalkInRegistration } from '../view.ts';

/** Registers a person for one of the caller's events: once for an idempotency key, if there is one. */
export async function createRegistration(
  { path: { eventId }, headers, body, principal: { sub }, requestId, signal }: Call<'createRegistration'>,
  { events, now, ...stores }: Dependencies,
): Promise<OperationResult<'createRegistration'>> {
  const at = instantOf(now());
  const { registrations, seats } = stores;
  const sentKey = headers['Idempotency-Key'];
  const key = sentKey === undefined ? undefined : { id: deriveId(sentKey, sub), fingerprint: fingerprintOf(body) };
  const registration = { eventId, ...body, at, requestId, ...(key ? { fingerprint: key.fingerprint } : {}) };
  const admit = createAdmission(registration, stores, { atAnyTime: true, signal });
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const found = await events.findOwn(eventId, sub, signal);
    if ('problem' in found) return found;
    const { event } = found;
    const claimed = key && (await registrations.findKey(eventId, key.id, signal));
    const entry = claimed === undefined ? undefined : await registrations.get(eventId, claimed, signal);
    if (entry !== undefined && !isVoid(entry)) {
      // Before anything else is checked: what was created once stays created.
      if (entry.erasedAt !== undefined) return { problem: 'idempotency-key-consumed' };
      if (entry.fingerprint !== key?.fingerprint) return { problem: 'idempotency-key-reused' };
      const state = { event, seats: await seatsOf(entry, found.seats, seats, signal), at };
      return created(entry, state, { replayed: entry.requestId !== requestId });
    }

    const admitted = await admit(found, {
      problem: walkInProblem(event, found.seats, at),
      abandoned: entry === undefined ? claimed : undefined,
      // A number that is void belongs to no registration, and never will: the key can take another one.
      claim: async (number) =>
        key === undefined || registrations.claimForKey(eventId, key.id, { number, unused: claimed }, signal),
    });
    if (admitted === undefined) continue;
    if ('problem' in admitted) return admitted;
    return created(admitted.record, { event, seats: admitted.seats, at }, { replayed: false });
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
