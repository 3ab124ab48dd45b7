import {
  type AttributeValue,
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
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

import { call, type CallOptions } from './call.ts';
import { type ClientSettings, createClient } from './client.ts';

/** An item as JavaScript values. */
export type Item = Record<string, unknown>;

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
  get(input: GetInput, options?: CallOptions): Promise<Item | undefined>;
  put(input: PutInput, options?: CallOptions): Promise<WriteResult>;
  update(input: UpdateInput, options?: CallOptions): Promise<WriteResult>;
  query(input: QueryInput, options?: CallOptions): Promise<QueryResult>;
  /** Closes idle connections. */
  close(): void;
}

const returnCurrent = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;

/**
 * Opens no connection yet: the first call does. Items are translated here, as the SDK's document client builds its whole chain of
 * middleware anew for each call, which costs as much as everything else that it does.
 */
export function createDatabase(settings: ClientSettings): Database {
  const client = createClient(settings);

  return {
    async get({ Key, ...input }, { signal } = {}) {
      const command = new GetItemCommand({ ...input, Key: toAttributes(Key) });
      const output = await call(command, (...sent) => client.send(...sent), { signal, write: false });
      return toItem(output.Item);
    },

    async query({ ExpressionAttributeValues: values, ...input }, { signal } = {}) {
      const command = new QueryCommand({ ...input, ...valuesOf(values) });
      const output = await call(command, (...sent) => client.send(...sent), { signal, write: false });
      const { Items = [], ScannedCount = 0, LastEvaluatedKey } = output;
      return {
        items: Items.map((item) => unmarshall(item)),
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

type Attributes = Record<string, AttributeValue>;

function toAttributes(item: Item): Attributes {
  return marshall(item, { removeUndefinedValues: true });
}

function toItem(attributes: Attributes | undefined): Item | undefined {
  return attributes && unmarshall(attributes);
}

function valuesOf(values: Item | undefined): { ExpressionAttributeValues?: Attributes } {
  return values === undefined ? {} : { ExpressionAttributeValues: toAttributes(values) };
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
