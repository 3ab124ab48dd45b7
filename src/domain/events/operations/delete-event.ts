import type { Call, OperationResult } from '../../../contract/binding.ts';
import { instantOf } from '../../shared/instants.ts';
import { closingIfEmpty, isReclaimable } from '../../shared/seats/model.ts';
import { accessTo } from '../access.ts';
import type { Dependencies } from '../dependencies.ts';
import { maxAttempts } from '../../shared/attempts.ts';
import { deletionProblem } from '../requirements.ts';
import { readWithSeats } from '../seats.ts';

/**
 * Deletes an event, unless somebody is registered, and erases the data of those who were. A tombstone remains, so that its idempotency
 * key does not create it again. If the erasure is cut off, the event is gone already, and deleting it again continues with the rest.
 */
export async function deleteEvent(
  { path: { eventId }, headers, principal, ...context }: Call<'deleteEvent'>,
  dependencies: Dependencies,
): Promise<OperationResult<'deleteEvent'>> {
  const { events, seats: repository, registrations, now } = dependencies;
  const { signal } = context;
  const at = instantOf(now());
  let reclaimed = false;
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const read = await readWithSeats(eventId, dependencies, at, signal);
    const access = accessTo(read.event, principal.sub, headers['If-Match']);
    if ('problem' in access) {
      // Also for an event that the caller cannot see: otherwise the time would tell it from one that does not exist.
      const isGone = access.problem === 'event-not-found';
      if (!isGone || !(await events.isErasing({ eventId, organizerId: principal.sub }, signal))) return access;
      await eraseRegistrations();
      return { status: 204 };
    }
    // No one has ever registered for an event whose last number is 0.
    const seats = read.seats?.lastNumber === 0 ? undefined : read.seats;
    const close = read.seats && closingIfEmpty(read.seats);
    const conflict = deletionProblem(read.seats);
    if (conflict) {
      if (reclaimed || !read.seats || !isReclaimable(read.seats)) return conflict;
      await registrations.reclaim(eventId, at, signal);
      reclaimed = true;
      continue;
    }
    const closing = close && repository.change(eventId, close);
    if (!(await events.remove(access.event, at, { closing, erasing: seats !== undefined }, context))) continue;
    if (seats !== undefined) await eraseRegistrations();
    return { status: 204 };
  }
  return { problem: 'concurrent-change' };

  async function eraseRegistrations(): Promise<void> {
    await registrations.eraseAll(eventId, at, signal);
    await events.finishErasing(eventId, signal);
  }
}
