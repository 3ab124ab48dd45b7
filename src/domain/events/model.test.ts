import { draftRecord } from '../../../test/support/event-records.ts';
import { contentOf, isVisible, phaseOf, registrationPeriodOf } from './model.ts';

const record = draftRecord({ revision: 2 });

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
