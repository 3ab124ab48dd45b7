import {
  durationClasses,
  durationClassOf,
  indexAttributes,
  listingKey,
  publishedShards,
  shardOf,
  shardsOf,
} from './index-keys.ts';
import { listBudget } from './list-query.ts';
import { maxHours } from './times.ts';

test('one list request can read every partition of the published list', () => {
  expect(publishedShards).toBeGreaterThanOrEqual(1);
  for (const shards of [publishedShards, 6]) {
    const partitions = durationClasses.reduce((sum, duration) => sum + shardsOf(duration, shards), 0);
    expect(partitions).toBeLessThan(listBudget.queries);
  }
});

test('only the events of the shortest class are spread over several partitions', () => {
  expect(durationClasses.map((duration) => shardsOf(duration, 6))).toEqual([6, 1, 1, 1]);
});

test('an event stays in its shard, and many events use all of them', () => {
  const ids = Array.from({ length: 200 }, (_, index) => `event-${index}`);
  const shards = ids.map((id) => shardOf(id, 4));
  expect(ids.map((id) => shardOf(id, 4))).toEqual(shards);
  expect(new Set(shards)).toEqual(new Set([0, 1, 2, 3]));
  const [first, second] = durationClasses;
  expect([listingKey(first, 3), listingKey(second, 3)]).toEqual(['published#3#4h', 'published#0#2d']);
});

describe('the class of an event', () => {
  const startsAt = '2030-01-01T00:00:00Z';
  it.each([
    ['2030-01-01T00:00:01Z', 4],
    ['2030-01-01T04:00:00Z', 4],
    ['2030-01-01T04:00:01Z', 48],
    ['2030-01-03T00:00:00Z', 48],
    ['2030-01-03T00:00:01Z', 768],
    ['2030-02-02T00:00:00Z', 768],
    ['2030-02-02T00:00:01Z', maxHours],
    ['2031-01-02T00:00:00Z', maxHours],
    ['2035-01-01T00:00:00Z', maxHours],
  ])('of an event that ends at %s has events of at most %i hours', (endsAt, hours) => {
    expect(durationClassOf({ startsAt, endsAt }).hours).toBe(hours);
  });
});

describe('the attributes that place an event in the indexes', () => {
  const event = {
    eventId: 'id',
    organizerId: 'owner',
    status: 'published',
    startsAt: '2030-01-01T18:00:00Z',
    endsAt: '2030-01-01T20:00:00Z',
  } as const;
  const startsAtId = '2030-01-01T18:00:00Z#id';

  it('follow from its status and its duration', () => {
    expect(indexAttributes(event)).toEqual({ startsAtId, listing: 'published#0#4h', publishedBy: 'owner 4h' });
    expect(indexAttributes({ ...event, endsAt: '2030-06-01T00:00:00Z' })).toEqual({
      startsAtId,
      listing: 'published#0',
      publishedBy: 'owner',
    });
  });

  it('place only published events in the lists of others, and none that is unlisted', () => {
    const hidden = { startsAtId, listing: null, publishedBy: null };
    for (const status of ['draft', 'cancelled'] as const)
      expect(indexAttributes({ ...event, status, visibility: 'public' })).toEqual(hidden);
    expect(indexAttributes({ ...event, visibility: 'unlisted' })).toEqual(hidden);
    for (const visibility of ['public', 'signed-in'] as const)
      expect(indexAttributes({ ...event, visibility })).toEqual(indexAttributes(event));
  });
});
