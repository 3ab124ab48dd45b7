import definitions from './tables.json' with { type: 'json' };

/**
 * Every table with its keys, its indexes and the operations that the API calls on them, from the file that Terraform reads too.
 * The names of tables, indexes and attributes are keys there, so that the compiler knows them:
 * `tables.events.indexes['published-indx']` does not compile.
 */
export const tables = definitions;

export type TableName = keyof typeof tables;

/** The name that each table has in the database. */
export type TableNames = Readonly<Record<TableName, string>>;

interface Key {
  readonly hashKey: string;
  readonly rangeKey?: string;
}

/** What tables.json says about one table. */
export interface TableDefinition extends Key {
  /** The attribute with the second since 1970 at which an item expires; absent if items do not expire. */
  readonly timeToLive?: string;
  /** The type of each attribute that is a key of the table or of an index: `S`, `N` or `B`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly indexes: Readonly<
    Record<string, Key & { readonly projection: string; readonly operations: readonly string[] }>
  >;
  /** The operations that the API calls on the table. */
  readonly operations: readonly string[];
  /** What it does to the table inside of transactions: permissions that a call of `TransactWriteItems` needs. */
  readonly transacted: readonly string[];
}

/** Builds a record with one value for each table. */
export function forEachTable<Value>(valueOf: (name: TableName) => Value): Readonly<Record<TableName, Value>> {
  const names = Object.keys(tables) as TableName[];
  return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<TableName, Value>;
}

/** The environment variable that names a table, such as `EVENTS_TABLE_NAME`. */
export function tableNameVariable(name: TableName): string {
  return `${name.replaceAll('-', '_').toUpperCase()}_TABLE_NAME`;
}

/** The name of a table in the database unless its environment variable says otherwise, such as `events-table`. */
export function defaultTableName(name: TableName): string {
  return `${name}-table`;
}
