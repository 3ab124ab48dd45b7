import { draftRecord } from '../../../test/support/event-records.ts';
import { pick } from '../../lib/pick.ts';
import { newSeats, type Seats } from '../shared/seats/model.ts';
import {
  contentOf,
  type EventRecord,
  eventResponse,
  isVisible,
  phaseOf,
  registrationPeriodOf,
  toEvent,
} from './model.ts';

const record = draftRecord({ revision: 2 });

test('a response has the event with its ETag and phase, and no attribute of its storage', () => {
  const { revision: _revision, nonce: _nonce, ...members } = record;
  expect(eventResponse(record, undefined, { caller: 'somebody', at: '2030-06-21T18:00:00Z' })).toEqual({
    status: 200,
    headers: { ETag: '"2-9c41d07be3f2"' },
    body: { ...members, etag: '"2-9c41d07be3f2"', phase: 'ongoing', waitlist: true, registeredCount: 0 },
  });
});

describe('the counts of an event', () => {
  const published: EventRecord = { ...record, status: 'published', capacity: 3 };
  const seats: Seats = { ...newSeats(registrationPeriodOf(published), 3, record.createdAt), lastNumber: 5 };
  const countsFor = (event: EventRecord, caller: string, counters: Seats | undefined = seats) =>
    pick(toEvent(event, counters, { caller, at: record.startsAt }), [
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
    expect(toEvent(published, undefined, { caller: 'owner', at: record.startsAt })).toMatchObject(empty);
  });
});

test.each([
  [{}, { closesAt: record.endsAt, waitlist: true }],
  [
    { waitlist: false, registrationClosesAt: '2030-06-20T00:00:00Z' },
    { closesAt: '2030-06-20T00:00:00Z', waitlist: false },
  ],
  [{ registrationClosesAt: '2031-01-01T00:00:00Z' }, { closesAt: record.endsAt, waitlist: true }],
  [
    { registrationOpensAt: '2030-05-01T00:00:00Z' },
    { opensAt: '2030-05-01T00:00:00Z', closesAt: record.endsAt, waitlist: true },
  ],
])('registration of an event with %j is open at the latest until the event ends', (members, period) => {
  expect(registrationPeriodOf({ ...record, ...members })).toEqual(period);
});

test.each([
  ['2030-06-21T17:59:59Z', 'upcoming'],
  ['2030-06-21T18:00:00Z', 'ongoing'],
  ['2030-06-21T21:59:59Z', 'ongoing'],
  ['2030-06-21T22:00:00Z', 'ended'],
])('at %s the event is %s', (now, phase) => {
  expect(phaseOf(record, now)).toBe(phase);
});

test('a draft is visible to its organizer only', () => {
  const events = (['draft', 'published', 'cancelled'] as const).map((status) => ({ ...record, status }));
  expect(events.map((event) => isVisible(event, 'owner'))).toEqual([true, true, true]);
  expect(events.map((event) => isVisible(event, 'other-organizer'))).toEqual([false, true, true]);
});

test('the content of an event is what a request to create it would have', () => {
  const content = {
    name: record.name,
    startsAt: record.startsAt,
    endsAt: record.endsAt,
    timeZone: record.timeZone,
    tags: ['jazz'],
  };
  expect(contentOf({ ...record, ...content })).toEqual(content);
});
