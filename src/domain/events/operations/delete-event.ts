import type { Answer, Call } from '../../../contract/binding.ts';
import { disagreement, matching } from '../transition.ts';
import type { EventRecord } from '../model.ts';
import { instantOf } from '../../shared/instants.ts';
import { denial, judgeDelete } from '../rules.ts';
import type { Dependencies } from '../dependencies.ts';

/** Removes an event for good, while nobody is registered. A tombstone stays behind, so that its key makes it no second time. */
export async function deleteEvent(
  { path, headers, principal, ...context }: Call<'deleteEvent'>,
  { events, now }: Dependencies,
): Promise<Answer<'deleteEvent'>> {
  const ifMatch = headers['If-Match'];
  const tombstone = { by: principal.sub, at: instantOf(now()) };
  const expected = { organizerId: principal.sub, registeredAtMost: 0, ...matching(ifMatch) };
  const outcome = await events.remove(path.eventId, expected, tombstone, context);
  if (outcome.ok) return { status: 204 };
  return (
    denial(outcome.current, principal.sub, ifMatch) ??
    judgeDelete(outcome.current as EventRecord) ??
    disagreement(path.eventId)
  );
}
