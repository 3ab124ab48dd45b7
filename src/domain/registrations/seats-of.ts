import type { Seats } from '../shared/seats/model.ts';
import type { SeatsRepository } from '../shared/seats/repository.ts';

/**
 * The counters that tell whether a number has a seat: those that were read, unless they are older than the number. The capacity may
 * have been lowered before the number was taken, so that older counters would show a seat that it never had.
 */
export async function seatsOf(
  { eventId, number }: { readonly eventId: string; readonly number: number },
  read: Seats | undefined,
  repository: SeatsRepository,
  signal: AbortSignal,
): Promise<Seats> {
  return read !== undefined && read.lastNumber >= number ? read : repository.getExisting(eventId, signal);
}
