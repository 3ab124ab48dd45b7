import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  type KeySchemaElement,
  type ProjectionType,
  ResourceInUseException,
  type ScalarAttributeType,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';

import { type TableDefinition, type TableName, type TableNames, tables } from './tables.ts';

const activeWithinSeconds = 60;

/** The input of CreateTable for one table. Time to live is enabled afterwards, by a call of its own. */
export function toCreateTableInput({ attributes, indexes, ...key }: TableDefinition, tableName: string) {
  const secondaryIndexes = Object.entries(indexes).map(([name, { projection, ...indexKey }]) => ({
    IndexName: name,
    KeySchema: toKeySchema(indexKey),
    Projection: { ProjectionType: projection as ProjectionType },
  }));
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: Object.entries(attributes).map(([name, type]) => ({
      AttributeName: name,
      AttributeType: type as ScalarAttributeType,
    })),
    KeySchema: toKeySchema(key),
    // The engine rejects an empty list.
    ...(secondaryIndexes.length > 0 ? { GlobalSecondaryIndexes: secondaryIndexes } : {}),
  } satisfies CreateTableCommandInput;
}

/**
 * Creates every missing table of tables.json, waits until they are active and enables time to live. For local databases and
 * tests; in AWS, Terraform manages the tables.
 *
 * @throws Error when a table of that name has other keys or indexes
 */
export async function createTables(client: DynamoDBClient, tableNames: TableNames): Promise<void> {
  const names = Object.keys(tables) as TableName[];
  await Promise.all(names.map((name) => createTable(client, tables[name], tableNames[name])));
}

async function createTable(client: DynamoDBClient, definition: TableDefinition, tableName: string): Promise<void> {
  const input = toCreateTableInput(definition, tableName);
  try {
    await client.send(new CreateTableCommand(input));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
    await requireSameKeys(client, input);
  }
  await waitUntilTableExists({ client, maxWaitTime: activeWithinSeconds, minDelay: 1 }, { TableName: tableName });
  if (definition.timeToLive !== undefined) await enableTimeToLive(client, tableName, definition.timeToLive);
}

async function requireSameKeys(client: DynamoDBClient, expected: ReturnType<typeof toCreateTableInput>): Promise<void> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: expected.TableName }));
  const found = { KeySchema: Table?.KeySchema, GlobalSecondaryIndexes: Table?.GlobalSecondaryIndexes };
  if (describeKeys(found) === describeKeys(expected)) return;
  throw new Error(
    `The table ${expected.TableName} exists with other keys or indexes than src/storage/tables.json defines`,
  );
}

async function enableTimeToLive(client: DynamoDBClient, tableName: string, attribute: string): Promise<void> {
  try {
    // The engine rejects enabling what is already enabled.
    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: tableName }));
    if (TimeToLiveDescription?.AttributeName === attribute) return;
    const TimeToLiveSpecification = { AttributeName: attribute, Enabled: true };
    await client.send(new UpdateTimeToLiveCommand({ TableName: tableName, TimeToLiveSpecification }));
  } catch (error) {
    // Some local engines have no time to live. Nothing depends on it: expired items count as absent wherever they are read.
    if (!(error instanceof Error) || error.name !== 'UnknownOperationException') throw error;
  }
}

function toKeySchema({ hashKey, rangeKey }: Pick<TableDefinition, 'hashKey' | 'rangeKey'>) {
  return [
    { AttributeName: hashKey, KeyType: 'HASH' },
    ...(rangeKey === undefined ? [] : [{ AttributeName: rangeKey, KeyType: 'RANGE' } as const]),
  ] satisfies KeySchemaElement[];
}

interface Keyed {
  readonly IndexName?: string | undefined;
  readonly KeySchema?: readonly KeySchemaElement[] | undefined;
  readonly GlobalSecondaryIndexes?: readonly Omit<Keyed, 'GlobalSecondaryIndexes'>[] | undefined;
}

/** Keys and indexes as text, independent of the order in which an engine returns them. */
function describeKeys({ KeySchema, GlobalSecondaryIndexes = [] }: Keyed): string {
  const keys = KeySchema?.map(({ AttributeName, KeyType }) => `${KeyType}:${AttributeName}`).sort();
  const indexes = GlobalSecondaryIndexes.map((index) => `${index.IndexName} ${describeKeys(index)}`).sort();
  return [keys, ...indexes].join('\n');
}
