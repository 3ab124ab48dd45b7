/** Transactions: several writes of which all are applied, or none. */
import { randomUUID } from 'node:crypto';

import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';

import { call, type CallOptions } from './call.ts';
import { currentOf, type Item } from './items.ts';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** What the SDK takes for one kind of write. What is returned if its condition fails is given. */
type Write<Kind extends keyof TransactItem, Keyed extends 'Key' | 'Item'> = Omit<
  NonNullable<TransactItem[Kind]>,
  'ReturnValuesOnConditionCheckFailure'
> & { readonly [Name in Keyed]: Item };

/** One write of a transaction, or a condition on an item that it does not write. A transaction has one for each item, at most. */
export type TransactionWrite =
  | { readonly put: Write<'Put', 'Item'> }
  | { readonly update: Write<'Update', 'Key'> }
  | { readonly delete: Write<'Delete', 'Key'> }
  | { readonly check: Write<'ConditionCheck', 'Key'> };

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
  client: DynamoDBDocumentClient,
  writes: readonly TransactionWrite[],
  { token = randomUUID(), signal }: TransactionOptions,
): Promise<TransactionResult> {
  const command = new TransactWriteCommand({
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
  return { conditionFailed: true, current: currentOf(reason) };
}

const returnCurrent = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;

function toTransactItem(write: TransactionWrite): TransactItem {
  if ('put' in write) return { Put: { ...write.put, ...returnCurrent } };
  if ('update' in write) return { Update: { ...write.update, ...returnCurrent } };
  if ('delete' in write) return { Delete: { ...write.delete, ...returnCurrent } };
  return { ConditionCheck: { ...write.check, ...returnCurrent } };
}
