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
  const meal = { questionId: 'meal', kind: 'text', label: 'Which meal?' } as const;

  it.each<[EventUpdate, string[][]]>([
    [{ endsAt: '2030-06-21T20:00:00+02:00' }, [['/endsAt', 'ends-before-start']]],
    [{ tags: ['Jazz', 'jazz'] }, [['/tags/1', 'duplicate-item']]],
    [{ tags: null }, []],
    [{ questions: [meal, meal] }, [['/questions/1/questionId', 'duplicate-item']]],
    [{ questions: null }, []],
    [{ timeZone: 'europe/berlin' }, [['/timeZone', 'unknown-time-zone']]],
    [{ timeZone: '+02:00' }, [['/timeZone', 'unknown-time-zone']]],
    [{ timeZone: 'Europe/Kiev' }, []],
    [{ timeZone: 'UTC' }, []],
    [{}, []],
    [
      { questions: [meal, meal], timeZone: 'Mars/Olympus', tags: ['jazz', 'jazz'], startsAt: draft.endsAt },
      [
        ['/startsAt', 'ends-before-start'],
        ['/timeZone', 'unknown-time-zone'],
        ['/questions/1/questionId', 'duplicate-item'],
        ['/tags/1', 'duplicate-item'],
      ],
    ],
  ])('are reported for %j', (sent, errors) => {
    expect(places(semanticErrors(applyUpdate(draft, sent), sent))).toEqual(errors);
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
