import type { Answer, Call } from '../../../contract/binding.ts';
import { move } from '../transition.ts';
import { judgeCancel } from '../rules.ts';
import type { Dependencies } from '../dependencies.ts';

/** Tells everybody that a published event will not take place. */
export async function cancelEvent(
  call: Call<'cancelEvent'>,
  dependencies: Dependencies,
): Promise<Answer<'cancelEvent'>> {
  const reason = call.body?.reason;
  return move(call, dependencies, (at) => ({
    expect: { status: 'published' },
    set: { status: 'cancelled', cancellation: { at, ...(reason === undefined ? {} : { reason }) } },
    judge: judgeCancel,
  }));
}
