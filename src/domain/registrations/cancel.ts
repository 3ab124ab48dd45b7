/** Cancels a registration: the person gives up the number, and the next one in line gets the seat. */
import { maxAttempts } from '../shared/attempts.ts';
import type { Problem } from '../shared/requirement.ts';
import { hasSeat } from '../shared/seats/model.ts';
import type { Stores } from './dependencies.ts';
import { isActive, isVoid, type RegistrationRecord } from './model.ts';
import { reclaimWithdrawn } from './reclaim.ts';
import { isInside } from './rules.ts';

type Cancellation = NonNullable<RegistrationRecord['cancellation']>;

/**
 * Cancels an active registration, unless the person is checked in. One that is erased can be cancelled even then, because its scans
 * are erased and cannot be undone; it stays counted as checked in.
 *
 * @returns the cancelled registration, by this call or by another one that was faster; `concurrent-change` if too many races were lost
 */
export async function cancel(
  read: RegistrationRecord,
  cancellation: Cancellation,
  stores: Stores,
  signal: AbortSignal,
): Promise<RegistrationRecord | Problem<'already-checked-in' | 'concurrent-change'>> {
  const { eventId, number } = read;
  const { registrations, seats: repository } = stores;
  let record = read;
  if (isInside(record)) return { problem: 'already-checked-in' };
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const seats = await repository.getExisting(eventId, signal);
    const settled = hasSeat(number, seats);
    const written = await registrations.transact(
      [registrations.cancelling(record, cancellation, settled), repository.release(eventId, number, seats)],
      signal,
    );
    // The seat may have gone to the number of somebody who left, perhaps in the same moment.
    if (written === 'done' && settled) await reclaimWithdrawn(eventId, stores, { at: cancellation.at, signal });
    // Otherwise somebody else has cancelled or erased it, a scan has checked the person in, or the number got its seat just now.
    const current = await registrations.get(eventId, number, signal);
    if (current === undefined || isVoid(current)) continue;
    if (!isActive(current)) return current;
    if (isInside(current)) return { problem: 'already-checked-in' };
    record = current;
  }
  return { problem: 'concurrent-change' };
}
