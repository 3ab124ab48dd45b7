import type { Call, OperationResult } from '../../../contract/binding.ts';
import type { Dependencies } from '../dependencies.ts';
import { toFeed } from '../model.ts';

/** Returns one of the caller's feeds, without its file name. */
export async function getCalendarFeed(
  { path: { feedId }, principal: { sub }, signal }: Call<'getCalendarFeed'>,
  { feeds }: Dependencies,
): Promise<OperationResult<'getCalendarFeed'>> {
  const feed = await feeds.get(sub, feedId, signal);
  return feed === undefined ? { problem: 'calendar-feed-not-found' } : { status: 200, body: toFeed(feed) };
}
