import type { Call, OperationResult } from '../../../contract/binding.ts';
import { instantOf } from '../../shared/instants.ts';
import type { Dependencies } from '../dependencies.ts';
import { eventResponse, isVisible } from '../model.ts';

/** Returns an event with the counts of its seats, both read consistently. */
export async function getEvent(
  { path, principal, signal }: Call<'getEvent'>,
  { events, seats, now }: Dependencies,
): Promise<OperationResult<'getEvent'>> {
  const [event, counters] = await Promise.all([events.get(path.eventId, signal), seats.get(path.eventId, signal)]);
  if (!event || !isVisible(event, principal.sub)) return { problem: 'event-not-found' };
  return eventResponse(event, counters, { caller: principal.sub, at: instantOf(now()) });
}
