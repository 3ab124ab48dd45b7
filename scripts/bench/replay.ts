import { BatchGetItemCommand, type DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { SentCall } from './meter.ts';

/** The commands that read. The JSON of a call is the input of its command, as long as it has no binary values. */
const commandOf: Readonly<Record<string, (input: never) => Parameters<DynamoDBClient['send']>[0]>> = {
  GetItem: (input) => new GetItemCommand(input) as never,
  BatchGetItem: (input) => new BatchGetItemCommand(input) as never,
  Query: (input) => new QueryCommand(input) as never,
};

/** Makes calls again that read, as they were sent: one group after the other, and those of a group at once. */
export function replayOf(groups: readonly (readonly SentCall[])[], client: DynamoDBClient): () => Promise<void> {
  const again = ({ call, input }: SentCall) => {
    const toCommand = commandOf[call];
    if (toCommand === undefined) throw new Error(`${call} does not read.`);
    return client.send(toCommand(input as never));
  };
  return async () => {
    for (const group of groups) await Promise.all(group.map(again));
  };
}
