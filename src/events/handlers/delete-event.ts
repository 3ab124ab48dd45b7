import type { Answer, Call } from '../../contract/binding.ts';
import { matching, mostTries } from '../change.ts';
import type { EventRecord } from '../event.ts';
import { instantOf } from '../instants.ts';
import { denial, judgeDelete } from '../rules.ts';
import type { Services } from '../services.ts';

/** Removes an event for good, while nobody is registered. A tombstone stays behind, so that its key makes it no second time. */
export async function deleteEvent(
  { path, headers, principal, ...context }: Call<'deleteEvent'>,
  { events, now }: Services,
): Promise<Answer<'deleteEvent'>> {
  const ifMatch = headers['If-Match'];
  const moment = now();
  const tombstone = { by: principal.sub, at: instantOf(moment), nowSeconds: Math.floor(moment.getTime() / 1000) };
  const expected = { organizerId: principal.sub, registeredAtMost: 0, ...matching(ifMatch) };
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const outcome = await events.remove(path.eventId, expected, tombstone, context);
    if (outcome.ok) return { status: 204 };
    const objection = denial(outcome.current, principal.sub, ifMatch) ?? judgeDelete(outcome.current as EventRecord);
    if (objection) return objection;
  }
  return { problem: 'concurrent-change' };
}
