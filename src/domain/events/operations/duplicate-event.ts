import type { Call, OperationResult } from '../../../contract/binding.ts';
import { organizerAccess } from '../access.ts';
import { create, findReplay } from '../create.ts';
import type { Dependencies } from '../dependencies.ts';
import { contentFromDuplicate, semanticErrors } from '../rules.ts';

/** Creates a draft with the content of one of the caller's events and with times of its own. */
export async function duplicateEvent(
  call: Call<'duplicateEvent'>,
  dependencies: Dependencies,
): Promise<OperationResult<'duplicateEvent'>> {
  const { path, body, principal, signal } = call;
  // With the same key, a duplicate of another event is not a retry, nor is a creation: createEvent has no such member.
  const payload = { ...body, duplicateOf: path.eventId };
  const access = organizerAccess(await dependencies.events.get(path.eventId, signal), principal.sub);
  // The first response may have been lost, and the original deleted since.
  if ('problem' in access) return (await findReplay(call, dependencies, payload)) ?? access;

  const content = contentFromDuplicate(access.event, body);
  const errors = semanticErrors(content, body);
  if (errors.length > 0) return { problem: 'invalid-event', errors };
  return create(call, dependencies, content, payload);
}
