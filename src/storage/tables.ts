import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  type KeySchemaElement,
  ResourceInUseException,
  type ScalarAttributeType,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';

import definitions from './tables.json' with { type: 'json' };

/**
 * Every table with its keys and indexes, from the file that Terraform reads too. The names of indexes and attributes are
 * keys there, so that the compiler knows them: `tables.events.indexes['published-indx']` does not compile.
 */
export const tables = definitions;

export type EventsIndex = keyof typeof tables.events.indexes;
/** The attributes of an event that are keys of the table or of an index. */
export type EventsKeyAttribute = keyof typeof tables.events.attributes;

interface Key {
  readonly hashKey: string;
  readonly rangeKey?: string;
}

const activeWithinSeconds = 60;

/** What CreateTable needs for the events table; time to live is switched on afterwards, by a call of its own. */
export function toCreateTableInput(tableName: string) {
  const { attributes, indexes } = tables.events;
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: Object.entries(attributes).map(([name, type]) => ({
      AttributeName: name,
      AttributeType: type as ScalarAttributeType,
    })),
    KeySchema: toKeySchema(tables.events),
    GlobalSecondaryIndexes: Object.entries(indexes).map(([name, index]) => ({
      IndexName: name,
      KeySchema: toKeySchema(index),
      Projection: { ProjectionType: index.projection as 'ALL' },
    })),
  } satisfies CreateTableCommandInput;
}

/**
 * Creates the tables that are missing, waits until they can be used and switches time to live on. For local databases and
 * tests; in AWS the tables are Terraform's.
 *
 * @throws Error when a table of that name has other keys or indexes
 */
export async function createTables(client: DynamoDBClient, eventsTableName: string): Promise<void> {
  const input = toCreateTableInput(eventsTableName);
  try {
    await client.send(new CreateTableCommand(input));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
    await requireSameKeys(client, input);
  }
  await waitUntilTableExists({ client, maxWaitTime: activeWithinSeconds, minDelay: 1 }, { TableName: eventsTableName });
  await switchTimeToLiveOn(client, eventsTableName);
}

async function requireSameKeys(client: DynamoDBClient, wanted: ReturnType<typeof toCreateTableInput>): Promise<void> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: wanted.TableName }));
  const found = { KeySchema: Table?.KeySchema, GlobalSecondaryIndexes: Table?.GlobalSecondaryIndexes };
  if (describeKeys(found) === describeKeys(wanted)) return;
  throw new Error(
    `The table ${wanted.TableName} exists with other keys or indexes than src/storage/tables.json defines`,
  );
}

async function switchTimeToLiveOn(client: DynamoDBClient, tableName: string): Promise<void> {
  const AttributeName = tables.events.timeToLive;
  try {
    // Switching on what is on already is an error of the engine.
    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: tableName }));
    if (TimeToLiveDescription?.AttributeName === AttributeName) return;
    const TimeToLiveSpecification = { AttributeName, Enabled: true };
    await client.send(new UpdateTimeToLiveCommand({ TableName: tableName, TimeToLiveSpecification }));
  } catch (error) {
    // Some local engines have no time to live. Nothing depends on it: expired items count as absent wherever they are read.
    if (!(error instanceof Error) || error.name !== 'UnknownOperationException') throw error;
  }
}

function toKeySchema({ hashKey, rangeKey }: Key) {
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

/** Keys and indexes as text that does not depend on the order in which an engine names them. */
function describeKeys({ KeySchema, GlobalSecondaryIndexes = [] }: Keyed): string {
  const keys = KeySchema?.map(({ AttributeName, KeyType }) => `${KeyType}:${AttributeName}`).sort();
  const indexes = GlobalSecondaryIndexes.map((index) => `${index.IndexName} ${describeKeys(index)}`).sort();
  return [keys, ...indexes].join('\n');
}
