import { listingKey, publishedShards, shardOf } from './index-keys.ts';
import { listBudget } from './list-query.ts';

test('one list request can read every shard of the published list', () => {
  expect(publishedShards).toBeGreaterThanOrEqual(1);
  expect(publishedShards).toBeLessThanOrEqual(listBudget.queries);
});

test('an event stays in its shard, and many events use all of them', () => {
  const ids = Array.from({ length: 200 }, (_, index) => `event-${index}`);
  const shards = ids.map((id) => shardOf(id, 4));
  expect(ids.map((id) => shardOf(id, 4))).toEqual(shards);
  expect(new Set(shards)).toEqual(new Set([0, 1, 2, 3]));
  expect(listingKey(3)).toBe('published#3');
});
