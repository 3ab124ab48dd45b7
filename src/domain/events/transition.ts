import type { Call } from '../../contract/binding.ts';
import { type Instant, instantOf } from '../shared/instants.ts';
import { explainFailure } from '../shared/requirement.ts';
import { accessTo } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import { eventResponse } from './model.ts';
import { type EventRequirement, requiresMatch, type Transition } from './requirements.ts';

type TransitionCall = Pick<Call<'publishEvent'>, 'path' | 'headers' | 'principal' | 'requestId' | 'signal'>;

/**
 * Changes the status of an event with one conditional write and no read before it. If the condition fails, DynamoDB returns the
 * item that it failed on, which explains the failure: no second attempt is needed, however many callers write concurrently.
 *
 * @param transitionAt the transition at the time of this request, which is read once
 */
export async function transition<R extends EventRequirement>(
  { path, headers, principal, ...context }: TransitionCall,
  { events, now }: Dependencies,
  transitionAt: (at: Instant) => Transition<R>,
) {
  const ifMatch = headers['If-Match'];
  const at = instantOf(now());
  const { to, requirements, changes = {} } = transitionAt(at);
  const result = await events.change(
    { eventId: path.eventId, organizerId: principal.sub },
    [...requiresMatch(ifMatch), ...requirements],
    { ...changes, status: to, updatedAt: at },
    context,
  );
  if (result.ok) return eventResponse(result.event, at);
  const access = accessTo(result.current, principal.sub, ifMatch);
  if ('problem' in access) return access;
  if (access.event.status === to) return eventResponse(access.event, at);
  return explainFailure(requirements, access.event);
}
