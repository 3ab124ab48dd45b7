import type { Call, OperationResult } from '../../../contract/binding.ts';
import type { Dependencies } from '../dependencies.ts';
import { findRegistration } from '../find.ts';

/** Undoes a scan of a ticket for one of the caller's events. */
export async function deleteCheckIn(
  call: Call<'deleteCheckIn'>,
  dependencies: Dependencies,
): Promise<OperationResult<'deleteCheckIn'>> {
  const found = await findRegistration(call, dependencies);
  return 'problem' in found ? found : { problem: 'check-in-not-found' };
}
