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

/** One partition of a list. */
export interface Partition {
  /** The value of the hash key. */
  readonly hashValue: string;
  readonly range: KeyRange;
  /** How many items the first query scans; further ones scan more. */
  readonly batchSize: number;
}

export interface PartitionedRead {
  readonly tableName: string;
  readonly index: { readonly name: string; readonly hashKey: string; readonly rangeKey: string };
  /** They are read concurrently and merged by the range key. Together, their first batches must be within the budget. */
  readonly partitions: readonly Partition[];
  readonly order: Order;
  /** The range key after which the page starts; absent for the first page. */
  readonly after?: string | undefined;
  readonly filter?: Condition | undefined;
  /** Which of the items that pass the filter are in the list. */
  readonly keep?: ((item: Item) => boolean) | undefined;
  /** How many items the page can hold. */
  readonly limit: number;
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
  const partitions = read.partitions
    .map((partition) => ({ ...partition, range: rangeAfter(partition.range, read.after, read.order) }))
    .filter(({ range }) => !isEmpty(range));
  if (partitions.length === 0) return { items: [] };
  return toPage(await readMerged(database, { ...read, partitions }, signal), read.limit);
}

/** The query for one batch of a partition. */
export function toBatchQuery(
  { tableName, index, filter, order }: PartitionedRead,
  { hashValue, range, batchSize }: Partition,
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

interface PartitionRun extends SortedRun<Item>, Partition {}

/** How many times more items each further batch of a partition scans than the one before, within the budget. */
const growth = 4;

async function readMerged(database: Database, read: PartitionedRead, signal: AbortSignal): Promise<SortedRun<Item>> {
  const { partitions, order, limit, budget } = read;
  const runs = new Map(partitions.map((one): [string, PartitionRun] => [one.hashValue, { ...one, entries: [] }]));
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
    const limiting = [...runs.values()].filter((run) => limits(run, merged, order));
    const queriesLeft = budget.queries - queries;
    const share = Math.floor((budget.items - scanned) / queriesLeft);
    if (limiting.length > queriesLeft || share < 1) return merged;
    pending = limiting.map((run) => ({ ...run, batchSize: Math.min(run.batchSize * growth, share) }));
  }
}

/** A run with its next batch. */
async function readBatch(database: Database, read: PartitionedRead, run: PartitionRun, signal: AbortSignal) {
  const { rangeKey } = read.index;
  const range = rangeAfter(run.range, run.readUpTo, read.order);
  const batch = await database.query(toBatchQuery(read, { ...run, range }), { signal });
  const kept = read.keep ? batch.items.filter(read.keep) : batch.items;
  const more = kept.map((item) => ({ key: item[rangeKey] as string, value: item }));
  const readUpTo = batch.lastKey?.[rangeKey] as string | undefined;
  return { run: { ...run, entries: [...run.entries, ...more], readUpTo }, scannedCount: batch.scannedCount };
}

/** Truncates to `limit`. The next page starts after the last item returned, or after the last key read. */
function toPage({ entries, readUpTo }: SortedRun<Item>, limit: number): ItemPage {
  const items = entries.slice(0, limit).map(({ value }) => value);
  const position = entries.length > limit ? entries[limit - 1]?.key : readUpTo;
  return { items, ...(position === undefined ? {} : { position }) };
}
