import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';

import { createTestTables, type TestTables } from '../../test/support/tables.ts';
import { createTables, toCreateTableInput } from './create-tables.ts';
import { tables } from './tables.ts';

let table: TestTables;

beforeAll(async () => {
  table = await createTestTables();
});

afterAll(() => table.drop());

test('the created table has the defined keys and indexes', async () => {
  const { Table } = await table.client.send(new DescribeTableCommand({ TableName: table.tableNames.events }));
  const { KeySchema, GlobalSecondaryIndexes = [] } = toCreateTableInput(tables.events, table.tableNames.events);
  expect(Table).toMatchObject({ TableStatus: 'ACTIVE', KeySchema });
  expect(Table?.GlobalSecondaryIndexes).toHaveLength(GlobalSecondaryIndexes.length);
  expect(Table?.GlobalSecondaryIndexes).toEqual(
    expect.arrayContaining(GlobalSecondaryIndexes.map((index) => expect.objectContaining(index))),
  );
});

test('items expire by the defined attribute', async () => {
  const { TimeToLiveDescription } = await table.client.send(
    new DescribeTimeToLiveCommand({ TableName: table.tableNames.events }),
  );
  expect(TimeToLiveDescription).toMatchObject({
    AttributeName: tables.events.timeToLive,
    TimeToLiveStatus: expect.stringMatching(/^ENABL/),
  });
});

test('creating tables that already exist succeeds', async () => {
  await expect(createTables(table.client, table.tableNames)).resolves.toBeUndefined();
});

test('creating a table fails, and names it, if it exists with other keys or indexes', async () => {
  const TableName = `${table.tableNames.events}-other`;
  const { AttributeDefinitions, KeySchema } = toCreateTableInput(tables.events, TableName);
  await table.client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: AttributeDefinitions.slice(0, 1),
      KeySchema,
    }),
  );
  await expect(createTables(table.client, { ...table.tableNames, events: TableName })).rejects.toThrow(TableName);
  await table.client.send(new DeleteTableCommand({ TableName }));
});
