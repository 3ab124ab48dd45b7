import { createHash } from 'node:crypto';

/** The shard of the published list in which an event stands. Lists read all shards, so a change of their number moves nothing. */
export function shardOf(eventId: string, shards: number): number {
  return shards === 1 ? 0 : createHash('sha256').update(eventId).digest().readUInt32BE(0) % shards;
}
