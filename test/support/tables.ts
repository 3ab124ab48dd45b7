import { randomUUID } from 'node:crypto';

import { DeleteTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';

import { type ClientSettings, createClient } from '../../src/storage/client.ts';
import { createDatabase, type Database } from '../../src/storage/database.ts';
import { createTables } from '../../src/storage/create-tables.ts';
import { forEachTable, type TableNames } from '../../src/storage/tables.ts';

export interface TestTables {
  readonly database: Database;
  /** The SDK's client, for what `database` does not offer (creating, describing and deleting tables). */
  readonly client: DynamoDBClient;
  readonly tableNames: TableNames;
  /** Deletes the tables and closes the connections. Call it in `afterAll`. */
  drop(): Promise<void>;
}

/**
 * The settings for the database of this run. Local databases accept any credentials, but require some.
 *
 * @throws Error outside Jest, whose global setup starts that database
 */
export function testSettings(): ClientSettings & { readonly endpoint: string } {
  const endpoint = process.env['DYNAMODB_ENDPOINT'];
  if (endpoint === undefined) throw new Error('DYNAMODB_ENDPOINT is not set: run the tests with Jest');
  return { region: 'us-east-1', endpoint, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
}

/** Creates tables for one test file, in the database of this run. */
export async function createTestTables(): Promise<TestTables> {
  const client = createClient(testSettings());
  const database = createDatabase(testSettings());
  const tableNames = forEachTable((name) => `${name}-${randomUUID()}`);
  await createTables(client, tableNames);

  return {
    database,
    client,
    tableNames,
    async drop() {
      const dropped = Object.values(tableNames).map((name) => client.send(new DeleteTableCommand({ TableName: name })));
      await Promise.all(dropped);
      database.close();
      client.destroy();
    },
  };
}
