import { draftRecord, harbourStage } from '../../../test/support/event-records.ts';
import type { EventUpdate } from '../../contract/generated/types.ts';
import { newSeats, type Seats } from '../shared/seats/model.ts';
import { type EventRecord, registrationPeriodOf } from './model.ts';
import {
  applyUpdate,
  checkUpdate,
  contentFromDuplicate,
  contentFromRequest,
  isUnchanged,
  seatsChangeOf,
  semanticErrors,
} from './rules.ts';

const location = harbourStage;
const draft = draftRecord({ location });
const published: EventRecord = { ...draft, status: 'published' };
const cancelled: EventRecord = { ...draft, status: 'cancelled' };

const places = (errors: readonly { pointer?: string; code: string }[] = []) =>
  errors.map(({ pointer, code }) => [pointer, code]);

describe('an update', () => {
  const problemOf = (event: EventRecord, change: EventUpdate) => checkUpdate(event, applyUpdate(event, change), change);

  it('replaces members that are sent, removes those that are null, and keeps all others', () => {
    const before = { ...draft, description: 'Old text.', capacity: 3 };
    const online = { kind: 'online', url: 'https://meet.example.com/riverside' } as const;
    const change: EventUpdate = { endsAt: '2030-06-22T01:00:00.5+02:00', description: null, location: online };
    const { description: _, ...rest } = before;
    expect(applyUpdate(before, change)).toEqual({ ...rest, endsAt: '2030-06-21T23:00:00Z', location: online });
    expect(before.description).toBe('Old text.');
  });

  it.each<EventUpdate>([
    {},
    { name: draft.name },
    { startsAt: '2030-06-21T20:00:00+02:00' },
    { location: { ...location } },
    { capacity: null },
  ])('treats %j as no change', (change) => {
    expect(isUnchanged(draft, applyUpdate(draft, change))).toBe(true);
    expect(problemOf(draft, change)).toBeUndefined();
    expect(problemOf(cancelled, change)).toEqual({ problem: 'event-cancelled' });
  });

  it('requires a location only of a published event', () => {
    expect(problemOf(published, { location: null })).toEqual({ problem: 'location-required' });
    expect(problemOf(draft, { location: null })).toBeUndefined();
  });

  it('requires a capacity of at least the registrations', () => {
    const event: EventRecord = { ...published, capacity: 10 };
    const counters: Seats = { ...newSeats(registrationPeriodOf(event), 10, draft.createdAt), lastNumber: 2 };
    const problemWith = (change: EventUpdate) => {
      const next = applyUpdate(event, change);
      const seats = seatsChangeOf(event, next, change, counters);
      return checkUpdate(event, next, change, seats && { counters, change: seats });
    };
    expect(problemWith({ capacity: 1 })).toEqual({ problem: 'capacity-below-registrations' });
    expect(problemWith({ capacity: 2 })).toBeUndefined();
    expect(problemWith({ capacity: null })).toBeUndefined();
    // The location comes first, so that a request always has the same problem.
    expect(problemWith({ capacity: 1, location: null })).toEqual({ problem: 'location-required' });
    expect(problemWith({ capacity: 1, timeZone: 'Mars/Olympus' })).toEqual({ problem: 'capacity-below-registrations' });
  });

  it.each<[EventUpdate, boolean]>([
    [{ name: 'Another name' }, false],
    [{ capacity: 7 }, true],
    [{ endsAt: '2030-06-21T23:00:00Z' }, true],
    [{ registrationClosesAt: null }, true],
    [{ waitlist: false }, true],
  ])('with %j changes the seats of a published event: %s', (change, changes) => {
    const seats = newSeats(registrationPeriodOf(published), undefined, draft.createdAt);
    expect(seatsChangeOf(published, applyUpdate(published, change), change, seats) !== undefined).toBe(changes);
  });

  it('reports a conflict with the state before semantic errors', () => {
    const impossible: EventUpdate = { timeZone: 'Mars/Olympus', location: null };
    expect(problemOf(published, impossible)).toEqual({ problem: 'location-required' });
    expect(problemOf(draft, impossible)).toMatchObject({ problem: 'invalid-event' });
  });

  it('checks only members that are sent: what was accepted before never blocks an update', () => {
    const odd = { ...draft, timeZone: 'Gone/Away', startsAt: '2205-01-01T00:00:00Z', endsAt: '2207-01-02T00:00:00Z' };
    expect(problemOf(odd, { name: 'Another name' })).toBeUndefined();
  });
});

