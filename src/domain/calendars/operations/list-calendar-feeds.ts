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
  const start = myFeeds.startOf(query.cursor, {}, instantOf(now()));
  if ('problem' in start) return start;
  const { asOf, after } = start;
  // A user has so few that all are read.
  const all = await feeds.ofUser(sub, signal);
  const rest = all.filter((feed) => after === undefined || positionOf(feed) > after);
  const page = rest.slice(0, query.limit);
  const items = page.map(toFeed);
  const last = page.at(-1);
  if (last === undefined || page.length === rest.length) return { status: 200, body: { items } };
  return { status: 200, body: { items, nextCursor: myFeeds.encode({ asOf, after: positionOf(last) }, {}) } };
}
