/** Transactions: several writes of which all are applied, or none. */
import { randomUUID } from 'node:crypto';

import {
  type CancellationReason,
  type ConditionCheck,
  type Delete,
  type DynamoDBClient,
  type Put,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  type Update,
} from '@aws-sdk/client-dynamodb';

import { type Item, toAttributes, toItem, valuesOf } from './attributes.ts';
import { call, type CallOptions } from './call.ts';

/** An input of the SDK with its items as JavaScript values. */
type Write<Input, Keyed extends 'Key' | 'Item'> = Omit<
  Input,
  Keyed | 'ExpressionAttributeValues' | 'ReturnValuesOnConditionCheckFailure'
> & { readonly [Name in Keyed]: Item } & { readonly ExpressionAttributeValues?: Item | undefined };

/** One write of a transaction, or a condition on an item that it does not write. A transaction has one for each item, at most. */
export type TransactionWrite =
  | { readonly put: Write<Put, 'Item'> }
  | { readonly update: Write<Update, 'Key'> }
  | { readonly delete: Write<Delete, 'Key'> }
  | { readonly check: Write<ConditionCheck, 'Key'> };

/** What became of one write: whether its condition failed, and then on what (absent: there is no such item). */
export type TransactionOutcome =
  { readonly conditionFailed: false } | { readonly conditionFailed: true; readonly current: Item | undefined };

/** If a condition failed, nothing was written, and `outcomes` has one outcome for each write, in order. */
export type TransactionResult = { readonly ok: true } | { readonly ok: false; readonly outcomes: TransactionOutcome[] };

export interface TransactionOptions extends CallOptions {
  /**
   * Names the transaction, in up to 36 characters: DynamoDB applies a transaction that is sent again with its token within ten
   * minutes once. By default every transaction has a token of its own, which makes the retries of one call safe.
   */
  readonly token?: string | undefined;
}

/** Sends a transaction; see `Database.transact`. */
export async function transactWith(
  client: DynamoDBClient,
  writes: readonly TransactionWrite[],
  { token = randomUUID(), signal }: TransactionOptions,
): Promise<TransactionResult> {
  const command = new TransactWriteItemsCommand({
    TransactItems: writes.map(toTransactItem),
    ClientRequestToken: token,
  });
  try {
    await call(command, (...sent) => client.send(...sent), { signal, write: true });
    return { ok: true };
  } catch (error) {
    const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
    if (!reasons.some(({ Code }) => Code === conditionFailed)) throw error;
    return { ok: false, outcomes: writes.map((_, index) => toOutcome(reasons[index])) };
  }
}

const conditionFailed = 'ConditionalCheckFailed';

function toOutcome(reason: CancellationReason | undefined): TransactionOutcome {
  if (reason?.Code !== conditionFailed) return { conditionFailed: false };
  return { conditionFailed: true, current: toItem(reason.Item) };
}

const returnCurrent = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;

function toTransactItem(write: TransactionWrite): TransactWriteItem {
  if ('put' in write) return { Put: { ...translate(write.put), Item: toAttributes(write.put.Item) } };
  if ('update' in write) return { Update: { ...translate(write.update), Key: toAttributes(write.update.Key) } };
  if ('delete' in write) return { Delete: { ...translate(write.delete), Key: toAttributes(write.delete.Key) } };
  return { ConditionCheck: { ...translate(write.check), Key: toAttributes(write.check.Key) } };
}

function translate<Input extends { readonly ExpressionAttributeValues?: Item | undefined }>({
  ExpressionAttributeValues: values,
  ...input
}: Input) {
  return { ...input, ...valuesOf(values), ...returnCurrent };
}
