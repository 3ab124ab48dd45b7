/** The published list: which events stand in it, and in which partition. */
import { createHash } from 'node:crypto';
import type { EventRecord } from './model.ts';

const prefix = 'published';

/** Number of partitions that new published events are spread over, from 1 to 10. A list queries each of them. */
export const publishedShards = 1;

/** The partition of the published list with this number, from 0. */
export function listingKey(shard: number): string {
  return `${prefix}#${shard}`;
}

/** The shard of the published list in which an event stands. Lists read all shards, so a change of their number moves nothing. */
export function shardOf(eventId: string, count: number): number {
  return count === 1 ? 0 : createHash('sha256').update(eventId).digest().readUInt32BE(0) % count;
}

/** The attributes that put a published event into the lists of others; null takes any other out of them. */
export function listingAttributes({
  eventId,
  organizerId,
  status,
}: Pick<EventRecord, 'eventId' | 'organizerId' | 'status'>) {
  if (status !== 'published') return { listing: null, publishedBy: null };
  return { listing: listingKey(shardOf(eventId, publishedShards)), publishedBy: organizerId };
}
