import type { Call, OperationResult } from '../../../contract/binding.ts';
import type { Dependencies } from '../dependencies.ts';
import { organizerResponse } from '../model.ts';
import { findRegistration } from '../find.ts';

/** Returns a registration for one of the caller's events. */
export async function getRegistration(
  call: Call<'getRegistration'>,
  dependencies: Dependencies,
): Promise<OperationResult<'getRegistration'>> {
  const found = await findRegistration(call, dependencies);
  return 'problem' in found ? found : organizerResponse(found.record, found.seats, { withCode: true });
}
