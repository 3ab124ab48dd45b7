import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Item } from '../../../src/storage/items.ts';

/** Everything that a table has, in no order. */
export async function scanTable(client: DynamoDBClient, TableName: string): Promise<Item[]> {
  const items: Item[] = [];
  const documents = DynamoDBDocumentClient.from(client);
  for await (const page of paginateScan({ client: documents }, { TableName, ConsistentRead: true }))
    items.push(...(page.Items ?? []));
  return items;
}
