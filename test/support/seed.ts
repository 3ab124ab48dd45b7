/** Writes events directly to the database. */
import { randomUUID } from 'node:crypto';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type FeedRecord, maxFeeds } from '../../src/domain/calendars/model.ts';
import { createFeedRepository } from '../../src/domain/calendars/repository.ts';
import type { EventRecord } from '../../src/domain/events/model.ts';
import { instantOf } from '../../src/domain/shared/instants.ts';
import { durationClassOf, listingKey, shardOf } from '../../src/domain/events/index-keys.ts';
import { derivedFrom } from '../../src/domain/events/repository.ts';
import type { RegistrationRecord } from '../../src/domain/registrations/model.ts';
import { createRegistrationRepository } from '../../src/domain/registrations/repository.ts';
import type { Seats } from '../../src/domain/shared/seats/model.ts';
import { createSeatsRepository } from '../../src/domain/shared/seats/repository.ts';
import type { PutInput } from '../../src/storage/database.ts';
import { tables as definitions } from '../../src/storage/tables.ts';
import { testUsers } from './issuer.ts';
import type { TestTables } from './tables.ts';

/** A stored event; by default published, of one hour. */
export function recordOf(members: Partial<EventRecord> = {}): EventRecord {
  const startsAt = members.startsAt ?? '2030-06-21T18:00:00Z';
  return {
    eventId: randomUUID(),
    organizerId: testUsers.organizer,
    name: 'Riverside Jazz Night',
    startsAt,
    endsAt: instantOf(new Date(Date.parse(startsAt) + 3_600_000)),
    timeZone: 'Europe/Berlin',
    location: { kind: 'online', url: 'https://meet.example.com/jazz' },
    status: 'published',
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    revision: 2,
    nonce: '9c41d07be3f2',
    ...members,
  };
}

/** The sort key of all lists, and the order of their events. */
export function sortKeyOf({ startsAt, eventId }: Pick<EventRecord, 'startsAt' | 'eventId'>): string {
  return `${startsAt}#${eventId}`;
}

/** Writes events, 25 at a time; `shards` is the number of partitions of the published list. */
export async function seed(tables: TestTables, events: readonly EventRecord[], shards = 1): Promise<void> {
  const items = events.map((event) => itemOf(event, shards));
  await write(tables, items);
}

/** Writes events as version 0.1.0 did: without duration classes and without the text for searching. */
export async function seedAsEarlier(tables: TestTables, events: readonly EventRecord[]): Promise<void> {
  const items = events.map((event) => ({
    ...event,
    startsAtId: sortKeyOf(event),
    ...(event.status === 'published' ? { listing: 'published#0', publishedBy: event.organizerId } : {}),
  }));
  await write(tables, items);
}

async function write({ client, tableNames }: TestTables, items: readonly Record<string, unknown>[]): Promise<void> {
  const documents = DynamoDBDocumentClient.from(client);
  const requests = items.map((Item) => ({ PutRequest: { Item } }));
  for (let next = 0; next < requests.length; next += 25) {
    const output = await documents.send(
      new BatchWriteCommand({ RequestItems: { [tableNames.events]: requests.slice(next, next + 25) } }),
    );
    if (Object.keys(output.UnprocessedItems ?? {}).length > 0)
      throw new Error('The database did not accept all events');
  }
}

/** Writes events of a new organizer; returns their ids in the order of the list. */
export async function seedOwn(
  table: TestTables,
  fields: readonly Partial<EventRecord>[],
): Promise<{ organizerId: string; ids: string[] }> {
  const organizerId = randomUUID();
  const records = fields.map((members) => recordOf({ ...members, organizerId }));
  await seed(table, records);
  const sorted = [...records].sort((a, b) => (sortKeyOf(a) < sortKeyOf(b) ? -1 : 1));
  return { organizerId, ids: sorted.map(({ eventId }) => eventId) };
}

