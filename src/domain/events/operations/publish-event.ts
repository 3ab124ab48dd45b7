import type { Call, OperationResult } from '../../../contract/binding.ts';
import type { Dependencies } from '../dependencies.ts';
import { publishing } from '../requirements.ts';
import { transition } from '../modify.ts';

/** Publishes a draft: those whom its visibility names can see it, and people can register. */
export async function publishEvent(
  call: Call<'publishEvent'>,
  dependencies: Dependencies,
): Promise<OperationResult<'publishEvent'>> {
  return transition(call, dependencies, publishing);
}
