import type { Call, OperationResult } from '../../../contract/binding.ts';
import type { EventUpdate } from '../../../contract/generated/types.ts';
import { instantOf } from '../../shared/instants.ts';
import { accessTo } from '../access.ts';
import type { Dependencies } from '../dependencies.ts';
import { type EventChanges, eventResponse, type EventRecord } from '../model.ts';
import { requires } from '../requirements.ts';
import { applyUpdate, capacityRequirement, checkUpdate, isUnchanged } from '../rules.ts';

/** How often an update that lost a race is attempted before it fails. */
const maxAttempts = 5;

/** Replaces members of an event: reads it, validates the result, and writes it if nothing was written in between. */
export async function updateEvent(
  { path, headers, body, principal, ...context }: Call<'updateEvent'>,
  { events, now }: Dependencies,
): Promise<OperationResult<'updateEvent'>> {
  const at = instantOf(now());
  let found = await events.get(path.eventId, context.signal);
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const access = accessTo(found, principal.sub, headers['If-Match']);
    if ('problem' in access) return access;
    const { event } = access;
    const next = applyUpdate(event, body);
    const problem = checkUpdate(event, next, body);
    if (problem) return problem;
    if (isUnchanged(event, next)) return eventResponse(event, at);

    // A registration does not increment the revision, so a new capacity needs a requirement of its own.
    const requirements = [requires.revision(event), ...capacityRequirement(body)];
    const result = await events.change(event, requirements, { ...changesOf(body, next), updatedAt: at }, context);
    if (result.ok) return eventResponse(result.event, at);
    found = result.current;
  }
  return { problem: 'concurrent-change' };
}

/** The members that a request sends, with their new values; null for those that it removes. */
function changesOf(body: EventUpdate, next: EventRecord): EventChanges {
  const names = Object.keys(body) as (keyof EventUpdate)[];
  return Object.fromEntries(names.map((name) => [name, next[name] ?? null]));
}
