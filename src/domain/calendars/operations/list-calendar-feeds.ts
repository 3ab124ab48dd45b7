import type { Call, OperationResult } from '../../../contract/binding.ts';
import { instantOf } from '../../shared/instants.ts';
import { myFeeds } from '../cursors.ts';
import type { Dependencies } from '../dependencies.ts';
import { positionOf, toFeed } from '../model.ts';

/** Lists the caller's feeds, the oldest first, without their file names. */
export async function listCalendarFeeds(
  { query, principal: { sub }, signal }: Call<'listCalendarFeeds'>,
  { feeds, now }: Dependencies,
): Promise<OperationResult<'listCalendarFeeds'>> {
  const start = query.cursor === undefined ? undefined : myFeeds.decode(query.cursor, {});
  if (query.cursor !== undefined && start === undefined) return { problem: 'invalid-cursor' };
  // A user has so few that all are read.
  const all = await feeds.ofUser(sub, signal);
  const rest = all.filter((feed) => start === undefined || positionOf(feed) > start.after);
  const page = rest.slice(0, query.limit);
  const items = page.map(toFeed);
  const last = page.at(-1);
  if (last === undefined || page.length === rest.length) return { status: 200, body: { items } };
  const nextCursor = myFeeds.encode({ asOf: start?.asOf ?? instantOf(now()), after: positionOf(last) }, {});
  return { status: 200, body: { items, nextCursor } };
}
