/** What is in the tables: events, and registrations for one of them; always the same ones for the same number. */
import { createHash } from 'node:crypto';
import type { EventRecord } from '../../src/domain/events/model.ts';
import { withDerived } from '../../src/domain/events/repository.ts';
import { newRecord } from '../../src/domain/registrations/model.ts';
import { toItem } from '../../src/domain/registrations/repository.ts';
import { instantOf } from '../../src/domain/shared/instants.ts';
import type { Item } from '../../src/storage/database.ts';

const organizers = 100;
const createdAt = '2026-01-01T00:00:00Z';

/** A UUID that is always the same for a text. */
export function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** When the event with a number starts: one each minute, so that a page is found by its instant. */
export const startOf = (index: number): string => instantOf(new Date(Date.UTC(2031, 0, 1, 0, index)));

/** Whose it is: three of four events are the caller's, more than a feed has; the rest is of 25 others. */
export const ownerOf = (index: number, mine: string): string =>
  index % 4 === 1 ? idOf(`organizer ${index % organizers}`) : mine;

/** How long it takes, in minutes: an hour, and for a few of each kind some days, some weeks or half a year. */
function minutesOf(index: number): number {
  const day = 24 * 60;
  if (index % 500 === 250) return 180 * day;
  if (index % 100 === 50) return 20 * day;
  return index % 25 === 10 ? day : 60;
}

function recordOf(index: number, mine: string): EventRecord {
  return {
    eventId: idOf(`event ${index}`),
    organizerId: ownerOf(index, mine),
    name: `Riverside Jazz Night ${String(index).padStart(7, '0')}`,
    startsAt: startOf(index),
    endsAt: startOf(index + minutesOf(index)),
    timeZone: 'Europe/Berlin',
    location: { kind: 'online', url: 'https://meet.example.com/jazz' },
    tags: [index % 4 < 2 ? 'jazz' : 'folk'],
    status: 'published',
    createdAt,
    updatedAt: createdAt,
    revision: 2,
    nonce: '9c41d07be3f2',
  };
}

/** The event that is read, and for which everybody registers: in the middle of the table, and the caller's. */
export const eventAmong = (count: number): string => idOf(`event ${Math.floor(count / 4) * 2}`);

/** How many of the registrations for it have a seat. */
export const seatsAmong = (count: number): number => Math.floor(count * 0.9);

/** Other events, for which the caller has registered. */
export const eventsOfOthers: readonly string[] = Array.from({ length: 40 }, (_, index) =>
  idOf(`event ${4 * index + 1}`),
);

export function* eventItems(count: number, mine: string): Generator<Item> {
  for (let index = 0; index < count; index += 1) yield withDerived(recordOf(index, mine));
}

export function* registrationItems(count: number, mine: string): Generator<Item> {
  const of = (eventId: string, number: number, userId: string, name: string) =>
    toItem(newRecord({ eventId, number, userId, name, email: `${userId}@example.com`, at: createdAt }));
  for (const eventId of eventsOfOthers) yield of(eventId, 1, mine, 'Ada Lovelace');
  const eventId = eventAmong(count);
  for (let number = 1; number <= count; number += 1)
    yield of(eventId, number, idOf(`attendee ${number}`), `Guest ${number}`);
}
