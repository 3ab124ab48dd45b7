/** Lists of events, read from the indexes: a page costs what it holds, not what the table holds. */
import type { Database } from '../../storage/database.ts';
import { readPage } from '../../storage/paging/read-partitions.ts';
import { publishedShards } from './index-keys.ts';
import { type ListRequest, toPartitionedRead } from './list-query.ts';
import type { EventRecord } from './model.ts';
import { parseRecord } from './repository.ts';

export interface ListPage {
  readonly items: EventRecord[];
  /** The sort key after which the next page starts; absent at the end of the list. */
  readonly position?: string;
}

export interface EventLists {
  /** Rejects with `DatabaseUnavailable` if the database cannot be reached or is overloaded. */
  page(request: ListRequest, signal: AbortSignal): Promise<ListPage>;
}

/** @param shards the number of partitions of the published list; that of new events by default; tests pass others */
export function createEventLists(database: Database, tableName: string, shards: number = publishedShards): EventLists {
  return {
    async page(request, signal) {
      const page = await readPage(database, toPartitionedRead(request, tableName, shards), signal);
      return { ...page, items: page.items.map(parseRecord) };
    },
  };
}
