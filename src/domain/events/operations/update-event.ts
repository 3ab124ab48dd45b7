import type { Call, OperationResult } from '../../../contract/binding.ts';
import type { EventUpdate } from '../../../contract/generated/types.ts';
import type { Dependencies } from '../dependencies.ts';
import type { EventChanges, EventRecord } from '../model.ts';
import { modify } from '../modify.ts';
import { applyUpdate, checkUpdate, isUnchanged, seatsChangeOf } from '../rules.ts';

/** Replaces members of an event, and with them what its seats follow. */
export async function updateEvent(
  call: Call<'updateEvent'>,
  dependencies: Dependencies,
): Promise<OperationResult<'updateEvent'>> {
  const { body } = call;
  return modify(call, dependencies, (event, counters) => {
    const next = applyUpdate(event, body);
    // Drafts get their seats when they are published.
    const seats =
      event.status === 'published' && counters !== undefined ? seatsChangeOf(event, next, body, counters) : undefined;
    const problem = checkUpdate(event, next, body, counters && seats && { counters, change: seats });
    if (problem) return problem;
    if (isUnchanged(event, next)) return 'unchanged';
    return { changes: changesOf(body, next), seats };
  });
}

/** The members that a request sends, with their new values; null for those that it removes. */
function changesOf(body: EventUpdate, next: EventRecord): EventChanges {
  const names = Object.keys(body) as (keyof EventUpdate)[];
  return Object.fromEntries(names.map((name) => [name, next[name] ?? null]));
}
