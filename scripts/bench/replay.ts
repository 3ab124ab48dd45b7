import { BatchGetItemCommand, type DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { SentCall } from './meter.ts';

const commands = { GetItem: GetItemCommand, BatchGetItem: BatchGetItemCommand, Query: QueryCommand };

/** Makes calls again that read, as they were sent: one group after the other, and those of a group at once. */
export function replayOf(groups: readonly (readonly SentCall[])[], client: DynamoDBClient): () => Promise<void> {
  const again = ({ call, input }: SentCall) => {
    if (!(call in commands)) throw new Error(`${call} does not read.`);
    // The JSON of a call is the input of its command, as long as it has no binary values.
    return client.send(new commands[call as keyof typeof commands](input as never) as GetItemCommand);
  };
  return async () => {
    for (const group of groups) await Promise.all(group.map(again));
  };
}
