import type { Call, OperationResult } from '../../../contract/binding.ts';
import type { Dependencies } from '../dependencies.ts';
import { unpublishing } from '../requirements.ts';
import { transition } from '../modify.ts';

/** Makes a published event a draft again, unless somebody is registered. */
export async function unpublishEvent(
  call: Call<'unpublishEvent'>,
  dependencies: Dependencies,
): Promise<OperationResult<'unpublishEvent'>> {
  return transition(call, dependencies, () => unpublishing);
}