/** Counters of a published event: no one has registered, and there is no limit. */
export const emptySeats: Seats = {
  accepting: true,
  closesAt: '2199-01-01T00:00:00Z',
  waitlist: true,
  lastNumber: 0,
  released: 0,
  withdrawn: 0,
  reclaimedUpTo: 0,
  lastNumberAt: '2026-01-01T00:00:00Z',
};

/** Writes the counters of an event, in place of any that it has. */
export async function seedSeats(
  { database, tableNames }: TestTables,
  eventId: string,
  seats: Partial<Seats> = {},
): Promise<void> {
  const { put } = createSeatsRepository(database, tableNames.registrations).create(eventId, {
    ...emptySeats,
    ...seats,
  }) as {
    put: PutInput;
  };
  await database.put({ TableName: put.TableName, Item: put.Item });
}

/** Makes an event count this many registrations as checked in. */
export async function seedCheckedIn(
  { database, tableNames }: TestTables,
  eventId: string,
  checkedIn: number,
): Promise<void> {
  // One of the items that the count is split into; the registrations with the numbers 1, 9, 17, … change it.
  const Item = { scope: `${eventId}/check-ins`, number: 1, checkedIn };
  await database.put({ TableName: tableNames.registrations, Item });
}

/** A stored registration with a seat. */
export function registrationOf(members: Partial<RegistrationRecord> = {}): RegistrationRecord {
  return {
    eventId: randomUUID(),
    number: 1,
    userId: testUsers.attendee,
    name: 'Mira Novak',
    email: 'mira.novak@example.com',
    secret: 'jD8nodkLTmXxwnoI',
    registeredAt: '2026-01-02T00:00:00Z',
    updatedAt: '2026-01-02T00:00:00Z',
    revision: 1,
    nonce: '4d7a90c2e8b1',
    requestId: randomUUID(),
    ...members,
  };
}

/** Writes a registration in place of any with its number, and makes it the latest of its user. */
export async function seedRegistration(tables: TestTables, record: RegistrationRecord): Promise<void> {
  const { database, tableNames } = tables;
  const { hashKey, rangeKey } = definitions.registrations;
  await database.transact([
    { delete: { TableName: tableNames.registrations, Key: { [hashKey]: record.eventId, [rangeKey]: record.number } } },
  ]);
  const repository = createRegistrationRepository(database, tableNames.registrations);
  const signal = AbortSignal.timeout(10_000);
  await repository.put(record, signal);
  const { eventId, userId, number } = record;
  if (userId === undefined) return;
  const attendee = await repository.findAttendee(eventId, userId, signal);
  await repository.claim(eventId, userId, { number, stale: attendee?.latest }, signal);
}

/** Writes a feed of published events in place of any with its id; if the user has as many as allowed, in place of the oldest. */
export async function seedFeed(
  { database, tableNames }: TestTables,
  members: Pick<FeedRecord, 'userId' | 'fileDigest'> & Partial<FeedRecord>,
): Promise<FeedRecord> {
  const feed: FeedRecord = {
    feedId: randomUUID(),
    source: { kind: 'published-by', organizerId: members.userId },
    createdAt: '2026-01-02T00:00:00Z',
    requestId: randomUUID(),
    ...members,
  };
  const repository = createFeedRepository(database, tableNames['calendar-feeds']);
  const signal = AbortSignal.timeout(10_000);
  const existing = await repository.ofUser(feed.userId, signal);
  const replaced =
    existing.find(({ feedId }) => feedId === feed.feedId) ?? (existing.length < maxFeeds ? undefined : existing[0]);
  if (replaced !== undefined) await repository.remove(replaced, feed.createdAt, signal);
  await repository.create(feed, signal);
  return feed;
}

function itemOf(event: EventRecord, shards: number): Record<string, unknown> {
  const { listing, ...others } = derivedFrom(event);
  const all = {
    ...event,
    ...others,
    listing: listing && listingKey(durationClassOf(event), shardOf(event.eventId, shards)),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null && value !== undefined));
}
