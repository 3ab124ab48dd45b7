/** How lists of events are read from the indexes: which partitions, in which batches, with which filter. */
import type { EventStatus } from '../../contract/generated/types.ts';
import type { Condition } from '../../storage/condition.ts';
import { rangeBetween } from '../../storage/paging/key-range.ts';
import type { Order } from '../../storage/paging/merge.ts';
import type { PartitionedRead } from '../../storage/paging/read-partitions.ts';
import { tables } from '../../storage/tables.ts';
import type { Instant } from '../shared/instants.ts';
import { listingKey } from './index-keys.ts';

export interface ListRequest {
  /** Whose events: the published ones of everybody, those of one organizer, or all of the caller's own. */
  readonly scope: { readonly kind: 'everybody' } | { readonly kind: 'published' | 'own'; readonly organizerId: string };
  /** Inclusive. */
  readonly startsFrom?: Instant;
  /** Exclusive. */
  readonly startsBefore?: Instant;
  readonly status?: readonly EventStatus[];
  readonly tag?: string;
  readonly order: Order;
  /** The sort key after which the page starts; absent for the first page. */
  readonly after?: string;
  readonly limit: number;
}

/** What one request may cost at most. */
export const listBudget = { queries: 10, items: 500 } as const;

const { indexes } = tables.events;

/**
 * @param tableName the name of the events table
 * @param shards the number of partitions of the published list
 */
export function toPartitionedRead(request: ListRequest, tableName: string, shards: number): PartitionedRead {
  const { index, hashValues } = partitionsOf(request.scope, shards);
  return {
    tableName,
    index: { name: index, ...indexes[index] },
    hashValues,
    range: rangeBetween(request.startsFrom, request.startsBefore),
    order: request.order,
    after: request.after,
    filter: filterOf(request),
    limit: request.limit,
    batchSize: batchSizeOf(request, hashValues.length),
    budget: listBudget,
  };
}

/** The index that a request reads, and the values of its hash key. */
function partitionsOf(
  scope: ListRequest['scope'],
  shards: number,
): { index: keyof typeof indexes; hashValues: string[] } {
  if (scope.kind === 'everybody') {
    return { index: 'published-index', hashValues: Array.from({ length: shards }, (_, shard) => listingKey(shard)) };
  }
  return { index: scope.kind === 'own' ? 'organizerId-index' : 'publishedBy-index', hashValues: [scope.organizerId] };
}

/** How many more events than its share a partition is asked for: the next events are not spread evenly. */
const overfetch = 5;

/**
 * How many events one query scans. All partitions are read at once, so their batches share the budget. A filter drops some events,
 * so that a page needs larger batches.
 */
function batchSizeOf({ limit, status, tag }: ListRequest, partitions: number): number {
  if (status || tag !== undefined) return Math.floor(listBudget.items / listBudget.queries);
  return partitions === 1 ? limit : Math.ceil(limit / partitions) + overfetch;
}

function filterOf({ status, tag }: ListRequest): Condition | undefined {
  const statuses = status?.map((value, index) => [`:status${index}`, value] as const);
  if (!statuses && tag === undefined) return undefined;
  return {
    expression: [
      ...(statuses ? [`#status IN (${statuses.map(([name]) => name).join(', ')})`] : []),
      ...(tag === undefined ? [] : ['contains(#tags, :tag)']),
    ].join(' AND '),
    names: { ...(statuses ? { '#status': 'status' } : {}), ...(tag === undefined ? {} : { '#tags': 'tags' }) },
    values: { ...Object.fromEntries(statuses ?? []), ...(tag === undefined ? {} : { ':tag': tag }) },
  };
}
