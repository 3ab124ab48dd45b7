import type { Call, OperationResult } from '../../../contract/binding.ts';
import type { Dependencies } from '../dependencies.ts';
import { publishing } from '../requirements.ts';
import { transition } from '../modify.ts';

/** Makes a draft visible to every authenticated caller. */
export async function publishEvent(
  call: Call<'publishEvent'>,
  dependencies: Dependencies,
): Promise<OperationResult<'publishEvent'>> {
  return transition(call, dependencies, publishing);
}
