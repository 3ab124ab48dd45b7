import type { Call, OperationResult } from '../../../contract/binding.ts';
import { instantOf } from '../../shared/instants.ts';
import type { Dependencies } from '../dependencies.ts';
import { eventResponse, isVisible } from '../model.ts';

/** Returns an event, read consistently. */
export async function getEvent(
  { path, principal, signal }: Call<'getEvent'>,
  { events, now }: Dependencies,
): Promise<OperationResult<'getEvent'>> {
  const event = await events.get(path.eventId, signal);
  if (!event || !isVisible(event, principal.sub)) return { problem: 'event-not-found' };
  return eventResponse(event, instantOf(now()));
}
