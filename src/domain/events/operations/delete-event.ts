import type { Call, OperationResult } from '../../../contract/binding.ts';
import { instantOf } from '../../shared/instants.ts';
import { explainFailure } from '../../shared/requirement.ts';
import { accessTo } from '../access.ts';
import type { Dependencies } from '../dependencies.ts';
import { deleting, requiresMatch } from '../requirements.ts';

/** Deletes an event, unless somebody is registered. A tombstone remains, so that its idempotency key does not create it again. */
export async function deleteEvent(
  { path, headers, principal, ...context }: Call<'deleteEvent'>,
  { events, now }: Dependencies,
): Promise<OperationResult<'deleteEvent'>> {
  const ifMatch = headers['If-Match'];
  const { requirements } = deleting;
  const key = { eventId: path.eventId, organizerId: principal.sub };
  const result = await events.remove(key, [...requiresMatch(ifMatch), ...requirements], instantOf(now()), context);
  if (result.ok) return { status: 204 };
  const access = accessTo(result.current, principal.sub, ifMatch);
  return 'problem' in access ? access : explainFailure(requirements, access.event);
}
