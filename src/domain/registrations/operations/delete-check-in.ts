import type { Call, OperationResult } from '../../../contract/binding.ts';
import { instantOf } from '../../shared/instants.ts';
import { maxAttempts } from '../../shared/attempts.ts';
import { afterUndo } from '../check-ins/scans.ts';
import type { Dependencies } from '../dependencies.ts';
import { findRegistration } from '../find.ts';

/** Undoes a scan of a ticket for one of the caller's events. The last scan that is undone takes the check-in with it. */
export async function deleteCheckIn(
  call: Call<'deleteCheckIn'>,
  dependencies: Dependencies,
): Promise<OperationResult<'deleteCheckIn'>> {
  const { scanId } = call.path;
  const at = instantOf(dependencies.now());
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const found = await findRegistration(call, dependencies);
    if ('problem' in found) return found;
    const { record } = found;
    if (record.scans?.[scanId] === undefined) return { problem: 'check-in-not-found' };
    const undone = afterUndo(record, scanId, at);
    if (undone === undefined) return { status: 204 };
    if ((await dependencies.checkIns.write(record, undone, call.signal)).ok) return { status: 204 };
  }
  return { problem: 'concurrent-change' };
}
