import type { Answer, Call } from '../../../contract/binding.ts';
import { create, replay } from '../create.ts';
import type { EventRecord } from '../model.ts';
import { fromOriginal, impossibilities, refusal } from '../rules.ts';
import type { Dependencies } from '../dependencies.ts';

/** Creates a draft with the content of one of the caller's events and with times of its own. */
export async function duplicateEvent(
  call: Call<'duplicateEvent'>,
  dependencies: Dependencies,
): Promise<Answer<'duplicateEvent'>> {
  const { path, body, principal, signal } = call;
  // Under the same key, neither a duplicate of another event nor a creation is the same again: createEvent has no such member.
  const asked = { ...body, duplicateOf: path.eventId };
  const original = await dependencies.events.get(path.eventId, signal);
  const refused = refusal(original, principal.sub);
  // The answer may have been lost, and the original deleted since.
  if (refused) return (await replay(call, dependencies, asked)) ?? refused;

  const content = fromOriginal(original as EventRecord, body);
  const errors = impossibilities(content, body);
  if (errors.length > 0) return { problem: 'invalid-event', errors };
  return create(call, dependencies, content, asked);
}
