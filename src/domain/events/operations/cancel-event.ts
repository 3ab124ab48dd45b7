import type { Call, OperationResult } from '../../../contract/binding.ts';
import { instantOf } from '../../shared/instants.ts';
import type { Dependencies } from '../dependencies.ts';
import { cancelling } from '../requirements.ts';
import { transition } from '../transition.ts';

/** Announces that a published event will not take place. */
export async function cancelEvent(
  call: Call<'cancelEvent'>,
  dependencies: Dependencies,
): Promise<OperationResult<'cancelEvent'>> {
  const reason = call.body?.reason;
  const at = instantOf(dependencies.now());
  const cancellation = { at, ...(reason === undefined ? {} : { reason }) };
  return transition(call, dependencies, cancelling, { cancellation });
}
