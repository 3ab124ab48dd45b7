/** The operations that are measured. */
import { randomUUID } from 'node:crypto';
import { eventRegistrations } from '../../src/domain/registrations/cursors.ts';
import type { Database } from '../../src/storage/database.ts';
import { eventAmong, idOf, ownerOf, seatsAmong, startOf } from './scaling-items.ts';
import { newEvent } from './fixture.ts';

export interface ScalingOperation {
  readonly name: string;
  /** The next request; those that read ask for the same again. */
  request(): { method: string; path: string; query?: string; body?: string };
  /** The call to the database that a write makes, and nothing else. The calls of a read are repeated as they were sent. */
  write?(database: Database): Promise<unknown>;
}

const limit = 25;

interface Scene {
  readonly size: number;
  /** The caller. */
  readonly mine: string;
  /** The name of the table of events. */
  readonly tableName: string;
  /** The files of the caller's calendars. */
  readonly calendars: Calendars;
}

export interface Calendars {
  readonly published: string;
  readonly registered: string;
}

export function operationsOf({ size, mine, tableName, calendars }: Scene): ScalingOperation[] {
  const own = eventAmong(size);
  const another = ownerOf(1, mine);
  const first = `startsFrom=${startOf(0)}`;
  const registrations = `/events/${own}/registrations`;
  const filters = { eventId: own, order: 'asc' } as const;
  const deep = eventRegistrations.encode({ asOf: startOf(0), after: String(seatsAmong(size)) }, filters);
  return [
    read('get', `/events/${idOf('event 1')}`),
    {
      name: 'create',
      request: () => ({ method: 'POST', path: '/events', body: JSON.stringify(newEvent) }),
      write: (database) =>
        database.put({
          TableName: tableName,
          Item: { ...newEvent, ...draftOf(mine) },
          ConditionExpression: 'attribute_not_exists(eventId)',
        }),
    },
    events('list, first page', first),
    events('list, deep page', `startsFrom=${startOf(size - 20 * limit)}`),
    events('list, own', `organizerId=me&${first}`),
    events("list, another's", `organizerId=${another}&${first}`, 10),
    events('list, by tag', `tag=jazz&${first}`),
    // Ten hours after the first start, so that all sizes have the same events before it.
    events('list, not ended', `endsAfter=${startOf(600)}`),
    events('search', `q=jazz+river&${first}`),
    events('search, no match', `q=opera&${first}`),
    read('get, own', `/events/${own}`),
    read('registration', `${registrations}/${size - 1}`),
    read('registrations, first page', registrations, `limit=${limit}`),
    read('registrations, deep page', registrations, `limit=${limit}&cursor=${deep}`),
    read('registrations, waitlisted', registrations, `limit=${limit}&status=waitlisted`),
    read("registrations, the caller's", '/registrations', `limit=${limit}`),
    read('feed, published', `/calendars/${calendars.published}`),
    read('feed, registered', `/calendars/${calendars.registered}`),
  ];
}

const read = (name: string, path: string, query = ''): ScalingOperation => ({
  name,
  request: () => ({ method: 'GET', path, query }),
});

const events = (name: string, query: string, most = limit): ScalingOperation =>
  read(name, '/events', `${query}&limit=${most}`);

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
