/** A dry run has the results that the same writes have in the database, and leaves the database as it is. */
import { createTestTables, type TestTables } from '../../test/support/tables.ts';
import type { Database, Item } from './database.ts';
import { createDryRun } from './dry-run.ts';
import { toUpdateInput } from './update.ts';
import { allOf, anyOf, toConditionInput } from './condition.ts';
import { atLeast, equalTo, exists, lessThan, missing } from '../lib/comparison.ts';

let tables: TestTables;
let scopes = 0;
beforeAll(async () => {
  tables = await createTestTables();
});
afterAll(() => tables.drop());

/** The parts of a test: the database or a view of it, and the items of a scope of their own. */
interface Stage {
  readonly database: Database;
  readonly TableName: string;
  readonly key: (number: number) => { readonly scope: string; readonly number: number };
}

/** Writes three items. */
async function createStage(): Promise<Omit<Stage, 'database'>> {
  const TableName = tables.tableNames.registrations;
  const scope = `scope-${(scopes += 1)}`;
  const key = (number: number) => ({ scope, number });
  for (const number of [1, 3, 5])
    await tables.database.put({ TableName, Item: { ...key(number), count: 7, name: 'Mira', tags: new Set([1, 2]) } });
  return { TableName, key };
}

async function itemsOf({ TableName, key }: Omit<Stage, 'database'>, database: Database, limit?: number) {
  const { items } = await database.query({
    TableName,
    KeyConditionExpression: '#hash = :hash AND #range BETWEEN :from AND :to',
    ExpressionAttributeNames: { '#hash': 'scope', '#range': 'number' },
    ExpressionAttributeValues: { ':hash': key(0).scope, ':from': 0, ':to': 9 },
    ConsistentRead: true,
    ...(limit === undefined ? {} : { Limit: limit }),
  });
  return items;
}

/** Writes, one after the other; each shows what it results in. */
const writes: Readonly<Record<string, (stage: Stage) => Promise<unknown>>> = {
  'a put in place of an item': ({ database, TableName, key }) =>
    database.put({
      TableName,
      Item: { ...key(1), name: 'Jonas', note: undefined, nested: { one: 1, none: undefined } },
    }),
  'a put of a new item': ({ database, TableName, key }) =>
    database.put({ TableName, Item: { ...key(2), answers: new Map([['constructor', 'x']]) } }),
  'a put whose condition fails': ({ database, TableName, key }) =>
    database.put({ TableName, Item: key(3), ...toConditionInput(allOf([{ scope: missing }])) }),
  'an update that sets, removes and increments': ({ database, TableName, key }) =>
    database.update({
      TableName,
      Key: key(3),
      ...toUpdateInput({ set: { name: 'Ada', tags: null }, increment: { count: -2 } }, allOf([{ count: atLeast(7) }])),
      ReturnValues: 'ALL_NEW',
    }),
  'an update whose condition fails': ({ database, TableName, key }) =>
    database.update({
      TableName,
      Key: key(5),
      ...toUpdateInput({ set: { name: 'Ada' } }, anyOf([{ count: lessThan(7) }, { name: missing }])),
    }),
  'an update of an item that does not exist': ({ database, TableName, key }) =>
    database.update({ TableName, Key: key(6), ...toUpdateInput({ set: { name: 'Ada' } }, allOf([{ name: missing }])) }),
  'an update that adds to a set and to a number': ({ database, TableName, key }) =>
    database.update({
      TableName,
      Key: key(5),
      UpdateExpression: 'ADD #tags :tags, #more :by',
      ExpressionAttributeNames: { '#tags': 'tags', '#more': 'more' },
      ExpressionAttributeValues: { ':tags': new Set([2, 9]), ':by': 4 },
    }),
  'a transaction': ({ database, TableName, key }) =>
    database.transact([
      { put: { TableName, Item: { ...key(4), name: 'New' } } },
      { update: { TableName, Key: key(3), ...toUpdateInput({ set: { name: 'Eve' } }, allOf([{ name: exists }])) } },
      { delete: { TableName, Key: key(1) } },
      { check: { TableName, Key: key(5), ...toConditionInput(allOf([{ count: equalTo(7) }])) } },
    ]),
  'a transaction of which one condition fails': ({ database, TableName, key }) =>
    database.transact([
      { delete: { TableName, Key: key(5) } },
      { put: { TableName, Item: key(4), ...toConditionInput(allOf([{ scope: missing }])) } },
    ]),
  'reads of what was written': async ({ database, TableName, key }) => [
    await database.get({ TableName, Key: key(1), ConsistentRead: true }),
    await database.get({ TableName, Key: key(3), ConsistentRead: true }),
    await database.batchGet(
      [1, 2, 3, 4, 8].map((number) => ({ TableName, Key: key(number) })),
      { consistentRead: true },
    ),
  ],
};

/** As the database returns it: `attributes` only if they are asked for. */
function comparable(result: unknown): unknown {
  if (typeof result !== 'object' || result === null || !('attributes' in result)) return result;
  const { attributes: _, ...rest } = result;
  return rest;
}

test('has the results of the writes, and shows what they have written', async () => {
  const [real, tried] = [await createStage(), await createStage()];
  const dryRun = createDryRun(tables.database, tables.tableNames);
  const before = await itemsOf(tried, tables.database);
  const inScope = (value: unknown) =>
    JSON.parse(
      JSON.stringify(value, (_, one: unknown) => (one instanceof Set ? [...one].sort() : one)).replaceAll(
        /scope-\d+/g,
        'scope',
      ),
    ) as unknown;
  for (const [title, write] of Object.entries(writes)) {
    const expected = comparable(await write({ ...real, database: tables.database }));
    const actual = comparable(await write({ ...tried, database: dryRun }));
    expect({ title, result: inScope(actual ?? null) }).toEqual({ title, result: inScope(expected ?? null) });
    expect({ title, items: inScope(await itemsOf(tried, dryRun)) }).toEqual({
      title,
      items: inScope(await itemsOf(real, tables.database)),
    });
  }
  expect(await itemsOf(tried, tables.database)).toEqual(before);
});

test('a page ends where that of the database ends', async () => {
  const stage = await createStage();
  const dryRun = createDryRun(tables.database, tables.tableNames);
  for (const number of [2, 4]) await dryRun.put({ TableName: stage.TableName, Item: stage.key(number) });
  expect((await itemsOf(stage, dryRun, 2)).map((item) => item['number'])).toEqual([1, 2, 3]);
});

test('checks a condition against the item that was read before', async () => {
  const stage = await createStage();
  const { TableName, key } = stage;
  const dryRun = createDryRun(tables.database, tables.tableNames);
  await dryRun.get({ TableName, Key: key(1), ConsistentRead: true });
  await tables.database.put({ TableName, Item: { ...key(1), name: 'Another' } });
  const update = toUpdateInput({ set: { name: 'Ada' } }, allOf([{ name: equalTo('Mira') }]));
  expect(await dryRun.update({ TableName, Key: key(1), ...update })).toMatchObject({ ok: true });
});

test('knows the items that were read as they were', async () => {
  const { TableName, key } = await createStage();
  const dryRun = createDryRun(tables.database, tables.tableNames);
  await dryRun.update({
    TableName,
    Key: key(1),
    ...toUpdateInput({ set: { name: 'Ada' } }, allOf([{ name: exists }])),
  });
  expect(dryRun.originals().map(({ name }: Item) => name)).toEqual(['Mira']);
});