describe('the semantic errors of an update', () => {
  const errorsOf = (sent: EventUpdate) => places(semanticErrors(applyUpdate(draft, sent), sent));

  it.each<[EventUpdate, string[][]]>([
    [{ endsAt: draft.startsAt }, [['/endsAt', 'ends-before-start']]],
    [{ startsAt: draft.endsAt }, [['/startsAt', 'ends-before-start']]],
    [{ startsAt: '2030-01-02T00:00:00Z', endsAt: '2030-01-01T00:00:00Z' }, [['/endsAt', 'ends-before-start']]],
    [{ startsAt: '1999-12-31T23:59:59Z' }, [['/startsAt', 'year-out-of-range']]],
    [{ startsAt: '0000-01-01T00:00:00+01:00' }, [['/startsAt', 'year-out-of-range']]],
    [{ endsAt: '9999-12-31T23:59:59-01:00' }, [['/endsAt', 'year-out-of-range']]],
    [{ startsAt: '9999-12-31T23:59:59-01:00' }, [['/startsAt', 'year-out-of-range']]],
    [
      { registrationOpensAt: '1999-12-31T23:59:59Z', registrationClosesAt: '2200-01-01T00:00:00Z' },
      [
        ['/registrationOpensAt', 'year-out-of-range'],
        ['/registrationClosesAt', 'year-out-of-range'],
      ],
    ],
    [
      { registrationOpensAt: '2030-06-20T00:00:00Z', registrationClosesAt: '2030-06-20T02:00:00+02:00' },
      [['/registrationClosesAt', 'closes-before-opening']],
    ],
    [{ registrationOpensAt: draft.endsAt }, [['/registrationOpensAt', 'closes-before-opening']]],
    [
      { registrationOpensAt: draft.endsAt, registrationClosesAt: '2031-01-01T00:00:00Z' },
      [['/registrationClosesAt', 'closes-before-opening']],
    ],
    [{ registrationOpensAt: '2030-06-20T00:00:00Z', registrationClosesAt: '2030-06-20T00:00:01Z' }, []],
    [{ registrationOpensAt: null, registrationClosesAt: null }, []],
    [{ startsAt: '2029-06-20T22:00:00Z' }, []],
    [{ startsAt: '2029-06-20T21:59:59Z' }, [['/startsAt', 'lasts-too-long']]],
    [{ endsAt: '2031-06-22T18:00:00Z' }, []],
    [{ endsAt: '2031-06-22T18:00:01Z' }, [['/endsAt', 'lasts-too-long']]],
    [{ startsAt: '2040-01-01T00:00:00Z', endsAt: '2041-06-01T00:00:00Z' }, [['/endsAt', 'lasts-too-long']]],
    [{ tags: ['Jazz', 'jazz'] }, [['/tags/1', 'duplicate-item']]],
    [{ tags: null }, []],
    [
      {
        questions: [
          { questionId: 'meal', kind: 'text', label: 'Which meal?' },
          { questionId: 'meal', kind: 'text', label: 'Drinks?' },
        ],
      },
      [['/questions/1/questionId', 'duplicate-item']],
    ],
    [{ questions: null }, []],
    [{ timeZone: 'europe/berlin' }, [['/timeZone', 'unknown-time-zone']]],
    [{ timeZone: '+02:00' }, [['/timeZone', 'unknown-time-zone']]],
    [{ timeZone: 'Europe/Kiev' }, []],
    [{ timeZone: 'UTC' }, []],
    [{}, []],
  ])('are reported for %j', (sent, errors) => {
    expect(errorsOf(sent)).toEqual(errors);
  });

  it.each<[EventUpdate, string]>([
    [{ startsAt: '1999-12-31T23:59:59Z' }, 'The year must be between 2000 and 2199.'],
    [{ endsAt: draft.startsAt }, 'The end must be after the start.'],
    [{ endsAt: '2031-06-22T18:00:01Z' }, 'The end must be at most 366 days after the start.'],
    [{ registrationOpensAt: draft.endsAt }, 'Registration must close after it opens, and open before the event ends.'],
    [{ timeZone: 'Mars/Olympus' }, 'Use a name of the IANA time zone database, such as Europe/Berlin, or UTC.'],
  ])('for %j say: %s', (sent, detail) => {
    expect(semanticErrors(applyUpdate(draft, sent), sent).map((error) => error.detail)).toEqual([detail]);
  });
});

