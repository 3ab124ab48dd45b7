import { defaultTableName, forEachTable, type TableDefinition, tableNameVariable, tables } from './tables.ts';

const definitions: readonly [string, TableDefinition][] = Object.entries(tables);

describe.each(definitions)('the table %s', (_, { hashKey, rangeKey, attributes, indexes, operations }) => {
  it('types exactly the attributes that are keys of the table or of an index', () => {
    const keys = [hashKey, rangeKey, ...Object.values(indexes).flatMap((index) => [index.hashKey, index.rangeKey])];
    expect(new Set(keys.filter((key) => key !== undefined))).toEqual(new Set(Object.keys(attributes)));
  });

  it('declares the operations that the API calls on the table and on each index', () => {
    for (const declared of [operations, ...Object.values(indexes).map((index) => index.operations)]) {
      expect(declared.length).toBeGreaterThan(0);
      expect(new Set(declared).size).toBe(declared.length);
    }
  });
});

test('each index of events sorts by the start and the id, so that equal starts have an order', () => {
  const rangeKeys = Object.values(tables.events.indexes).map(({ rangeKey }) => rangeKey);
  expect(new Set(rangeKeys)).toEqual(new Set(['startsAtId']));
});

test('a table is named by its environment variable, and by default after itself', () => {
  expect(tableNameVariable('events')).toBe('EVENTS_TABLE_NAME');
  expect(forEachTable(defaultTableName)).toMatchObject({ events: 'events-table' });
});
