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
import { unmarshall } from '@aws-sdk/util-dynamodb';

import { call, type CallOptions } from './call.ts';
import { type ClientSettings, createClient } from './client.ts';

/** An item as JavaScript values. */
export type Item = Record<string, unknown>;

/** A condition that fails is an answer, not an exception: it tells what the item is now (absent: there is none). */
export type WriteResult =
  | { readonly ok: true; readonly attributes: Item | undefined }
  | { readonly ok: false; readonly current: Item | undefined };

export interface QueryResult {
  readonly items: Item[];
  /** How many items were looked at; more than `items` where a filter left some out. */
  readonly scannedCount: number;
  /** Where the engine stopped. Absent: nothing is left. */
  readonly lastKey: Item | undefined;
}

/**
 * The database calls that the API makes. Each rejects with `Unavailable` where the database is at fault, and with the
 * SDK's own error where we are (an invalid request, a missing table or right).
 */
export interface Database {
  get(input: GetCommandInput, options?: CallOptions): Promise<Item | undefined>;
  put(input: PutCommandInput, options?: CallOptions): Promise<WriteResult>;
  update(input: UpdateCommandInput, options?: CallOptions): Promise<WriteResult>;
  query(input: QueryCommandInput, options?: CallOptions): Promise<QueryResult>;
  /** Closes idle connections. */
  close(): void;
}

const returnCurrent = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;

/** Opens no connection yet: the first call does. */
export function createDatabase(settings: ClientSettings): Database {
  const client = createClient(settings);
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

  return {
    async get(input, { signal } = {}) {
      const output = await call(new GetCommand(input), (...sent) => documents.send(...sent), { signal, write: false });
      return output.Item;
    },

    async query(input, { signal } = {}) {
      const output = await call(new QueryCommand(input), (...sent) => documents.send(...sent), { signal, write: false });
      return { items: output.Items ?? [], scannedCount: output.ScannedCount ?? 0, lastKey: output.LastEvaluatedKey };
    },

    put(input, { signal } = {}) {
      const command = new PutCommand({ ...input, ...returnCurrent });
      return toWriteResult(call(command, (...sent) => documents.send(...sent), { signal, write: true }));
    },

    update(input, { signal } = {}) {
      const command = new UpdateCommand({ ...input, ...returnCurrent });
      return toWriteResult(call(command, (...sent) => documents.send(...sent), { signal, write: true }));
    },

    close() {
      // The document client's own `destroy` does nothing.
      client.destroy();
    },
  };
}

async function toWriteResult(written: Promise<{ Attributes?: Item | undefined }>): Promise<WriteResult> {
  try {
    const { Attributes } = await written;
    return { ok: true, attributes: Attributes };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    // The document client translates answers, but not errors.
    return { ok: false, current: error.Item && unmarshall(error.Item) };
  }
}
