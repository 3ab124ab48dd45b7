import type { Call, OperationResult } from '../../../contract/binding.ts';
import { timeBudget } from '../../../storage/timeouts.ts';
import { instantOf } from '../../shared/instants.ts';
import { checkIn } from '../check-ins/check-in.ts';
import type { Dependencies } from '../dependencies.ts';

/** Processes scans of tickets for one of the caller's events. */
export async function createCheckIns(
  { path: { eventId }, body: { scans }, principal: { sub }, signal }: Call<'createCheckIns'>,
  dependencies: Dependencies,
): Promise<OperationResult<'createCheckIns'>> {
  const { elapsed } = dependencies;
  const stopAt = elapsed() + timeBudget.checkIns;
  const found = await dependencies.events.findOwn(eventId, sub, signal);
  if ('problem' in found) return found;
  const outcomes = await checkIn(scans, dependencies, {
    ...found,
    at: instantOf(dependencies.now()),
    signal,
    hasTime: () => elapsed() < stopAt,
  });
  return { status: 200, body: { outcomes } };
}
