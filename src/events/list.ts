/** Lists of events, read from the indexes: never a scan, and a page costs what it holds, not what the table holds. */
import type { EventStatus } from '../contract/generated/types.ts';
import type { Database, Item } from '../storage/database.ts';
import { type EventsIndex, tables } from '../storage/tables.ts';
import type { EventRecord } from './event.ts';
import { toRecord } from './store.ts';

const { indexes, listing } = tables.events;

/** What one request may cost at most. */
export const listBudget = { queries: 10, events: 500 } as const;

export interface ListRequest {
  /** Whose events: everybody's published ones, another's published ones, or all of one's own. */
  readonly scope: { readonly kind: 'everybody' } | { readonly kind: 'published' | 'own'; readonly organizerId: string };
  /** Instants: from the first inclusive to the second exclusive. */
  readonly startsAfter?: string;
  readonly startsBefore?: string;
  readonly status?: readonly EventStatus[];
  readonly tag?: string;
  readonly order: 'asc' | 'desc';
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
interface Stream {
  readonly key: string;
  /** What was read and not yet given out. */
  readonly ahead: { sortKey: string; item: Item }[];
  /** The sort key up to which the partition was read; undefined before the first piece. */
  readTo: string | undefined;
  done: boolean;
}

/** @param shards in how many partitions the published list stands; the table definition's number, but for tests */
export function createEventLists(database: Database, tableName: string, shards = listing.shards): EventLists {
  return {
    async page(request, signal) {
      const range = rangeOf(request);
      if (!range) return { items: [] };
      const { index, keys } = partitions(request.scope, shards);
      const streams = keys.map((key): Stream => ({ key, ahead: [], readTo: undefined, done: false }));
      const filter = filterOf(request);
      const piece = pieceSize(request.limit, streams.length, filter !== undefined);
      const items: EventRecord[] = [];
      let position: string | undefined;
      let queries = 0;
      let looked = 0;

      for (;;) {
        position = merge(streams, request, items, position);
        const open = streams.filter((stream) => !stream.done && stream.ahead.length === 0);
        const room = Math.min(listBudget.queries - queries, Math.floor((listBudget.events - looked) / piece));
        if (items.length >= request.limit || open.length === 0 || room < open.length) break;
        queries += open.length;
        const counts = await Promise.all(open.map((stream) => read(stream, index, range, piece)));
        looked += counts.reduce((sum, count) => sum + count, 0);
      }
      const atEnd = streams.every((stream) => stream.done && stream.ahead.length === 0);
      return { items, ...(atEnd || position === undefined ? {} : { position }) };

      async function read(stream: Stream, indexName: EventsIndex, [low, high]: Range, count: number): Promise<number> {
        const { hashKey, rangeKey } = indexes[indexName];
        const [from, to] = narrow([low, high], stream.readTo, request.order);
        const result = await database.query(
          {
            TableName: tableName,
            IndexName: indexName,
            KeyConditionExpression: '#hash = :hash AND #range BETWEEN :from AND :to',
            ExpressionAttributeNames: { '#hash': hashKey, '#range': rangeKey, ...filter?.names },
            ExpressionAttributeValues: { ':hash': stream.key, ':from': from, ':to': to, ...filter?.values },
            ...(filter ? { FilterExpression: filter.expression } : {}),
            ScanIndexForward: request.order === 'asc',
            Limit: count,
          },
          { signal },
        );
        stream.ahead.push(...result.items.map((item) => ({ sortKey: item[rangeKey] as string, item })));
        stream.done = result.lastKey === undefined;
        stream.readTo = (result.lastKey?.[rangeKey] as string | undefined) ?? stream.readTo;
        return result.scannedCount;
      }
    },
  };
}

/** Gives out, in order, what no partition can come before any more; returns how far everything has been looked at. */
function merge(streams: Stream[], { order, limit }: ListRequest, items: EventRecord[], before: string | undefined): string | undefined {
  const first = (a: string, b: string) => (order === 'asc' ? a < b : a > b);
  for (;;) {
    const unread = streams.filter((stream) => !stream.done && stream.ahead.length === 0);
    const ready = streams.filter((stream) => stream.ahead.length > 0);
    const next = ready.reduce<Stream | undefined>((best, one) => (best && !first(one.ahead[0]!.sortKey, best.ahead[0]!.sortKey) ? best : one), undefined);
    // A partition of which a part is unread may still hold something that comes before.
    const reached = unread.reduce<string | undefined>((least, { readTo = '' }) => (least === undefined || first(readTo, least) || readTo === '' ? readTo : least), undefined);
    if (items.length < limit && next && (reached === undefined || (reached !== '' && !first(reached, next.ahead[0]!.sortKey)))) {
      const { sortKey, item } = next.ahead.shift()!;
      items.push(toRecord(item) as EventRecord);
      before = sortKey;
      continue;
    }
    if (items.length < limit && reached) return before === undefined || first(before, reached) ? reached : before;
    return before;
  }
}

type Range = readonly [low: string, high: string];

/** Sort keys sort after any text that they begin with, so a bare instant bounds inclusively below and exclusively above. */
function rangeOf({ startsAfter = '0', startsBefore = '~', behind, order }: ListRequest): Range | undefined {
  const range = narrow([startsAfter, startsBefore], behind, order);
  // An empty or inverted range is refused by the engine, and needs no query.
  return startsAfter < startsBefore && range[0] < range[1] ? range : undefined;
}

/** Narrows a range to what comes behind a sort key. All sort keys have one length, so a `~` more is just behind one. */
function narrow([low, high]: Range, behind: string | undefined, order: 'asc' | 'desc'): Range {
  if (behind === undefined) return [low, high];
  if (order === 'asc') return [later(low, `${behind}~`), high];
  return [low, earlier(high, justBefore(behind))];
}

/** The largest text below a sort key that is above all smaller ones: its last character one less, and a `~`. */
function justBefore(sortKey: string): string {
  const last = sortKey.charCodeAt(sortKey.length - 1);
  return `${sortKey.slice(0, -1)}${String.fromCharCode(last - 1)}~`;
}

const later = (a: string, b: string) => (a > b ? a : b);
const earlier = (a: string, b: string) => (a < b ? a : b);

function partitions(scope: ListRequest['scope'], shards: number): { index: EventsIndex; keys: string[] } {
  if (scope.kind === 'everybody') {
    return { index: 'published-index', keys: Array.from({ length: shards }, (_, shard) => `${listing.prefix}#${shard}`) };
  }
  return { index: scope.kind === 'own' ? 'organizerId-index' : 'publishedBy-index', keys: [scope.organizerId] };
}

/**
 * How many events one query looks at. All partitions are read at once, so their pieces share the budget; a filter leaves some out,
 * so that a page wants larger pieces.
 */
function pieceSize(limit: number, streams: number, filtered: boolean): number {
  const fair = Math.floor(listBudget.events / Math.max(streams, filtered ? listBudget.queries : 1));
  return Math.max(1, Math.min(fair, filtered ? fair : Math.ceil(limit / streams) + (streams > 1 ? 5 : 0)));
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
