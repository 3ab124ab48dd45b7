/** How lists of events are read from the indexes: which partitions, in which batches, with which filter. */
import type { EventStatus } from '../../contract/generated/types.ts';
import type { Condition } from '../../storage/condition.ts';
import { rangeBetween } from '../../storage/paging/key-range.ts';
import type { Order } from '../../storage/paging/merge.ts';
import type { Partition, PartitionedRead } from '../../storage/paging/read-partitions.ts';
import { tables } from '../../storage/tables.ts';
import { type Instant, instantOf } from '../shared/instants.ts';
import { type DurationClass, durationClasses, listingKey, publishedByKey, shardsOf } from './index-keys.ts';
import { isFound, type Search, searchCondition } from './search.ts';
import { parseRecord } from './repository.ts';
import { maxHours } from './times.ts';

export interface ListRequest extends Search {
  /** Whose events: the published ones of everybody, those of one organizer, or all of the caller's own. */
  readonly scope: { readonly kind: 'everybody' } | { readonly kind: 'published' | 'own'; readonly organizerId: string };
  /** Inclusive. */
  readonly startsFrom?: Instant;
  /** Exclusive. */
  readonly startsBefore?: Instant;
  /** Exclusive. */
  readonly endsAfter?: Instant;
  readonly status?: readonly EventStatus[];
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
 * @param shards the number of partitions of the published list, for the events of the first duration class
 */
export function toPartitionedRead(request: ListRequest, tableName: string, shards: number): PartitionedRead {
  const index = indexOf(request.scope);
  const { words = [], tag } = request;
  return {
    tableName,
    index: { name: index, ...indexes[index] },
    partitions: partitionsOf(request, shards),
    order: request.order,
    after: request.after,
    filter: filterOf(request),
    keep: words.length > 0 || tag !== undefined ? (item) => isFound(parseRecord(item), request) : undefined,
    limit: request.limit,
    budget: listBudget,
  };
}

function indexOf({ kind }: ListRequest['scope']): keyof typeof indexes {
  if (kind === 'everybody') return 'published-index';
  return kind === 'own' ? 'organizerId-index' : 'publishedBy-index';
}

/** How many events more than its share the first batch of a partition scans: the next events are not spread evenly. */
const overfetch = 5;

function partitionsOf(request: ListRequest, shards: number): Partition[] {
  const { scope } = request;
  const size = firstBatchOf(request);
  // All events of an organizer are in one partition, short and long ones.
  if (scope.kind === 'own')
    return [{ hashValue: scope.organizerId, range: rangeOf(request, maxHours), batchSize: size }];
  return durationClasses.flatMap((duration, place) => {
    const range = rangeOf(request, duration.hours);
    return hashValuesOf(scope, duration, shards).map((hashValue, _, { length }): Partition => {
      const share = length === 1 ? size : Math.ceil(size / length) + overfetch;
      // Most events are in the first class.
      return { hashValue, range, batchSize: place === 0 ? share : overfetch };
    });
  });
}

function hashValuesOf(
  scope: Exclude<ListRequest['scope'], { readonly kind: 'own' }>,
  duration: DurationClass,
  shards: number,
): string[] {
  if (scope.kind === 'published') return [publishedByKey(duration, scope.organizerId)];
  return Array.from({ length: shardsOf(duration, shards) }, (_, shard) => listingKey(duration, shard));
}

/** The starts of events that last at most some hours and can be in the list. */
function rangeOf({ startsFrom = '0', startsBefore, endsAfter }: ListRequest, hours: number) {
  const earliest = endsAfter === undefined ? '0' : hoursBefore(endsAfter, hours);
  return rangeBetween(startsFrom > earliest ? startsFrom : earliest, startsBefore);
}

function hoursBefore(instant: Instant, hours: number): Instant {
  const time = Date.parse(instant);
  // A forged cursor can have an instant that does not exist.
  return Number.isNaN(time) ? instant : instantOf(new Date(time - hours * 3_600_000));
}

/** How many events the first query scans. A filter drops some, so that a page needs larger batches. */
function firstBatchOf({ limit, status, tag, words = [] }: ListRequest): number {
  const filtered = status !== undefined || tag !== undefined || words.length > 0;
  return filtered ? Math.floor(listBudget.items / listBudget.queries) : limit;
}

function filterOf(request: ListRequest): Condition | undefined {
  const conditions = [statusCondition(request), endCondition(request), searchCondition(request)].filter(
    (condition) => condition !== undefined,
  );
  if (conditions.length === 0) return undefined;
  return {
    expression: conditions.map(({ expression }) => expression).join(' AND '),
    names: Object.assign({}, ...conditions.map(({ names }) => names)) as Condition['names'],
    values: Object.assign({}, ...conditions.map(({ values }) => values)) as Condition['values'],
  };
}

function statusCondition({ status }: ListRequest): Condition | undefined {
  if (status === undefined) return undefined;
  const statuses = status.map((value, index) => [`:status${index}`, value] as const);
  return {
    expression: `#status IN (${statuses.map(([name]) => name).join(', ')})`,
    names: { '#status': 'status' },
    values: Object.fromEntries(statuses),
  };
}

function endCondition({ endsAfter }: ListRequest): Condition | undefined {
  if (endsAfter === undefined) return undefined;
  return { expression: '#endsAt > :endsAfter', names: { '#endsAt': 'endsAt' }, values: { ':endsAfter': endsAfter } };
}
