import { emptySeats, registrationOf } from '../../test/support/seed.ts';
import { differencesIn } from './differences.ts';

type Item = Readonly<Record<string, any>>;

const eventId = 'the-event';
const event = { eventId, capacity: 2 };
const cancellation = { at: '2026-01-03T00:00:00Z', by: 'attendee' };
const entry = (number: number, members: Item = {}): Item => {
  const { eventId: _, ...record } = registrationOf({ number });
  return { ...record, userId: `user-${number}`, scope: eventId, ...members };
};
const attendee = (number: number): Item => ({
  scope: `${eventId}/attendee/user-${number}`,
  number: 0,
  latest: number,
  numbers: new Set([number]),
});
const seats: Item = {
  ...emptySeats,
  scope: `${eventId}/seats`,
  number: 0,
  lastNumber: 6,
  confirmedUpTo: 4,
  released: 2,
  withdrawn: 1,
};
const checkIns = { scope: `${eventId}/check-ins`, number: 1, checkedIn: 1 };
/** Two seats: of five numbers, one was cancelled, one is void, and somebody left the waitlist. A request has just taken the sixth. */
const entries = [
  entry(1, { checkedInAt: '2026-01-04T00:00:00Z' }),
  entry(2, { cancellation }),
  { scope: eventId, number: 3, void: true, at: cancellation.at },
  entry(4),
  entry(5, { cancellation, toSettle: true }),
];
const attendees = [1, 2, 4, 5].map(attendee);
const registrations = [seats, checkIns, ...entries, ...attendees, { scope: `${eventId}/key/k`, number: 0, latest: 4 }];

/** The items with some of them replaced, by scope and number. */
function withItems(...changed: readonly Item[]): Item[] {
  const keyOf = ({ scope, number }: Item) => `${scope} ${number}`;
  const replaced = new Set(changed.map(keyOf));
  return [...registrations.filter((item) => !replaced.has(keyOf(item))), ...changed];
}

it('finds nothing in what belongs together, nor in an event without registrations', () => {
  expect(differencesIn([event, { eventId: 'draft' }], registrations)).toEqual([]);
});

it.each<[string, Item[], string]>([
  ['no counters', registrations.filter((item) => item !== seats), 'there are 5 registrations, and no counters'],
  ['an old last number', withItems({ ...seats, lastNumber: 4 }), 'lastNumber is 4, but 5 is taken'],
  [
    'a cancellation without its release',
    withItems({ ...seats, released: 1, confirmedUpTo: 3 }),
    'released is 1, but 2 numbers are released',
  ],
  ['a release without its cancellation', withItems(entry(2)), 'released is 2, but 1 numbers are released'],
  [
    'somebody who left the waitlist, uncounted',
    withItems({ ...seats, withdrawn: 0 }),
    'withdrawn is 0, but 1 people have left the waitlist',
  ],
  [
    'another capacity',
    withItems({ ...seats, confirmedUpTo: 5 }),
    'the capacity is 2, but confirmedUpTo − released is 3',
  ],
  ['an uncounted check-in', withItems({ ...checkIns, checkedIn: 0 }), '0 people are counted as checked in, but 1 are'],
  [
    'no attendee record',
    registrations.filter((item) => item !== attendees[2]),
    'the attendee record of user-4 does not name registration 4',
  ],
  [
    'an attendee record of somebody else’s number',
    withItems({ ...attendee(2), latest: 4, numbers: new Set([2, 4]) }),
    'the attendee record of user-2 names registration 4, which is of somebody else',
  ],
])('finds %s', (_, items, difference) => {
  expect(differencesIn([event], items)).toEqual([`${eventId}: ${difference}`]);
});
