/** How a list is read from the indexes: which partitions, in which pieces, by which queries. */
import type { QueryInput } from '../../storage/database.ts';
import { tables } from '../../storage/tables.ts';
import type { KeyRange } from '../../storage/paging/key-range.ts';
import type { ListRequest } from './list.ts';
import { listingKey } from './index-keys.ts';

const { indexes } = tables.events;

type EventsIndex = keyof typeof indexes;

/** What one request may cost at most. */
export const listBudget = { queries: 10, events: 500 } as const;

/** The index that answers a request, and the values of its hash key that are read. */
export function partitionsOf(
  scope: ListRequest['scope'],
  shards: number,
): { index: EventsIndex; hashValues: string[] } {
  if (scope.kind === 'everybody') {
    return { index: 'published-index', hashValues: Array.from({ length: shards }, (_, shard) => listingKey(shard)) };
  }
  return { index: scope.kind === 'own' ? 'organizerId-index' : 'publishedBy-index', hashValues: [scope.organizerId] };
}

/** The next events are not spread evenly over the partitions. */
const spare = 5;

/**
 * How many events one query looks at. All partitions are read at once, so their pieces share the budget; a filter leaves some out,
 * so that a page wants larger pieces.
 */
export function pieceSizeOf({ limit, status, tag }: ListRequest, partitions: number): number {
  if (status || tag !== undefined) return Math.floor(listBudget.events / listBudget.queries);
  return partitions === 1 ? limit : Math.ceil(limit / partitions) + spare;
}

/** The query for one piece of a partition. */
export function queryFor(
  request: ListRequest,
  { index, hashValue, range, limit }: { index: EventsIndex; hashValue: string; range: KeyRange; limit: number },
): Omit<QueryInput, 'TableName'> {
  const { hashKey, rangeKey } = indexes[index];
  const filter = filterOf(request);
  return {
    IndexName: index,
    KeyConditionExpression: '#hash = :hash AND #range BETWEEN :from AND :to',
    ExpressionAttributeNames: { '#hash': hashKey, '#range': rangeKey, ...filter?.names },
    ExpressionAttributeValues: { ':hash': hashValue, ':from': range.from, ':to': range.to, ...filter?.values },
    ...(filter ? { FilterExpression: filter.expression } : {}),
    ScanIndexForward: request.order === 'asc',
    Limit: limit,
  };
}

function filterOf({ status, tag }: ListRequest) {
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
