import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  type GetCommandInput,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  type QueryCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';

import { batchGetWith, type BatchGetOptions, type BatchKey } from './batch-get.ts';
import { call, type CallOptions } from './call.ts';
import { type ClientSettings, createClient } from './client.ts';
import { currentOf, type Item, translation } from './items.ts';
import { type TransactionOptions, type TransactionResult, type TransactionWrite, transactWith } from './transaction.ts';

export type { Item } from './items.ts';

export type GetInput = GetCommandInput & { readonly Key: Item };
export type PutInput = PutCommandInput & { readonly Item: Item };
export type UpdateInput = UpdateCommandInput & { readonly Key: Item };
export type QueryInput = QueryCommandInput;

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

/** Opens no connection: the first call does. */
export function createDatabase(settings: ClientSettings): Database {
  const plain = createClient(settings);
  const client = DynamoDBDocumentClient.from(plain, translation());

  return {
    async get(input, { signal } = {}) {
      const output = await call(new GetCommand(input), (...sent) => client.send(...sent), { signal, write: false });
      return output.Item;
    },

    batchGet: (keys, options = {}) => batchGetWith(client, keys, options),

    transact: (writes, options = {}) => transactWith(client, writes, options),

    async query(input, { signal } = {}) {
      const output = await call(new QueryCommand(input), (...sent) => client.send(...sent), { signal, write: false });
      const { Items: items = [], ScannedCount: scannedCount = 0, LastEvaluatedKey: lastKey } = output;
      return { items, scannedCount, lastKey };
    },

    put(input, { signal } = {}) {
      const command = new PutCommand({ ...input, ...returnCurrent });
      return toWriteResult(call(command, (...sent) => client.send(...sent), { signal, write: true }));
    },

    update(input, { signal } = {}) {
      const command = new UpdateCommand({ ...input, ...returnCurrent });
      return toWriteResult(call(command, (...sent) => client.send(...sent), { signal, write: true }));
    },

    close() {
      // That of the document client does nothing.
      plain.destroy();
    },
  };
}

async function toWriteResult(written: Promise<{ Attributes?: Item | undefined }>): Promise<WriteResult> {
  try {
    const { Attributes: attributes } = await written;
    return { ok: true, attributes };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { ok: false, current: currentOf(error) };
  }
}
