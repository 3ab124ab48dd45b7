import type { Call, OperationResult } from '../../../contract/binding.ts';
import { instantOf } from '../../shared/instants.ts';
import { cancel } from '../cancel.ts';
import type { Dependencies } from '../dependencies.ts';
import { findRegistration } from '../find.ts';
import { isActive } from '../model.ts';
import { organizerResponse } from '../view.ts';

/** Cancels a registration for one of the caller's events. */
export async function cancelRegistration(
  call: Call<'cancelRegistration'>,
  dependencies: Dependencies,
): Promise<OperationResult<'cancelRegistration'>> {
  const found = await findRegistration(call, dependencies);
  if ('problem' in found) return found;
  const { record } = found;
  const at = instantOf(dependencies.now());
  const state = { ...found, at };
  if (!isActive(record)) return organizerResponse(record, state);
  const reason = call.body?.reason;
  const cancellation = { at, by: 'organizer', ...(reason === undefined ? {} : { reason }) } as const;
  const cancelled = await cancel(record, cancellation, dependencies, call.signal);
  return 'problem' in cancelled ? cancelled : organizerResponse(cancelled, state);
}
