import type { Call, OperationResult } from '../../../contract/binding.ts';
import { instantOf } from '../../shared/instants.ts';
import type { Dependencies } from '../dependencies.ts';
import { findRegistration } from '../find.ts';
import { organizerResponse } from '../view.ts';

/** Returns a registration for one of the caller's events. */
export async function getRegistration(
  call: Call<'getRegistration'>,
  dependencies: Dependencies,
): Promise<OperationResult<'getRegistration'>> {
  const found = await findRegistration(call, dependencies);
  if ('problem' in found) return found;
  return organizerResponse(found.record, { ...found, at: instantOf(dependencies.now()) }, { withCode: true });
}
