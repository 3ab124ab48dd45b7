/**
 * Feeds in DynamoDB. This module alone knows the items of the table. A feed is two items, so that both its owner and its URL find it
 * consistently and without an index: one among those of the user, and one at the digest of its file name. A third counts the feeds of
 * the user. They are written together.
 */
import { atMost, equalTo, exists, missing } from '../../lib/comparison.ts';
import { allOf, anyOf, toConditionInput } from '../../storage/condition.ts';
import type { Database, Item } from '../../storage/database.ts';
import { readAll } from '../../storage/paging/read-all.ts';
import { tables } from '../../storage/tables.ts';
import type { TransactionWrite } from '../../storage/transaction.ts';
import { tombstoneSeconds } from '../shared/idempotency.ts';
import { type Instant, secondsOf } from '../shared/instants.ts';
import { type FeedContent, type FeedRecord, maxFeeds, positionOf } from './model.ts';

const { hashKey, rangeKey, timeToLive } = tables['calendar-feeds'];

/**
 * The result of a creation: `exists` if a feed has this id already; `consumed` if the feed of this id was deleted; `full` if the user has
 * as many feeds as allowed.
 */
export type CreateResult =
  | { readonly kind: 'created' }
  | { readonly kind: 'exists'; readonly feed: FeedRecord }
  | { readonly kind: 'consumed' }
  | { readonly kind: 'full' };

/** Every function rejects with `DatabaseUnavailable` if the database cannot be reached or is overloaded. */
export interface FeedRepository {
  create(feed: FeedRecord, signal: AbortSignal): Promise<CreateResult>;
  /** The feeds of a user, the oldest first, read consistently. */
  ofUser(userId: string, signal: AbortSignal): Promise<FeedRecord[]>;
  /** A feed of a user, read consistently. */
  get(userId: string, feedId: string, signal: AbortSignal): Promise<FeedRecord | undefined>;
  /** What the feed with this digest shows, read consistently: a feed that was deleted is not found. */
  findByDigest(fileDigest: string, signal: AbortSignal): Promise<FeedContent | undefined>;
  /** Deletes a feed that was read. False if it is gone. */
  remove(feed: FeedRecord, at: Instant, signal: AbortSignal): Promise<boolean>;
}

/** @param tableName the name of the calendar-feeds table */
export function createFeedRepository(database: Database, tableName: string): FeedRepository {
  const inTable = (scope: string, id: string) => ({ TableName: tableName, Key: { [hashKey]: scope, [rangeKey]: id } });
  const put = (scope: string, id: string, members: Item) => ({
    TableName: tableName,
    Item: { ...members, [hashKey]: scope, [rangeKey]: id },
  });

  /** Changes the number of a user's feeds. */
  function counting(userId: string, by: 1 | -1): TransactionWrite {
    const limit = by === 1 ? anyOf([{ feeds: missing }, { feeds: atMost(maxFeeds - 1) }]) : allOf([{ feeds: exists }]);
    const {
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
      ...condition
    } = toConditionInput(limit);
    return {
      update: {
        ...inTable(ofUser(userId), countId),
        ...condition,
        UpdateExpression: 'ADD #feeds :by',
        ExpressionAttributeNames: { ...names, '#feeds': 'feeds' },
        ExpressionAttributeValues: { ...values, ':by': by },
      },
    };
  }

  return {
    async create(feed, signal) {
      const { userId, feedId, fileDigest, source, name, createdAt } = feed;
      const isMissing = toConditionInput(allOf([{ [hashKey]: missing }]));
      // Time to live is lazy: a tombstone counts as absent from the second at which it expires.
      const isExpired = anyOf([{ [hashKey]: missing }, { [timeToLive]: atMost(secondsOf(createdAt)) }]);
      const content: FeedContent = { userId, source, ...(name === undefined ? {} : { name }) };
      const result = await database.transact(
        [
          { put: { ...put(ofUser(userId), feedKey(feedId), { ...feed }), ...isMissing } },
          { check: { ...inTable(ofUser(userId), tombstoneKey(feedId)), ...toConditionInput(isExpired) } },
          counting(userId, 1),
          { put: put(ofFile(fileDigest), contentId, { ...content }) },
        ],
        { signal },
      );
      if (result.ok) return { kind: 'created' };
      const [feedOutcome, tombstoneOutcome] = result.outcomes;
      if (feedOutcome?.conditionFailed && feedOutcome.current !== undefined)
        return { kind: 'exists', feed: toRecord(feedOutcome.current) };
      return tombstoneOutcome?.conditionFailed ? { kind: 'consumed' } : { kind: 'full' };
    },

    async ofUser(userId, signal) {
      // No item of a user sorts after the feeds.
      const feeds = { tableName, hashKey, rangeKey, hashValue: ofUser(userId), after: feedKey('') };
      const items = await readAll(database, feeds, { signal });
      return items.map(toRecord).sort((one, other) => (positionOf(one) < positionOf(other) ? -1 : 1));
    },

    async get(userId, feedId, signal) {
      const item = await database.get(
        { ...inTable(ofUser(userId), feedKey(feedId)), ConsistentRead: true },
        { signal },
      );
      return item && toRecord(item);
    },

    async findByDigest(fileDigest, signal) {
      const item = await database.get({ ...inTable(ofFile(fileDigest), contentId), ConsistentRead: true }, { signal });
      return item && toContent(item);
    },

    async remove({ userId, feedId, fileDigest, fingerprint }, at, signal) {
      const isSame = toConditionInput(allOf([{ fileDigest: equalTo(fileDigest) }]));
      const tombstone = { [timeToLive]: secondsOf(at) + tombstoneSeconds };
      const { ok } = await database.transact(
        [
          { delete: { ...inTable(ofUser(userId), feedKey(feedId)), ...isSame } },
          { delete: inTable(ofFile(fileDigest), contentId) },
          counting(userId, -1),
          ...(fingerprint === undefined ? [] : [{ put: put(ofUser(userId), tombstoneKey(feedId), tombstone) }]),
        ],
        { signal },
      );
      return ok;
    },
  };
}

const ofUser = (userId: string) => `user#${userId}`;
const ofFile = (fileDigest: string) => `file#${fileDigest}`;
const feedKey = (feedId: string) => `feed#${feedId}`;
const tombstoneKey = (feedId: string) => `deleted#${feedId}`;
const countId = 'count';
const contentId = 'content';

function toRecord({ [hashKey]: _, [rangeKey]: __, ...item }: Item): FeedRecord {
  if (!isFeed(item)) throw new Error('An item of the calendar-feeds table is not a feed.');
  return item;
}

function isFeed(item: Item): item is Item & FeedRecord {
  const texts = ['userId', 'feedId', 'createdAt', 'fileDigest', 'requestId'];
  return texts.every((name) => typeof item[name] === 'string') && isContent(item);
}

function toContent({ [hashKey]: _, [rangeKey]: __, ...item }: Item): FeedContent {
  if (!isContent(item)) throw new Error('An item of the calendar-feeds table is not the content of a feed.');
  return item;
}

function isContent(item: Item): item is Item & FeedContent {
  return typeof item['userId'] === 'string' && typeof item['source'] === 'object';
}
