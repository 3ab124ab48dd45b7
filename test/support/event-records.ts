/** Events as they are stored, for tests of pure functions: nothing here needs a database. */
import type { EventRecord } from '../../src/domain/events/model.ts';

/** The location of the concert. */
export const harbourStage = { kind: 'venue', name: 'Harbour Stage', address: 'Uferstraße 12, 10115 Berlin' } as const;

/** A draft of the organizer `owner` in its third revision, without a location. */
export function draftRecord(members: Partial<EventRecord> = {}): EventRecord {
  return {
    eventId: '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31',
    organizerId: 'owner',
    name: 'Riverside Jazz Night',
    startsAt: '2030-06-21T18:00:00Z',
    endsAt: '2030-06-21T22:00:00Z',
    timeZone: 'Europe/Berlin',
    status: 'draft',
    createdAt: '2030-03-01T09:30:00Z',
    updatedAt: '2030-03-01T09:30:00Z',
    revision: 3,
    nonce: '9c41d07be3f2',
    ...members,
  };
}
