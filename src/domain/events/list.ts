/** Lists of events, read from the indexes: never a scan, and a page costs what it holds, not what the table holds. */
import type { EventStatus } from '../../contract/generated/types.ts';
import type { Database, Item } from '../../storage/database.ts';
import { tables } from '../../storage/tables.ts';
import { publishedShards } from './index-keys.ts';
import type { EventRecord } from './model.ts';
import { isEmpty, type KeyRange, rangeBehind, rangeBetween } from '../../storage/paging/key-range.ts';
import { listBudget, partitionsOf, pieceSizeOf, queryFor } from './list-query.ts';
import { holdsBack, merge, type Order, type Part } from '../../storage/paging/merge.ts';
import { parseRecord } from './repository.ts';

export interface ListRequest {
  /** Whose events: everybody's published ones, another's published ones, or all of one's own. */
  readonly scope: { readonly kind: 'everybody' } | { readonly kind: 'published' | 'own'; readonly organizerId: string };
  /** Instants: from the first inclusive to the second exclusive. */
  readonly startsFrom?: string;
  readonly startsBefore?: string;
  readonly status?: readonly EventStatus[];
  readonly tag?: string;
  readonly order: Order;
  /** The sort key behind which the page begins. */
  readonly behind?: string;
  readonly limit: number;
}

export interface ListPage {
  readonly items: EventRecord[];
  /** The sort key up to which everything has been looked at; absent at the end of the list. */
  readonly position?: string;
}

export interface EventLists {
  page(request: ListRequest, signal: AbortSignal): Promise<ListPage>;
}

/** One partition of an index, read piece by piece. */
interface Partition extends Part<Item> {
  readonly hashValue: string;
}

/** @param shards in how many partitions the published list stands; that of new events by default; tests pass others */
export function createEventLists(database: Database, tableName: string, shards: number = publishedShards): EventLists {
  return {
    async page(request, signal) {
      const range = rangeBehind(rangeBetween(request.startsFrom, request.startsBefore), request.behind, request.order);
      return isEmpty(range) ? { items: [] } : toPage(await readRange(request, range, signal), request.limit);
    },
  };

  /** Reads on, always where too little is known, until the page is full, the list has ended, or the budget is used up. */
  async function readRange(request: ListRequest, range: KeyRange, signal: AbortSignal): Promise<Part<Item>> {
    const { limit, order } = request;
    const { index, hashValues } = partitionsOf(request.scope, shards);
    const pieceSize = pieceSizeOf(request, hashValues.length);
    const partitions = new Map(
      hashValues.map((hashValue): [string, Partition] => [hashValue, { hashValue, entries: [] }]),
    );
    let unread = [...partitions.values()];
    let queries = 0;
    let looked = 0;
    for (;;) {
      const read = await Promise.all(unread.map((partition) => readOn(partition)));
      for (const { partition, scannedCount } of read) {
        partitions.set(partition.hashValue, partition);
        queries += 1;
        looked += scannedCount;
      }
      const whole = merge([...partitions.values()], order);
      if (whole.readTo === undefined || whole.entries.length >= limit) return whole;
      unread = [...partitions.values()].filter((partition) => holdsBack(partition, whole, order));
      if (queries + unread.length > listBudget.queries || looked + unread.length * pieceSize > listBudget.events)
        return whole;
    }

    /** The partition with its next piece. */
    async function readOn({ hashValue, entries, readTo }: Partition) {
      const piece = { index, hashValue, range: rangeBehind(range, readTo, order), limit: pieceSize };
      const { items, scannedCount, lastKey } = await database.query(
        { TableName: tableName, ...queryFor(request, piece) },
        { signal },
      );
      const { rangeKey } = tables.events.indexes[index];
      const more = items.map((item) => ({ key: item[rangeKey] as string, value: item }));
      const partition: Partition = {
        hashValue,
        entries: [...entries, ...more],
        readTo: lastKey?.[rangeKey] as string | undefined,
      };
      return { partition, scannedCount };
    }
  }
}

/** Cuts off what the page cannot hold; the next one begins there, else behind what is known. */
function toPage({ entries, readTo }: Part<Item>, limit: number): ListPage {
  const items = entries.slice(0, limit).map(({ value }) => parseRecord(value));
  const position = entries.length > limit ? entries[limit - 1]?.key : readTo;
  return { items, ...(position === undefined ? {} : { position }) };
}
