import { draftRecord } from '../../../test/support/event-records.ts';
import { pick } from '../../lib/pick.ts';
import { newSeats, type Seats } from '../shared/seats/model.ts';
import { type EventRecord, registrationPeriodOf } from './model.ts';
import { eventResponse, toEvent } from './view.ts';

const record = draftRecord({ revision: 2 });
const viewer = (caller: string) => ({ caller, roles: ['organizer'] });

test('a response has the event with its ETag and phase, and no attribute of its storage', () => {
  const { revision: _revision, nonce: _nonce, ...members } = record;
  expect(eventResponse(record, undefined, { ...viewer('somebody'), at: '2030-06-21T18:00:00Z' })).toEqual({
    status: 200,
    headers: { ETag: '"2-9c41d07be3f2"' },
    body: {
      ...members,
      etag: '"2-9c41d07be3f2"',
      phase: 'ongoing',
      waitlist: true,
      visibility: 'signed-in',
      registeredCount: 0,
      allowedActions: [],
    },
  });
});

describe('the counts of an event', () => {
  const published: EventRecord = { ...record, status: 'published', capacity: 3 };
  const seats: Seats = { ...newSeats(registrationPeriodOf(published), 3, record.createdAt), lastNumber: 5 };
  const countsFor = (event: EventRecord, caller: string, counters: Seats | undefined = seats) =>
    pick(toEvent(event, counters, { ...viewer(caller), at: record.startsAt }), [
      'registeredCount',
      'seatsLeft',
      'waitlistedCount',
    ]);

  test('are shown to everyone, except for the waitlist, which only the organizer sees', () => {
    expect(countsFor(published, 'somebody')).toEqual({ registeredCount: 3, seatsLeft: 0 });
    expect(countsFor(published, 'owner')).toEqual({ registeredCount: 3, seatsLeft: 0, waitlistedCount: 2 });
  });

  test('are those of an empty event for a draft, and for an event from before there were any', () => {
    const empty = { registeredCount: 0, seatsLeft: 3, waitlistedCount: 0 };
    expect(countsFor({ ...published, status: 'draft' }, 'owner')).toEqual(empty);
    expect(toEvent(published, undefined, { ...viewer('owner'), at: record.startsAt })).toMatchObject(empty);
  });
});
