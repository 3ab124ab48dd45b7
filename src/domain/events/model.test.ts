import { draftRecord, harbourStage } from '../../../test/support/event-records.ts';
import { newSeats } from '../shared/seats/model.ts';
import {
  contentOf,
  type EventRecord,
  isListed,
  isOrganizer,
  isVisible,
  meetingUrlOf,
  newSeatsOf,
  phaseOf,
  registrationPeriodOf,
  viewOfCaller,
} from './model.ts';

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
  expect(registrationPeriodOf({ ...record, ...members })).toStrictEqual(period);
});

test.each([
  ['2030-06-21T17:59:59Z', 'upcoming'],
  ['2030-06-21T18:00:00Z', 'ongoing'],
  ['2030-06-21T21:59:59Z', 'ongoing'],
  ['2030-06-21T22:00:00Z', 'ended'],
])('at %s the event is %s', (now, phase) => {
  expect(phaseOf(record, now)).toBe(phase);
});

const visibilities = [undefined, 'signed-in', 'public', 'unlisted'] as const;
const statuses = ['draft', 'published', 'cancelled'] as const;

describe.each(visibilities)('an event whose visibility is %s', (visibility) => {
  const isOpen = visibility === 'public' || visibility === 'unlisted';
  const eventOf = (status: EventRecord['status']) =>
    draftRecord({ status, ...(visibility === undefined ? {} : { visibility }) });

  it.each(statuses)('and whose status is %s is visible to those who may know of it', (status) => {
    const event = eventOf(status);
    expect(isVisible(event, 'owner')).toBe(true);
    expect(isVisible(event, 'somebody')).toBe(status !== 'draft');
    expect(isVisible(event, undefined)).toBe(status !== 'draft' && isOpen);
  });

  it.each(statuses)(
    'and whose status is %s is in the lists of others only if it is published and not unlisted',
    (status) => {
      expect(isListed(eventOf(status))).toBe(status === 'published' && visibility !== 'unlisted');
    },
  );
});

test.each([
  ['owner', true],
  ['somebody', false],
  [undefined, false],
])('the organizer of an event of the caller "owner" is %s: %s', (caller, expected) => {
  expect(isOrganizer(record, caller)).toBe(expected);
});

const online = { kind: 'online', url: 'https://meet.example.com/jazz' } as const;

test.each([
  ['without a location', {}, undefined],
  ['at a venue', { location: harbourStage }, undefined],
  ['online', { location: online }, online.url],
  ['at a venue and online', { location: { ...harbourStage, ...online, kind: 'hybrid' } }, online.url],
] as const)('an event %s has the URL of a meeting if people can join online', (_title, location, url) => {
  expect(meetingUrlOf(location)).toBe(url);
});

test('the first counters of an event have its registration period and its capacity', () => {
  const now = '2030-03-02T00:00:00Z';
  const event = { ...record, capacity: 3, waitlist: false };
  expect(newSeatsOf(event, now)).toEqual(newSeats({ closesAt: record.endsAt, waitlist: false }, 3, now));
});

test('a signed-in caller looks at events with the roles of the token', () => {
  const at = record.startsAt;
  const caller = { sub: 'somebody', username: 'someone', roles: ['organizer'] };
  expect(viewOfCaller(caller, at)).toEqual({ caller: 'somebody', roles: ['organizer'], at });
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
