import type { Call, OperationResult } from '../../../contract/binding.ts';
import { instantOf } from '../../shared/instants.ts';
import { maxAttempts } from '../../shared/attempts.ts';
import { cancel } from '../cancel.ts';
import type { Dependencies } from '../dependencies.ts';
import { erase, eraseEarlierThan } from '../erase.ts';
import { findRegistration } from '../find.ts';
import { isCancelledFirst } from '../rules.ts';

/** Cancels a registration for one of the caller's events, unless the event is over, and erases everything personal. */
export async function deleteRegistration(
  call: Call<'deleteRegistration'>,
  dependencies: Dependencies,
): Promise<OperationResult<'deleteRegistration'>> {
  const at = instantOf(dependencies.now());
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const found = await findRegistration(call, dependencies);
    if ('problem' in found) return found;
    const { event, record } = found;
    // One that was erased after the end is cancelled too, if the event has been moved since.
    if (isCancelledFirst(record, event, at)) {
      const cancelled = await cancel(record, { at, by: 'organizer' }, dependencies, call.signal);
      if ('problem' in cancelled && cancelled.problem === 'already-checked-in') return cancelled;
      continue;
    }
    await eraseEarlierThan(record, dependencies, { at, signal: call.signal });
    if (await erase(record, dependencies, { at, signal: call.signal })) return { status: 204 };
  }
  return { problem: 'concurrent-change' };
}
