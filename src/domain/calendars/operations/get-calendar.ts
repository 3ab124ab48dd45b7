import type { Call, OperationResult } from '../../../contract/binding.ts';
import { instantOf } from '../../shared/instants.ts';
import { isNamedBy } from '../../shared/precondition.ts';
import { calendarOf, etagOfCalendar } from '../content.ts';
import type { Dependencies } from '../dependencies.ts';
import { digestOf } from '../file-names.ts';

/** Returns the calendar of a feed to those who know its file name. An unknown name costs one read. */
export async function getCalendar(
  { path: { calendarFile }, headers, signal }: Call<'getCalendar'>,
  { feeds, now, ...sources }: Dependencies,
): Promise<OperationResult<'getCalendar'>> {
  const feed = await feeds.findByDigest(digestOf(calendarFile), signal);
  if (feed === undefined) return { problem: 'calendar-not-found' };
  const body = await calendarOf(feed, sources, instantOf(now()), signal);
  const etag = etagOfCalendar(body);
  const known = { ETag: etag, 'Cache-Control': 'private, max-age=900' } as const;
  if (isNamedBy(headers['If-None-Match'], etag)) return { status: 304, headers: known };
  return { status: 200, headers: known, mediaType: 'text/calendar', body };
}
