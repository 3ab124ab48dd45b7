/** Reads many items by their keys. */
import { BatchGetCommand, type BatchGetCommandInput, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

import { canonicalJson } from '../lib/canonical-json.ts';
import { backOff } from './back-off.ts';
import { call, type CallOptions } from './call.ts';
import { DatabaseUnavailable } from './errors.ts';
import type { Item } from './items.ts';
import { timeBudget } from './timeouts.ts';

/** DynamoDB's limit for one call. */
const maxKeys = 100;

export interface BatchKey {
  readonly TableName: string;
  readonly Key: Item;
}

export interface BatchGetOptions extends CallOptions {
  /** Whether completed writes are visible; false by default. A consistent read costs twice as much. */
  readonly consistentRead?: boolean;
}

type Requested = NonNullable<BatchGetCommandInput['RequestItems']>;

/** A key with its identity, which tells it from all others. */
interface Target {
  readonly id: string;
  readonly tableName: string;
  readonly key: Item;
}

/** Reads items in the order of their keys; see `Database.batchGet`. */
export async function batchGetWith(
  client: DynamoDBDocumentClient,
  keys: readonly BatchKey[],
  { signal = AbortSignal.timeout(timeBudget.request), consistentRead = false }: BatchGetOptions,
): Promise<(Item | undefined)[]> {
  const targets = keys.map(({ TableName, Key }) => toTarget(TableName, Key));
  // DynamoDB rejects a call that names a key twice.
  const unique = [...new Map(targets.map((target) => [target.id, target])).values()];
  const batches = Array.from({ length: Math.ceil(unique.length / maxKeys) }, (_, batch) =>
    unique.slice(batch * maxKeys, (batch + 1) * maxKeys),
  );
  const found = await Promise.all(batches.map((batch) => readBatch(client, batch, consistentRead, signal)));
  const items = new Map(found.flat());
  return targets.map(({ id }) => items.get(id));
}

/** Reads up to 100 items, and again those that the database had no capacity for, until all are read or the deadline passes. */
async function readBatch(
  client: DynamoDBDocumentClient,
  targets: readonly Target[],
  consistentRead: boolean,
  signal: AbortSignal,
): Promise<[id: string, item: Item][]> {
  const keyNames = new Map(targets.map(({ tableName, key }) => [tableName, Object.keys(key)]));
  const items: [string, Item][] = [];
  let requested = toRequest(targets, consistentRead);
  for (let attempt = 1; ; attempt += 1) {
    const command = new BatchGetCommand({ RequestItems: requested });
    const { Responses = {}, UnprocessedKeys = {} } = await call(command, (...sent) => client.send(...sent), {
      signal,
      write: false,
    });
    for (const [tableName, found] of Object.entries(Responses)) {
      const names = keyNames.get(tableName) ?? [];
      for (const item of found) items.push([toTarget(tableName, keyOf(item, names)).id, item]);
    }
    if (Object.keys(UnprocessedKeys).length === 0) return items;
    requested = UnprocessedKeys;
    if (!(await backOff(attempt, signal))) {
      const message = `The deadline has passed (batches with unprocessed keys: ${attempt})`;
      throw new DatabaseUnavailable(message, { safeToRetry: true, cause: signal.reason });
    }
  }
}

function toTarget(tableName: string, key: Item): Target {
  return { id: `${tableName} ${canonicalJson(key)}`, tableName, key };
}

function keyOf(item: Item, names: readonly string[]): Item {
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
}

function toRequest(targets: readonly Target[], consistentRead: boolean): Requested {
  const requested: Record<string, { Keys: Item[]; ConsistentRead: boolean }> = {};
  for (const { tableName, key } of targets) {
    (requested[tableName] ??= { Keys: [], ConsistentRead: consistentRead }).Keys.push(key);
  }
  return requested;
}
