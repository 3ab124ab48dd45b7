import { v4 as randomUuid } from 'uuid';
import type { Call, OperationResult } from '../../../contract/binding.ts';
import type { FeedSource } from '../../../contract/generated/types.ts';
import { pathTo } from '../../../contract/operations.ts';
import { deriveId, fingerprintOf } from '../../shared/idempotency.ts';
import { instantOf } from '../../shared/instants.ts';
import type { Dependencies } from '../dependencies.ts';
import { digestOf, fileNameOf, newFileName } from '../file-names.ts';
import { type FeedRecord, toNewFeed } from '../model.ts';

/** Creates a feed. With an Idempotency-Key, concurrent and repeated calls create one feed, and return the same file name. */
export async function createCalendarFeed(
  { headers, body, principal: { sub }, requestId, signal }: Call<'createCalendarFeed'>,
  { feeds, now }: Dependencies,
): Promise<OperationResult<'createCalendarFeed'>> {
  const key = headers['Idempotency-Key'];
  const { calendarFile, salt } = newFileName(key);
  const fingerprint = fingerprintOf(body);
  const feed: FeedRecord = {
    feedId: key === undefined ? randomUuid() : deriveId(key, sub),
    userId: sub,
    source: resolved(body.source, sub),
    ...(body.name === undefined ? {} : { name: body.name }),
    createdAt: instantOf(now()),
    fileDigest: digestOf(calendarFile),
    ...(salt === undefined ? {} : { salt, fingerprint }),
    requestId,
  };
  const result = await feeds.create(feed, signal);
  if (result.kind === 'created') return created(feed, calendarFile, { replayed: false });
  if (result.kind === 'full') return { problem: 'too-many-calendar-feeds' };
  if (result.kind === 'consumed') return { problem: 'idempotency-key-consumed' };
  const existing = result.feed;
  if (key === undefined || existing.salt === undefined || existing.fingerprint !== fingerprint)
    return { problem: 'idempotency-key-reused' };
  return created(existing, fileNameOf(key, existing.salt), { replayed: existing.requestId !== requestId });
}

function resolved(source: FeedSource, caller: string): FeedSource {
  return source.kind === 'published-by' && source.organizerId === 'me' ? { ...source, organizerId: caller } : source;
}

function created(feed: FeedRecord, calendarFile: string, { replayed }: { readonly replayed: boolean }) {
  return {
    status: 201,
    headers: {
      Location: pathTo('getCalendarFeed', { feedId: feed.feedId }),
      ...(replayed ? { 'Idempotency-Replayed': 'true' as const } : {}),
    },
    body: toNewFeed(feed, calendarFile),
  } as const;
}
