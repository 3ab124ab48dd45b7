/** Reads one page of a list that is spread over partitions of an index, without ever scanning the table. */
import type { Condition } from '../condition.ts';
import type { Database, Item, QueryInput } from '../database.ts';
import { isEmpty, type KeyRange, rangeAfter } from './key-range.ts';
import { limits, merge, type Order, type SortedRun } from './merge.ts';

/** What a page may cost at most. */
export interface ReadBudget {
  readonly queries: number;
  /** How many items may be scanned, whether a filter keeps them or not. */
  readonly items: number;
}

export interface PartitionedRead {
  readonly tableName: string;
  readonly index: { readonly name: string; readonly hashKey: string; readonly rangeKey: string };
  /** The partitions, by the value of the hash key. They are read concurrently and merged by the range key. */
  readonly hashValues: readonly string[];
  readonly range: KeyRange;
  readonly order: Order;
  /** The range key after which the page starts; absent for the first page. */
  readonly after?: string | undefined;
  readonly filter?: Condition | undefined;
  /** How many items the page can hold. */
  readonly limit: number;
  /** How many items one query scans. */
  readonly batchSize: number;
  readonly budget: ReadBudget;
}

export interface ItemPage {
  readonly items: Item[];
  /** The range key after which the next page starts; absent at the end of the list. */
  readonly position?: string;
}

/**
 * Reads batches of the partitions that limit the merged list, until the page is full, the list has ended or the budget is spent.
 * A page may therefore hold fewer items than `limit`, even none, and still have a position.
 */
export async function readPage(database: Database, read: PartitionedRead, signal: AbortSignal): Promise<ItemPage> {
  const range = rangeAfter(read.range, read.after, read.order);
  return isEmpty(range) ? { items: [] } : toPage(await readMerged(database, { ...read, range }, signal), read.limit);
}

/** The query for one batch of a partition. */
export function toBatchQuery(
  { tableName, index, filter, order, batchSize }: PartitionedRead,
  hashValue: string,
  range: KeyRange,
): QueryInput {
  return {
    TableName: tableName,
    IndexName: index.name,
    KeyConditionExpression: '#hash = :hash AND #range BETWEEN :from AND :to',
    ExpressionAttributeNames: { '#hash': index.hashKey, '#range': index.rangeKey, ...filter?.names },
    ExpressionAttributeValues: { ':hash': hashValue, ':from': range.from, ':to': range.to, ...filter?.values },
    ...(filter ? { FilterExpression: filter.expression } : {}),
    ScanIndexForward: order === 'asc',
    Limit: batchSize,
  };
}

interface PartitionRun extends SortedRun<Item> {
  readonly hashValue: string;
}

async function readMerged(database: Database, read: PartitionedRead, signal: AbortSignal): Promise<SortedRun<Item>> {
  const { hashValues, order, limit, batchSize, budget } = read;
  const runs = new Map(hashValues.map((hashValue): [string, PartitionRun] => [hashValue, { hashValue, entries: [] }]));
  let pending = [...runs.values()];
  let queries = 0;
  let scanned = 0;
  for (;;) {
    const batches = await Promise.all(pending.map((run) => readBatch(database, read, run, signal)));
    for (const { run, scannedCount } of batches) {
      runs.set(run.hashValue, run);
      queries += 1;
      scanned += scannedCount;
    }
    const merged = merge([...runs.values()], order);
    if (merged.readUpTo === undefined || merged.entries.length >= limit) return merged;
    pending = [...runs.values()].filter((run) => limits(run, merged, order));
    if (queries + pending.length > budget.queries || scanned + pending.length * batchSize > budget.items) return merged;
  }
}

/** A run with its next batch. */
async function readBatch(database: Database, read: PartitionedRead, run: PartitionRun, signal: AbortSignal) {
  const { rangeKey } = read.index;
  const range = rangeAfter(read.range, run.readUpTo, read.order);
  const batch = await database.query(toBatchQuery(read, run.hashValue, range), { signal });
  const more = batch.items.map((item) => ({ key: item[rangeKey] as string, value: item }));
  const readUpTo = batch.lastKey?.[rangeKey] as string | undefined;
  return { run: { ...run, entries: [...run.entries, ...more], readUpTo }, scannedCount: batch.scannedCount };
}

/** Truncates to `limit`. The next page starts after the last item returned, or after the last key read. */
function toPage({ entries, readUpTo }: SortedRun<Item>, limit: number): ItemPage {
  const items = entries.slice(0, limit).map(({ value }) => value);
  const position = entries.length > limit ? entries[limit - 1]?.key : readUpTo;
  return { items, ...(position === undefined ? {} : { position }) };
}
