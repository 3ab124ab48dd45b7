/**
 * A database in memory, for tests that make millions of calls. It knows the expressions of src/storage/evaluate.ts, and no others: those
 * throw.
 */
import type { Database, Item, QueryInput, WriteResult } from '../../src/storage/database.ts';
import { type Expressions, isLess, satisfiesExpression, updatedItem } from '../../src/storage/evaluate.ts';
import { asStored } from '../../src/storage/items.ts';
import { type TableDefinition, type TableNames, tables } from '../../src/storage/tables.ts';
import type { TransactionWrite } from '../../src/storage/transaction.ts';

export interface MemoryDatabase extends Database {
  /** All items of a table, in no order. They are frozen: a write replaces an item. */
  rows(tableName: string): Item[];
}

interface Write extends Expressions {
  readonly TableName: string | undefined;
  readonly Key?: Item;
  readonly Item?: Item;
}

export function createMemoryDatabase(tableNames: TableNames): MemoryDatabase {
  const stored = new Map<string, { definition: TableDefinition; items: Map<string, Item> }>();
  for (const [name, definition] of Object.entries(tables)) {
    stored.set(tableNames[name as keyof TableNames], { definition, items: new Map() });
  }
  const tableOf = (name: string | undefined) => {
    const table = stored.get(name ?? '');
    if (table === undefined) throw new Error(`There is no table ${name}`);
    return table;
  };
  const locate = ({ TableName, Key, Item }: Write) => {
    const { definition, items } = tableOf(TableName);
    return { items, id: identify(Key ?? Item ?? {}, definition), key: Key };
  };

  /** Checks the condition of a write; the returned function applies it. */
  function prepare(write: Write, isDelete: boolean) {
    const { items, id, key } = locate(write);
    const current = items.get(id);
    const ok =
      write.ConditionExpression === undefined || satisfiesExpression(write.ConditionExpression, write, current ?? {});
    const apply = (): Item | undefined => {
      const next =
        write.Item ?? (write.UpdateExpression === undefined ? current : updatedItem(write, current ?? key ?? {}));
      if (isDelete || next === undefined) items.delete(id);
      else items.set(id, Object.freeze(asStored(next)));
      return items.get(id);
    };
    return { id: `${write.TableName} ${id}`, ok, current, apply };
  }

  function write(input: Write): WriteResult {
    const { ok, current, apply } = prepare(input, false);
    return ok ? { ok, attributes: apply() } : { ok, current };
  }

  return {
    rows: (tableName) => [...tableOf(tableName).items.values()],
    get: async ({ TableName, Key }) => {
      const { items, id } = locate({ TableName, Key });
      return items.get(id);
    },
    batchGet: async (keys) =>
      keys.map((key) => {
        const { items, id } = locate(key);
        return items.get(id);
      }),
    put: async (input) => write(input),
    update: async (input) => write(input),
    transact: async (writes) => {
      const prepared = writes.map((one) => prepare(partsOf(one), 'delete' in one));
      if (new Set(prepared.map(({ id }) => id)).size < prepared.length) throw new Error('Two writes of one item');
      if (prepared.every(({ ok }) => ok)) {
        for (const { apply } of prepared) apply();
        return { ok: true };
      }
      return {
        ok: false,
        outcomes: prepared.map(({ ok, current }) =>
          ok ? { conditionFailed: false } : { conditionFailed: true, current },
        ),
      };
    },
    query: async (input) => {
      const { definition, items } = tableOf(input.TableName);
      return runQuery(input, definition, [...items.values()]);
    },
    close() {},
  };
}

const partsOf = (write: TransactionWrite): Write => {
  if ('put' in write) return write.put;
  if ('update' in write) return write.update;
  return 'delete' in write ? write.delete : write.check;
};

function identify(item: Item, { hashKey, rangeKey }: TableDefinition): string {
  return JSON.stringify([item[hashKey], rangeKey === undefined ? undefined : item[rangeKey]]);
}

function runQuery(input: QueryInput, definition: TableDefinition, items: readonly Item[]) {
  const { IndexName, KeyConditionExpression = '', Limit = Infinity, ScanIndexForward = true } = input;
  const { rangeKey = '' } = IndexName === undefined ? definition : (definition.indexes[IndexName] ?? {});
  const direction = ScanIndexForward ? 1 : -1;
  const found = items
    .filter((item) => satisfiesExpression(KeyConditionExpression, input, item))
    .sort((one, other) => direction * (isLess(one[rangeKey], other[rangeKey]) ? -1 : 1));
  const page = found.slice(0, Limit);
  // As the engine does, which only learns that nothing is left when it looks for more.
  const lastKey = page.length === Limit ? page.at(-1) : undefined;
  return { items: page, scannedCount: page.length, lastKey };
}
