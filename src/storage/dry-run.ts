/** A view of the database in which writes are evaluated and remembered, and never sent. */
import type { BatchKey } from './batch-get.ts';
import type { CallOptions } from './call.ts';
import type { Database, QueryInput, QueryResult, WriteResult } from './database.ts';
import { type Expressions, isLess, satisfiesExpression, updatedItem } from './evaluate.ts';
import { asStored, type Item } from './items.ts';
import { type TableDefinition, type TableName, type TableNames, tables } from './tables.ts';
import type { TransactionWrite } from './transaction.ts';

/** The database as one request would see it that writes as usual. */
export interface DryRun extends Database {
  /** The items that were read from the database, as they are there. */
  originals(): readonly Item[];
}

/** A write of any kind, with its key. */
interface Write extends Expressions {
  readonly kind: 'put' | 'update' | 'delete' | 'check';
  readonly target: BatchKey;
  readonly item?: Item;
}

interface Prepared {
  readonly write: Write;
  readonly current: Item | undefined;
  readonly ok: boolean;
}

/**
 * Starts a dry run. Conditions are checked against the items that were read, or that are read for the purpose, and later reads see what
 * was written before. Queries of an index do not: an index can lag.
 *
 * @param tableNames the name that each table has in the database
 */
export function createDryRun(database: Database, tableNames: TableNames): DryRun {
  const definitions = new Map<string, TableDefinition>(
    Object.entries(tables).map(([name, definition]) => [tableNames[name as TableName], definition]),
  );
  /** What is known of items, by table and key: as they were read, and as they were written. */
  const read = new Map<string, Item | undefined>();
  const written = new Map<string, { readonly target: BatchKey; readonly item: Item | undefined }>();

  function definitionOf(tableName: string | undefined): TableDefinition {
    const definition = definitions.get(tableName ?? '');
    if (definition === undefined) throw new Error(`There is no table ${tableName}`);
    return definition;
  }

  function targetOf(tableName: string | undefined, item: Item): BatchKey {
    const { hashKey, rangeKey } = definitionOf(tableName);
    const Key = { [hashKey]: item[hashKey], ...(rangeKey === undefined ? {} : { [rangeKey]: item[rangeKey] }) };
    return { TableName: tableName ?? '', Key };
  }

  const idOf = ({ TableName, Key }: BatchKey) => JSON.stringify([TableName, ...Object.values(Key)]);

  /** What an item is in this run. Remembers what was read, which a condition is checked against. */
  function seen(target: BatchKey, item: Item | undefined, remember: boolean): Item | undefined {
    const id = idOf(target);
    if (remember) read.set(id, item);
    const own = written.get(id);
    return own === undefined ? item : own.item;
  }

  /** The items as they are in this run, in order. Reads those that are unknown. */
  async function currentOf(targets: readonly BatchKey[], options: CallOptions): Promise<(Item | undefined)[]> {
    const unknown = targets.filter((target) => !read.has(idOf(target)) && !written.has(idOf(target)));
    const items = await database.batchGet(unknown, { ...options, consistentRead: true });
    unknown.forEach((target, index) => seen(target, items[index], true));
    return targets.map((target) => seen(target, read.get(idOf(target)), false));
  }

  async function prepare(writes: readonly Write[], options: CallOptions): Promise<Prepared[]> {
    const items = await currentOf(
      writes.map(({ target }) => target),
      options,
    );
    return writes.map((write, index) => {
      const current = items[index];
      const { ConditionExpression: condition } = write;
      return { write, current, ok: condition === undefined || satisfiesExpression(condition, write, current ?? {}) };
    });
  }

  function apply({ write, current }: Prepared): Item | undefined {
    const { kind, target } = write;
    if (kind === 'check') return current;
    const next =
      kind === 'put' ? write.item : kind === 'update' ? updatedItem(write, current ?? target.Key) : undefined;
    const item = next && asStored(next);
    written.set(idOf(target), { target, item });
    return item;
  }

  async function writeOne(write: Write, options: CallOptions = {}): Promise<WriteResult> {
    const [prepared] = await prepare([write], options);
    if (prepared === undefined) throw new Error('A write was not prepared');
    return prepared.ok ? { ok: true, attributes: apply(prepared) } : { ok: false, current: prepared.current };
  }

  function toWrite(one: TransactionWrite): Write {
    if ('put' in one)
      return { ...one.put, kind: 'put', target: targetOf(one.put.TableName, one.put.Item), item: one.put.Item };
    const [kind, input] =
      'update' in one
        ? (['update', one.update] as const)
        : 'delete' in one
          ? (['delete', one.delete] as const)
          : (['check', one.check] as const);
    return { ...input, kind, target: targetOf(input.TableName, input.Key) };
  }

  /** The items of a query in this run: a page ends where that of the database ends. */
  function merged(input: QueryInput, { items, ...page }: QueryResult): QueryResult {
    const {
      TableName,
      KeyConditionExpression: condition = '',
      ScanIndexForward: ascending = true,
      ConsistentRead,
    } = input;
    const { rangeKey = '' } = definitionOf(TableName);
    const targets = items.map((item) => targetOf(TableName, item));
    const kept = items.map((item) => seen(targetOf(TableName, item), item, ConsistentRead === true));
    const found = new Set(targets.map(idOf));
    const precedes = (one: Item, other: Item) => isLess(one[rangeKey], other[rangeKey]) === ascending;
    const added = [...written.values()]
      .filter(({ target }) => target.TableName === TableName && !found.has(idOf(target)))
      .map(({ item }) => item)
      .filter((item) => item !== undefined)
      .filter((item) => satisfiesExpression(condition, input, item))
      .filter((item) => page.lastKey === undefined || precedes(item, page.lastKey));
    const all = [...kept.filter((item) => item !== undefined), ...added];
    return { ...page, items: all.sort((one, other) => (precedes(one, other) ? -1 : 1)) };
  }

  return {
    originals: () => [...read.values()].filter((item) => item !== undefined),

    async get(input, options) {
      const item = await database.get(input, options);
      return seen(targetOf(input.TableName, input.Key), item, input.ConsistentRead === true);
    },

    async batchGet(keys, options) {
      const items = await database.batchGet(keys, options);
      return keys.map((key, index) =>
        seen(targetOf(key.TableName, key.Key), items[index], options?.consistentRead === true),
      );
    },

    async query(input, options) {
      const page = await database.query(input, options);
      return input.IndexName === undefined ? merged(input, page) : page;
    },

    put: (input, options) => {
      const { Item: item } = input;
      return writeOne({ ...input, kind: 'put', target: targetOf(input.TableName, item), item }, options);
    },

    update: (input, options) =>
      writeOne({ ...input, kind: 'update', target: targetOf(input.TableName, input.Key) }, options),

    async transact(writes, options = {}) {
      const prepared = await prepare(writes.map(toWrite), options);
      if (!prepared.every(({ ok }) => ok)) {
        return {
          ok: false,
          outcomes: prepared.map(({ ok, current }) =>
            ok ? { conditionFailed: false } : { conditionFailed: true, current },
          ),
        };
      }
      prepared.forEach(apply);
      return { ok: true };
    },

    // The connections are the database's.
    close: () => {},
  };
}
