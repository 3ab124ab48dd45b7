import type { Call, OperationResult } from '../../../contract/binding.ts';
import type { Dependencies } from '../dependencies.ts';

/** Processes scans of tickets for one of the caller's events. */
export async function createCheckIns(
  { path: { eventId }, body: { scans }, principal: { sub }, signal }: Call<'createCheckIns'>,
  { events }: Dependencies,
): Promise<OperationResult<'createCheckIns'>> {
  const found = await events.findOwn(eventId, sub, signal);
  if ('problem' in found) return found;
  return { status: 200, body: { outcomes: scans.map(({ scanId }) => ({ scanId, outcome: 'not-processed' })) } };
}
