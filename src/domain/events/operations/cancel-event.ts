import type { Call, OperationResult } from '../../../contract/binding.ts';
import type { Dependencies } from '../dependencies.ts';
import { cancelling } from '../requirements.ts';
import { transition } from '../modify.ts';

/** Announces that a published event will not take place. */
export async function cancelEvent(
  call: Call<'cancelEvent'>,
  dependencies: Dependencies,
): Promise<OperationResult<'cancelEvent'>> {
  const reason = call.body?.reason;
  return transition(call, dependencies, (at) => ({
    ...cancelling,
    changes: { cancellation: { at, ...(reason === undefined ? {} : { reason }) } },
  }));
}
