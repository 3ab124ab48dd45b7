import { indexAttributes, listingKey, publishedShards, shardOf } from './index-keys.ts';
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

describe('the attributes that place an event in the indexes', () => {
  const key = { eventId: 'id', organizerId: 'owner' };

  it('are all derived for a new event', () => {
    expect(indexAttributes(key, { status: 'published', startsAt: '2030' })).toEqual({
      startsAtId: '2030#id',
      listing: 'published#0',
      publishedBy: 'owner',
    });
  });

  it('are removed with the status, except for the sort key', () => {
    expect(indexAttributes(key, { status: 'draft' })).toEqual({ listing: null, publishedBy: null });
  });

  it('change only with the members that they follow from', () => {
    expect(indexAttributes(key, { startsAt: '2031' })).toEqual({ startsAtId: '2031#id' });
    expect(indexAttributes(key, {})).toEqual({});
  });
});
