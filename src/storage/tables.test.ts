import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';

import { createTestTable, type TestTable } from '../../test/support/table.ts';
import { createTables, tables, toCreateTableInput } from './tables.ts';

let table: TestTable;

beforeAll(async () => {
  table = await createTestTable();
});

afterAll(() => table.drop());

test('each index sorts by the start and the id, so that equal starts have an order', () => {
  const rangeKeys = Object.values(tables.events.indexes).map(({ rangeKey }) => rangeKey);
  expect(new Set(rangeKeys)).toEqual(new Set(['startsAtId']));
});

test('every key has a type, and nothing else has', () => {
  const { hashKey, attributes, indexes } = tables.events;
  const keys = [hashKey, ...Object.values(indexes).flatMap((index) => [index.hashKey, index.rangeKey])];
  expect(new Set(keys)).toEqual(new Set(Object.keys(attributes)));
});

test('the table in the engine is the one that is defined', async () => {
  const { Table } = await table.client.send(new DescribeTableCommand({ TableName: table.tableName }));
  const { KeySchema, GlobalSecondaryIndexes } = toCreateTableInput(table.tableName);
  expect(Table).toMatchObject({ TableStatus: 'ACTIVE', KeySchema });
  expect(Table?.GlobalSecondaryIndexes).toHaveLength(GlobalSecondaryIndexes.length);
  expect(Table?.GlobalSecondaryIndexes).toEqual(
    expect.arrayContaining(GlobalSecondaryIndexes.map((index) => expect.objectContaining(index))),
  );
});

test('items expire by the attribute that is defined', async () => {
  const answer = await table.client.send(new DescribeTimeToLiveCommand({ TableName: table.tableName }));
  expect(answer.TimeToLiveDescription).toMatchObject({
    AttributeName: tables.events.timeToLive,
    TimeToLiveStatus: expect.stringMatching(/^ENABL/),
  });
});

test('creating tables that exist is no error', async () => {
  await expect(createTables(table.client, table.tableName)).resolves.toBeUndefined();
});

test('a table with other keys or indexes is refused by name', async () => {
  const TableName = `${table.tableName}-other`;
  const { AttributeDefinitions, KeySchema } = toCreateTableInput(TableName);
  await table.client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: AttributeDefinitions.slice(0, 1),
      KeySchema,
    }),
  );
  await expect(createTables(table.client, TableName)).rejects.toThrow(TableName);
  await table.client.send(new DeleteTableCommand({ TableName }));
});
