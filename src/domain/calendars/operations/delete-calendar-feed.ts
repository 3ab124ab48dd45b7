import type { Call, OperationResult } from '../../../contract/binding.ts';
import { instantOf } from '../../shared/instants.ts';
import type { Dependencies } from '../dependencies.ts';

/** Deletes one of the caller's feeds. From then on, its URL leads nowhere. */
export async function deleteCalendarFeed(
  { path: { feedId }, principal: { sub }, signal }: Call<'deleteCalendarFeed'>,
  { feeds, now }: Dependencies,
): Promise<OperationResult<'deleteCalendarFeed'>> {
  const feed = await feeds.get(sub, feedId, signal);
  const removed = feed !== undefined && (await feeds.remove(feed, instantOf(now()), signal));
  return removed ? { status: 204 } : { problem: 'calendar-feed-not-found' };
}
