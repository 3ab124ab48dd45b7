import { randomUUID } from 'node:crypto';

import { DeleteTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';

import { type ClientSettings, createClient } from '../../src/storage/client.ts';
import { createDatabase, type Database } from '../../src/storage/database.ts';
import { createTables } from '../../src/storage/tables.ts';

export interface TestTable {
  readonly database: Database;
  /** The plain client, for what the port does not offer (creating, describing and dropping tables). */
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** Removes the table and closes the connections: call it in `afterAll`. */
  drop(): Promise<void>;
}

/**
 * How to reach the run's database. Local engines take any credentials, but want some.
 *
 * @throws Error outside of Jest, whose global setup starts that database
 */
export function testSettings(): ClientSettings & { readonly endpoint: string } {
  const endpoint = process.env['DYNAMODB_ENDPOINT'];
  if (endpoint === undefined) throw new Error('DYNAMODB_ENDPOINT is not set: run the tests with Jest');
  return { region: 'us-east-1', endpoint, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
}

/** Makes an events table that no other test file sees, in the run's database. */
export async function createTestTable(): Promise<TestTable> {
  const client = createClient(testSettings());
  const database = createDatabase(testSettings());
  const tableName = `events-${randomUUID()}`;
  await createTables(client, tableName);

  return {
    database,
    client,
    tableName,
    async drop() {
      await client.send(new DeleteTableCommand({ TableName: tableName }));
      database.close();
      client.destroy();
    },
  };
}
