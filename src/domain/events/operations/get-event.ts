import type { Call, OperationResult } from '../../../contract/binding.ts';
import { instantOf } from '../../shared/instants.ts';
import type { Dependencies } from '../dependencies.ts';
import { eventResponse, isVisible } from '../model.ts';

/** Returns an event with the counts of its seats, read consistently; for its organizer, also how many people are checked in. */
export async function getEvent(
  { path, principal, signal }: Call<'getEvent'>,
  { events, seats, registrations, now }: Dependencies,
): Promise<OperationResult<'getEvent'>> {
  const [event, counters] = await Promise.all([events.get(path.eventId, signal), seats.get(path.eventId, signal)]);
  if (!event || !isVisible(event, principal.sub)) return { problem: 'event-not-found' };
  const view = { caller: principal.sub, at: instantOf(now()) };
  // Before the first registration, no one can be checked in.
  if (event.organizerId !== principal.sub || !counters?.lastNumber) return eventResponse(event, counters, view);
  const checkedIn = await registrations.countCheckIns(path.eventId, signal);
  return eventResponse(event, counters, checkedIn === 0 ? view : { ...view, checkedIn });
}