it('converts the instants of a new event to UTC', () => {
  const body = {
    name: 'Summer Festival',
    startsAt: '2030-07-13T10:00:00.9+03:00',
    endsAt: '2030-07-14T20:00:00+03:00',
    timeZone: 'Africa/Nairobi',
  };
  expect(contentFromRequest(body)).toEqual({
    ...body,
    startsAt: '2030-07-13T07:00:00Z',
    endsAt: '2030-07-14T17:00:00Z',
  });
});

it('takes the members of a duplicate from the original, except those that the request sends', () => {
  const body = { startsAt: '2030-07-13T10:00:00+03:00', endsAt: '2030-07-13T12:00:00+03:00', name: 'Second night' };
  const original = { ...published, organizerName: 'Riverside Music Association' };
  expect(contentFromDuplicate(original, body)).toEqual({
    name: 'Second night',
    startsAt: '2030-07-13T07:00:00Z',
    endsAt: '2030-07-13T09:00:00Z',
    timeZone: published.timeZone,
    location,
    organizerName: 'Riverside Music Association',
  });
});

it('copies the waitlist to a duplicate, but not when registration opens and closes', () => {
  const original: EventRecord = {
    ...published,
    waitlist: false,
    registrationOpensAt: '2030-05-01T00:00:00Z',
    registrationClosesAt: '2030-06-01T00:00:00Z',
  };
  const body = { startsAt: '2031-06-21T18:00:00Z', endsAt: '2031-06-21T22:00:00Z' };
  const content = contentFromDuplicate(original, body);
  expect(content).toMatchObject({ waitlist: false });
  expect(Object.keys(content)).not.toContain('registrationOpensAt');
  expect(Object.keys(content)).not.toContain('registrationClosesAt');
  expect(contentFromDuplicate(original, { ...body, registrationClosesAt: '2031-06-01T02:00:00+02:00' })).toMatchObject({
    registrationClosesAt: '2031-06-01T00:00:00Z',
  });
});

it('treats a waitlist that is on by default as one that is set', () => {
  expect(isUnchanged(draft, applyUpdate(draft, { waitlist: true }))).toBe(true);
  expect(isUnchanged(draft, applyUpdate(draft, { waitlist: false }))).toBe(false);
});

it('compares start and end only if an update sends one of them', () => {
  const inverted = { ...draft, startsAt: draft.endsAt, endsAt: draft.startsAt };
  expect(places(semanticErrors(inverted, { name: 'Another name' }))).toEqual([]);
  expect(places(semanticErrors(inverted, { endsAt: inverted.endsAt }))).toEqual([['/endsAt', 'ends-before-start']]);
});

it('compares the registration period with the end only if an update sends one of its times', () => {
  const opens = { ...draft, registrationOpensAt: '2030-06-21T20:00:00Z' };
  const errorsOf = (sent: EventUpdate) => places(semanticErrors(applyUpdate(opens, sent), sent));
  const endsAt = '2030-06-21T19:00:00Z';
  expect(errorsOf({ endsAt })).toEqual([]);
  expect(errorsOf({ endsAt, registrationClosesAt: null })).toEqual([]);
  expect(errorsOf({ endsAt, registrationClosesAt: endsAt })).toEqual([
    ['/registrationClosesAt', 'closes-before-opening'],
  ]);
});
