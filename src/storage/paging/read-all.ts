/** Reads a small collection of items completely. */
import type { CallOptions } from '../call.ts';
import type { Database, Item } from '../database.ts';

export interface Collection {
  readonly tableName: string;
  readonly hashKey: string;
  readonly rangeKey: string;
  readonly hashValue: string;
  /** The items are those with a greater range key. */
  readonly after: string | number;
}

/**
 * Reads consistently, in ascending order, until nothing is left: DynamoDB may end a page at any item, or before the first, and then says
 * where to continue.
 */
export async function readAll(
  database: Pick<Database, 'query'>,
  { tableName, hashKey, rangeKey, hashValue, after }: Collection,
  options: CallOptions,
): Promise<Item[]> {
  const all: Item[] = [];
  for (let last: unknown = after; last !== undefined;) {
    const { items, lastKey } = await database.query(
      {
        TableName: tableName,
        KeyConditionExpression: '#hash = :hash AND #range > :after',
        ExpressionAttributeNames: { '#hash': hashKey, '#range': rangeKey },
        ExpressionAttributeValues: { ':hash': hashValue, ':after': last },
        ConsistentRead: true,
      },
      options,
    );
    all.push(...items);
    last = lastKey?.[rangeKey];
  }
  return all;
}
