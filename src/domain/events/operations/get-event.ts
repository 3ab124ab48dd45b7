import type { Answer, Call } from '../../../contract/binding.ts';
import { eventAnswer } from '../model.ts';
import { instantOf } from '../../shared/instants.ts';
import { isVisible } from '../rules.ts';
import type { Dependencies } from '../dependencies.ts';

/** Reads an event, consistently. */
export async function getEvent(
  { path, principal, signal }: Call<'getEvent'>,
  { events, now }: Dependencies,
): Promise<Answer<'getEvent'>> {
  const event = await events.get(path.eventId, signal);
  if (!event || !isVisible(event, principal.sub)) return { problem: 'event-not-found' };
  return eventAnswer(event, instantOf(now()));
}
