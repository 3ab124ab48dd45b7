/** The operations that are measured, each with the same call of the database without anything of ours around it. */
import { randomUUID } from 'node:crypto';
import { publishedShards } from '../../src/domain/events/index-keys.ts';
import { type ListRequest, toPartitionedRead } from '../../src/domain/events/list-query.ts';
import { readPage, toBatchQuery } from '../../src/storage/paging/read-partitions.ts';
import type { Database } from '../../src/storage/database.ts';
import { idOf, ownerOf, startOf } from './scaling-load.ts';
import { newEvent } from './fixture.ts';

export interface ScalingOperation {
  readonly name: string;
  /** The next request; those that read ask for the same again. */
  request(): { method: string; path: string; query?: string; body?: string };
  /** The call of the database that it makes, and nothing else. */
  alone(database: Database): Promise<unknown>;
}

const limit = 25;

export function operationsOf({
  size,
  mine,
  tableName,
}: {
  size: number;
  mine: string;
  tableName: string;
}): ScalingOperation[] {
  const eventId = idOf(`event ${Math.floor(size / 2)}`);
  const another = ownerOf(1, mine);
  const deep = startOf(size - 20 * limit);
  const everybody = { kind: 'everybody' } as const;
  return [
    {
      name: 'get',
      request: () => ({ method: 'GET', path: `/events/${eventId}` }),
      alone: (database) => database.get({ TableName: tableName, Key: { eventId }, ConsistentRead: true }),
    },
    {
      name: 'create',
      request: () => ({ method: 'POST', path: '/events', body: JSON.stringify(newEvent) }),
      alone: (database) =>
        database.put({
          TableName: tableName,
          Item: { ...newEvent, ...draftOf(mine) },
          ConditionExpression: 'attribute_not_exists(eventId)',
        }),
    },
    list('list, first page', { scope: everybody, startsFrom: startOf(0) }, ''),
    list('list, deep page', { scope: everybody, startsFrom: deep }, ''),
    list('list, own', { scope: { kind: 'own', organizerId: mine }, startsFrom: startOf(0) }, 'organizerId=me&'),
    list(
      "list, another's",
      { scope: { kind: 'published', organizerId: another }, startsFrom: startOf(0) },
      `organizerId=${another}&`,
      10,
    ),
    list('list, by tag', { scope: everybody, startsFrom: startOf(0), tag: 'jazz' }, 'tag=jazz&'),
    // Ten hours after the first start, so that all sizes have the same events before it.
    page('list, not ended', { scope: everybody, endsAfter: startOf(600) }, `endsAfter=${startOf(600)}`),
    page(
      'search',
      { scope: everybody, startsFrom: startOf(0), words: ['jazz', 'river'] },
      `q=jazz+river&startsFrom=${startOf(0)}`,
    ),
    page(
      'search, no match',
      { scope: everybody, startsFrom: startOf(0), words: ['opera'] },
      `q=opera&startsFrom=${startOf(0)}`,
    ),
  ];

  /** A list whose number of queries follows from what they return. */
  function page(name: string, filters: Omit<ListRequest, 'order' | 'limit'>, query: string): ScalingOperation {
    const pages = toPartitionedRead({ ...filters, order: 'asc', limit }, tableName, publishedShards);
    return {
      name,
      request: () => ({ method: 'GET', path: '/events', query: `${query}&limit=${limit}` }),
      alone: (database) => readPage(database, pages, AbortSignal.timeout(10_000)),
    };
  }

  function list(
    name: string,
    filters: Pick<ListRequest, 'scope' | 'startsFrom' | 'tag'>,
    query: string,
    most = limit,
  ): ScalingOperation {
    const request: ListRequest = { ...filters, order: 'asc', limit: most };
    const pages = toPartitionedRead(request, tableName, publishedShards);
    const batches = pages.partitions.map((partition) => toBatchQuery(pages, partition));
    return {
      name,
      request: () => ({
        method: 'GET',
        path: '/events',
        query: `${query}limit=${most}&startsFrom=${filters.startsFrom}`,
      }),
      alone: (database) => Promise.all(batches.map((batch) => database.query(batch))),
    };
  }
}

/** What the API adds to a new event. */
function draftOf(organizerId: string): Record<string, unknown> {
  const eventId = randomUUID();
  const at = '2026-11-24T20:00:00Z';
  const ours = {
    status: 'draft',
    createdAt: at,
    updatedAt: at,
    revision: 1,
    nonce: '9c41d07be3f2',
    requestId: 'JKJaXmPLvHcESHA=',
  };
  return { eventId, organizerId, startsAtId: `${newEvent.startsAt}#${eventId}`, fingerprint: 'x'.repeat(43), ...ours };
}
