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
  const draft = { eventId: 'id', organizerId: 'owner', startsAt: '2030', status: 'draft' } as const;
  const published = { ...draft, status: 'published' } as const;
  const listed = { listing: 'published#0', publishedBy: 'owner' };
  const hidden = { listing: null, publishedBy: null };

  it('are all derived for a new event', () => {
    expect(indexAttributes(published, published)).toEqual({ startsAtId: '2030#id', ...listed });
    expect(indexAttributes(draft, draft)).toEqual({ startsAtId: '2030#id', ...hidden });
  });

  it('are removed with the status, except for the sort key', () => {
    expect(indexAttributes(published, { status: 'draft' })).toEqual(hidden);
    expect(indexAttributes(published, { status: 'cancelled' })).toEqual(hidden);
  });

  it('place only published events in the lists of others, and none that is unlisted', () => {
    const unlisted = { ...draft, visibility: 'unlisted' } as const;
    expect(indexAttributes(draft, { status: 'published' })).toEqual(listed);
    expect(indexAttributes(unlisted, { status: 'published' })).toEqual(hidden);
    expect(indexAttributes({ ...draft, visibility: 'public' }, { status: 'published' })).toEqual(listed);
  });

  it('follow the visibility of a published event', () => {
    expect(indexAttributes(published, { visibility: 'unlisted' })).toEqual(hidden);
    expect(indexAttributes({ ...published, visibility: 'unlisted' }, { visibility: 'public' })).toEqual(listed);
    expect(indexAttributes(draft, { visibility: 'public' })).toEqual(hidden);
  });

  it('change only with the members that they follow from', () => {
    expect(indexAttributes(published, { startsAt: '2031' })).toEqual({ startsAtId: '2031#id' });
    expect(indexAttributes(published, {})).toEqual({});
  });
});
