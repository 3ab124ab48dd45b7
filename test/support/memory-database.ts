/**
 * A database in memory with the expressions that the repositories use, for tests that make millions of calls. It knows no other
 * expression: those throw. `memory-database.test.ts` compares it with the real engine.
 */
import type { Database, Item, QueryInput, WriteResult } from '../../src/storage/database.ts';
import { type TableDefinition, type TableNames, tables } from '../../src/storage/tables.ts';
import type { TransactionWrite } from '../../src/storage/transaction.ts';

export interface MemoryDatabase extends Database {
  /** All items of a table, in no order. They are frozen: a write replaces an item. */
  rows(tableName: string): Item[];
}

interface Expressions {
  readonly ConditionExpression?: string | undefined;
  readonly UpdateExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Item | undefined;
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
    const ok = write.ConditionExpression === undefined || holds(write.ConditionExpression, write, current ?? {});
    const apply = (): Item | undefined => {
      const next =
        write.Item ?? (write.UpdateExpression === undefined ? current : updated(write, current ?? key ?? {}));
      if (isDelete || next === undefined) items.delete(id);
      else items.set(id, Object.freeze(withoutUndefined(next)));
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

function withoutUndefined(item: Item): Item {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined));
}

function runQuery(input: QueryInput, definition: TableDefinition, items: readonly Item[]) {
  const { IndexName, KeyConditionExpression = '', Limit = Infinity, ScanIndexForward = true } = input;
  const { rangeKey = '' } = IndexName === undefined ? definition : (definition.indexes[IndexName] ?? {});
  const direction = ScanIndexForward ? 1 : -1;
  const found = items
    .filter((item) => holds(KeyConditionExpression, input, item))
    .sort((one, other) => direction * (isLess(one[rangeKey], other[rangeKey]) ? -1 : 1));
  const page = found.slice(0, Limit);
  // As the engine does, which only learns that nothing is left when it looks for more.
  const lastKey = page.length === Limit ? page.at(-1) : undefined;
  return { items: page, scannedCount: page.length, lastKey };
}

type Predicate = (item: Item, input: Expressions) => boolean;
const predicates = new Map<string, Predicate>();

function holds(expression: string, input: Expressions, item: Item): boolean {
  let predicate = predicates.get(expression);
  if (predicate === undefined) predicates.set(expression, (predicate = parseCondition(expression)));
  return predicate(item, input);
}

const nameOf = (token: string, { ExpressionAttributeNames = {} }: Expressions) => {
  const name = ExpressionAttributeNames[token];
  if (name === undefined) throw new Error(`There is no name ${token}`);
  return name;
};
const valueOf = (token: string, { ExpressionAttributeValues = {} }: Expressions) => {
  const value: unknown = ExpressionAttributeValues[token];
  if (value === undefined) throw new Error(`There is no value ${token}`);
  return value;
};

/** `OR` of `AND` of comparisons, `attribute_exists(#name)`, `attribute_not_exists(#name)`, `BETWEEN`, and parentheses. */
function parseCondition(expression: string): Predicate {
  const tokens = expression.match(/[#:]\w+|\w+|<>|<=|>=|[<>=()]/g) ?? [];
  let next = 0;
  const take = (expected?: string): string => {
    const token = tokens[next];
    if (token === undefined || (expected !== undefined && token !== expected))
      throw new Error(`Unknown: ${expression}`);
    next += 1;
    return token;
  };
  const joined = (operator: 'AND' | 'OR', operand: () => Predicate): Predicate => {
    const operands = [operand()];
    while (tokens[next] === operator) {
      next += 1;
      operands.push(operand());
    }
    if (operator === 'AND') return (item, input) => operands.every((one) => one(item, input));
    return (item, input) => operands.some((one) => one(item, input));
  };
  const either = (): Predicate => joined('OR', () => joined('AND', single));
  const single = (): Predicate => {
    const token = take();
    if (token === '(') {
      const inner = either();
      take(')');
      return inner;
    }
    if (token.startsWith('attribute_')) {
      take('(');
      const name = take();
      take(')');
      const expected = token === 'attribute_exists';
      return (item, input) => (item[nameOf(name, input)] !== undefined) === expected;
    }
    const operator = take();
    const value = take();
    if (operator === 'BETWEEN') {
      take('AND');
      const to = take();
      return (item, input) => {
        const actual = item[nameOf(token, input)];
        return !isLess(actual, valueOf(value, input)) && !isLess(valueOf(to, input), actual);
      };
    }
    return (item, input) => {
      const other = value.startsWith('#') ? item[nameOf(value, input)] : valueOf(value, input);
      return compare(item[nameOf(token, input)], operator, other);
    };
  };
  const predicate = either();
  if (next < tokens.length) throw new Error(`Unknown: ${expression}`);
  return predicate;
}

function compare(actual: unknown, operator: string, value: unknown): boolean {
  if (operator === '<>') return actual !== value;
  if (operator === '=') return actual === value;
  if (typeof actual !== typeof value) return false;
  if (operator === '<') return isLess(actual, value);
  if (operator === '>') return isLess(value, actual);
  return operator === '<=' ? !isLess(value, actual) : !isLess(actual, value);
}

function isLess(one: unknown, other: unknown): boolean {
  if (typeof one === 'number' && typeof other === 'number') return one < other;
  return typeof one === 'string' && typeof other === 'string' && one < other;
}

/** The item after `SET #a = :a, #b = #b + :b`, `REMOVE #c`, `ADD #set :set` and `ADD #number :by`. */
function updated(input: Expressions, item: Item): Item {
  const { UpdateExpression: expression = '' } = input;
  const next: Record<string, unknown> = { ...item };
  for (const [, action, list = ''] of expression.matchAll(/(SET|REMOVE|ADD) (.+?)(?= (?:SET|REMOVE|ADD) |$)/g)) {
    for (const clause of list.split(', ')) {
      const [target = '', ...rest] = clause.split(' ');
      const name = nameOf(target, input);
      if (action === 'REMOVE') delete next[name];
      else if (action === 'ADD' && typeof valueOf(rest[0] ?? '', input) === 'number')
        next[name] = sum(item[name] ?? 0, valueOf(rest[0] ?? '', input));
      else if (action === 'ADD')
        next[name] = new Set([
          ...((item[name] as Set<unknown> | undefined) ?? []),
          ...(valueOf(rest[0] ?? '', input) as Set<unknown>),
        ]);
      else if (rest.length === 2 && rest[0] === '=') next[name] = valueOf(rest[1] ?? '', input);
      else if (rest.length === 4 && rest[1] === target && rest[2] === '+')
        next[name] = sum(item[name], valueOf(rest[3] ?? '', input));
      else throw new Error(`Unknown: ${expression}`);
    }
  }
  return next;
}

function sum(current: unknown, by: unknown): number {
  // DynamoDB rejects it as invalid.
  if (typeof current !== 'number' || typeof by !== 'number')
    throw new Error('An attribute that is missing was incremented');
  return current + by;
}
