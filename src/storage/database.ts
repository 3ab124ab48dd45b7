import {
  ConditionalCheckFailedException,
  GetItemCommand,
  type GetItemCommandInput,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';

import { type Attributes, type Item, toAttributes, toItem, valuesOf } from './attributes.ts';
import { batchGetWith, type BatchGetOptions, type BatchKey } from './batch-get.ts';
import { call, type CallOptions } from './call.ts';
import { type ClientSettings, createClient } from './client.ts';
import { type TransactionOptions, type TransactionResult, type TransactionWrite, transactWith } from './transaction.ts';

export type { Item } from './attributes.ts';

/** An input of the SDK with its items as JavaScript values. */
type WithItems<Input, Required extends keyof Input, Optional extends keyof Input = never> = Omit<
  Input,
  Required | Optional
> & {
  readonly [Name in Required]: Item;
} & { readonly [Name in Optional]?: Item | undefined };

export type GetInput = WithItems<GetItemCommandInput, 'Key'>;
export type PutInput = WithItems<PutItemCommandInput, 'Item', 'ExpressionAttributeValues'>;
export type UpdateInput = WithItems<UpdateItemCommandInput, 'Key', 'ExpressionAttributeValues'>;
export type QueryInput = WithItems<QueryCommandInput, never, 'ExpressionAttributeValues'>;

/** A failed condition is a result, not an exception: it has the item that the condition failed on (absent: there is none). */
export type WriteResult =
  | { readonly ok: true; readonly attributes: Item | undefined }
  | { readonly ok: false; readonly current: Item | undefined };

export interface QueryResult {
  readonly items: Item[];
  /** How many items were scanned: those in `items`, and those that a filter dropped. */
  readonly scannedCount: number;
  /** The key at which the engine stopped; undefined if nothing is left. */
  readonly lastKey: Item | undefined;
}

/**
 * The database calls that the API makes. Each rejects with `DatabaseUnavailable` if the database fails, and with the SDK's own error
 * if the cause is on our side (an invalid request, a missing table or permission).
 */
export interface Database {
  get(input: GetInput, options?: CallOptions): Promise<Item | undefined>;
  /**
   * Reads any number of items of any tables, 100 per call, concurrently. The result has one entry for each key, in order: undefined
   * if there is no such item. Keys for which the database had no capacity are read again, with backoff, until the deadline.
   */
  batchGet(keys: readonly BatchKey[], options?: BatchGetOptions): Promise<(Item | undefined)[]>;
  put(input: PutInput, options?: CallOptions): Promise<WriteResult>;
  update(input: UpdateInput, options?: CallOptions): Promise<WriteResult>;
  /**
   * Applies all writes or none: up to 100, each to another item. A failed condition is a result, as it is for a single write.
   * Conflicts with concurrent transactions are retried; if they persist, the call rejects with a `DatabaseUnavailable` that is safe
   * to retry. A single write that conflicts with a transaction behaves in the same way.
   */
  transact(writes: readonly TransactionWrite[], options?: TransactionOptions): Promise<TransactionResult>;
  query(input: QueryInput, options?: CallOptions): Promise<QueryResult>;
  /** Closes idle connections. */
  close(): void;
}

const returnCurrent = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;

/**
 * Opens no connection: the first call does. Items are translated here, because the SDK's document client rebuilds its chain of
 * middleware for each call, which costs as much as everything else it does.
 */
export function createDatabase(settings: ClientSettings): Database {
  const client = createClient(settings);

  return {
    async get({ Key, ...input }, { signal } = {}) {
      const command = new GetItemCommand({ ...input, Key: toAttributes(Key) });
      const output = await call(command, (...sent) => client.send(...sent), { signal, write: false });
      return toItem(output.Item);
    },

    batchGet: (keys, options = {}) => batchGetWith(client, keys, options),

    transact: (writes, options = {}) => transactWith(client, writes, options),

    async query({ ExpressionAttributeValues: values, ...input }, { signal } = {}) {
      const command = new QueryCommand({ ...input, ...valuesOf(values) });
      const output = await call(command, (...sent) => client.send(...sent), { signal, write: false });
      const { Items = [], ScannedCount = 0, LastEvaluatedKey } = output;
      return {
        items: Items.map((item) => toItem(item)),
        scannedCount: ScannedCount,
        lastKey: toItem(LastEvaluatedKey),
      };
    },

    async put({ Item, ExpressionAttributeValues: values, ...input }, { signal } = {}) {
      const command = new PutItemCommand({ ...input, ...valuesOf(values), Item: toAttributes(Item), ...returnCurrent });
      return toWriteResult(call(command, (...sent) => client.send(...sent), { signal, write: true }));
    },

    async update({ Key, ExpressionAttributeValues: values, ...input }, { signal } = {}) {
      const command = new UpdateItemCommand({
        ...input,
        ...valuesOf(values),
        Key: toAttributes(Key),
        ...returnCurrent,
      });
      return toWriteResult(call(command, (...sent) => client.send(...sent), { signal, write: true }));
    },

    close() {
      client.destroy();
    },
  };
}

async function toWriteResult(written: Promise<{ Attributes?: Attributes | undefined }>): Promise<WriteResult> {
  try {
    const { Attributes } = await written;
    return { ok: true, attributes: toItem(Attributes) };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { ok: false, current: toItem(error.Item) };
  }
}
