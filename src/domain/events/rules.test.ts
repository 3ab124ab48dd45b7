import type { EventUpdate } from '../../contract/generated/types.ts';
import { etagOf, type EventRecord } from './model.ts';
import {
  applyUpdate,
  denial,
  fromCreate,
  fromOriginal,
  impossibilities,
  isVisible,
  judgeCancel,
  judgeDelete,
  judgePublish,
  judgeUnpublish,
  judgeUpdate,
  unchanged,
} from './rules.ts';

const owner = 'owner';
const rival = 'rival';
const now = '2030-06-01T00:00:00Z';
const location = { kind: 'venue', name: 'Harbour Stage', address: 'Uferstraße 12, 10115 Berlin' } as const;
const draft: EventRecord = {
  eventId: '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31',
  organizerId: owner,
  name: 'Riverside Jazz Night',
  startsAt: '2030-06-21T18:00:00Z',
  endsAt: '2030-06-21T22:00:00Z',
  timeZone: 'Europe/Berlin',
  location,
  status: 'draft',
  registeredCount: 0,
  createdAt: '2030-03-01T09:30:00Z',
  updatedAt: '2030-03-01T09:30:00Z',
  revision: 3,
  nonce: '9c41d07be3f2',
};
const { location: _location, ...nowhere } = draft;
const published: EventRecord = { ...draft, status: 'published' };
const cancelled: EventRecord = { ...draft, status: 'cancelled' };
const withRegistrations = (event: EventRecord): EventRecord => ({ ...event, registeredCount: 2 });

const places = (errors: readonly { pointer?: string; code: string }[] = []) =>
  errors.map(({ pointer, code }) => [pointer, code]);

describe('who may see and change an event', () => {
  it('hides a draft from all but its organizer', () => {
    expect([draft, published, cancelled].map((event) => isVisible(event, owner))).toEqual([true, true, true]);
    expect([draft, published, cancelled].map((event) => isVisible(event, rival))).toEqual([false, true, true]);
  });

  it.each([
    ['nothing', undefined, owner, undefined, 'event-not-found'],
    ["another's draft", draft, rival, undefined, 'event-not-found'],
    ["another's published event", published, rival, undefined, 'not-event-organizer'],
    ["another's cancelled event with its tag", cancelled, rival, etagOf(cancelled), 'not-event-organizer'],
    ['a stale tag', draft, owner, '"2-9c41d07be3f2"', 'precondition-failed'],
    ['the tag of another life', draft, owner, '"3-000000000000"', 'precondition-failed'],
    ['a weak tag', draft, owner, 'W/"3-9c41d07be3f2"', 'precondition-failed'],
    ['the current tag', draft, owner, '"3-9c41d07be3f2"', undefined],
    ['any tag', draft, owner, '*', undefined],
    ['no tag', draft, owner, undefined, undefined],
  ])('says about %s what the contract says, first things first', (_, event, caller, ifMatch, problem) => {
    expect(denial(event, caller, ifMatch)?.problem).toBe(problem);
  });

  it('hands out the current tag with a 412', () => {
    expect(denial(draft, owner, 'junk')).toEqual({
      problem: 'precondition-failed',
      headers: { ETag: '"3-9c41d07be3f2"' },
    });
  });
});

describe('verbs', () => {
  it('publish asks for a location and a start in the future, and says at once what is missing', () => {
    expect(judgePublish(draft, now)).toBeUndefined();
    expect(judgePublish(draft, '2030-06-21T17:59:59Z')).toBeUndefined();
    const late = judgePublish(nowhere, draft.startsAt);
    expect(late).toMatchObject({ problem: 'not-publishable' });
    expect(places(typeof late === 'object' ? late.errors : undefined)).toEqual([
      ['/location', 'location-required'],
      ['/startsAt', 'starts-in-past'],
    ]);
  });

  it('repeating a verb changes nothing, whatever else has become of the event', () => {
    const { location: _, ...placeless } = published;
    expect(judgePublish(placeless, '2199-01-01T00:00:00Z')).toBe(unchanged);
    expect(judgeUnpublish(withRegistrations(draft))).toBe(unchanged);
    expect(judgeCancel(withRegistrations(cancelled))).toBe(unchanged);
  });

  it('a cancelled event is neither published nor unpublished', () => {
    expect(judgePublish(cancelled, now)).toEqual({ problem: 'event-cancelled' });
    expect(judgeUnpublish(withRegistrations(cancelled))).toEqual({ problem: 'event-cancelled' });
  });

  it('only what is published can be cancelled', () => {
    expect(judgeCancel(draft)).toEqual({ problem: 'not-published' });
    expect(judgeCancel(withRegistrations(published))).toBeUndefined();
  });

  it('nothing with registrations is unpublished or deleted', () => {
    expect(judgeUnpublish(published)).toBeUndefined();
    expect(judgeUnpublish(withRegistrations(published))).toEqual({ problem: 'event-has-registrations' });
    for (const event of [draft, published, cancelled]) {
      expect(judgeDelete(event)).toBeUndefined();
      expect(judgeDelete(withRegistrations(event))).toEqual({ problem: 'event-has-registrations' });
    }
  });
});

describe('changes', () => {
  const judge = (event: EventRecord, change: EventUpdate) => judgeUpdate(event, applyUpdate(event, change), change);

  it('replaces what is named, removes what is null, and touches nothing else', () => {
    const before = { ...draft, description: 'Old words.', capacity: 3 };
    const online = { kind: 'online', url: 'https://meet.example.com/riverside' } as const;
    const change: EventUpdate = { endsAt: '2030-06-22T01:00:00.5+02:00', description: null, location: online };
    const { description: _, ...rest } = before;
    expect(applyUpdate(before, change)).toEqual({ ...rest, endsAt: '2030-06-21T23:00:00Z', location: online });
    expect(before.description).toBe('Old words.');
  });

  it.each<EventUpdate>([
    {},
    { name: draft.name },
    { startsAt: '2030-06-21T20:00:00+02:00' },
    { location: { ...location } },
    { capacity: null },
  ])('takes %j for no change', (change) => {
    expect(judge(draft, change)).toBe(unchanged);
    expect(judge(cancelled, change)).toEqual({ problem: 'event-cancelled' });
  });

  it('keeps the location of a published event only', () => {
    expect(judge(published, { location: null })).toEqual({ problem: 'location-required' });
    expect(judge(draft, { location: null })).toBeUndefined();
  });

  it('keeps the capacity at or above the registrations', () => {
    const event = withRegistrations(published);
    expect(judge(event, { capacity: 1 })).toEqual({ problem: 'capacity-below-registrations' });
    expect(judge(event, { capacity: 2 })).toBeUndefined();
    expect(judge({ ...event, capacity: 2 }, { capacity: null })).toBeUndefined();
    // One code for one request, always the same: the location goes first.
    expect(judge(event, { capacity: 1, location: null })).toEqual({ problem: 'location-required' });
  });

  it('names what the state refuses before what is impossible', () => {
    const impossible: EventUpdate = { timeZone: 'Mars/Olympus', location: null };
    expect(judge(published, impossible)).toEqual({ problem: 'location-required' });
    expect(judge(draft, impossible)).toMatchObject({ problem: 'invalid-event' });
  });

  it('judges only what was sent: what was accepted once stands in no way', () => {
    const odd = { ...draft, timeZone: 'Gone/Away', startsAt: '2205-01-01T00:00:00Z', endsAt: '2205-01-02T00:00:00Z' };
    expect(judge(odd, { name: 'Another name' })).toBeUndefined();
  });
});

describe('what is impossible', () => {
  const impossible = (sent: EventUpdate) => places(impossibilities(applyUpdate(draft, sent), sent));

  it.each<[EventUpdate, string[][]]>([
    [{ endsAt: draft.startsAt }, [['/endsAt', 'ends-before-start']]],
    [{ startsAt: draft.endsAt }, [['/startsAt', 'ends-before-start']]],
    [{ startsAt: '2030-01-02T00:00:00Z', endsAt: '2030-01-01T00:00:00Z' }, [['/endsAt', 'ends-before-start']]],
    [{ startsAt: '1999-12-31T23:59:59Z' }, [['/startsAt', 'year-out-of-range']]],
    [{ startsAt: '0000-01-01T00:00:00+01:00' }, [['/startsAt', 'year-out-of-range']]],
    [{ endsAt: '9999-12-31T23:59:59-01:00' }, [['/endsAt', 'year-out-of-range']]],
    [
      { startsAt: '9999-12-31T23:59:59-01:00' },
      [
        ['/startsAt', 'year-out-of-range'],
        ['/startsAt', 'ends-before-start'],
      ],
    ],
    [{ timeZone: 'europe/berlin' }, [['/timeZone', 'unknown-time-zone']]],
    [{ timeZone: '+02:00' }, [['/timeZone', 'unknown-time-zone']]],
    [{ timeZone: 'Europe/Kiev' }, []],
    [{ timeZone: 'UTC' }, []],
    [{}, []],
  ])('%j', (sent, errors) => {
    expect(impossible(sent)).toEqual(errors);
  });
});

it('takes over the members of a new event with its instants in UTC', () => {
  const body = {
    name: 'Summer Festival',
    startsAt: '2030-07-13T10:00:00.9+03:00',
    endsAt: '2030-07-14T20:00:00+03:00',
    timeZone: 'Africa/Nairobi',
  };
  expect(fromCreate(body)).toEqual({ ...body, startsAt: '2030-07-13T07:00:00Z', endsAt: '2030-07-14T17:00:00Z' });
});

it('takes the members of a duplicate from the original, except those that the request names', () => {
  const body = { startsAt: '2030-07-13T10:00:00+03:00', endsAt: '2030-07-13T12:00:00+03:00', name: 'Second night' };
  expect(fromOriginal(withRegistrations(published), body)).toEqual({
    name: 'Second night',
    startsAt: '2030-07-13T07:00:00Z',
    endsAt: '2030-07-13T09:00:00Z',
    timeZone: published.timeZone,
    location,
  });
});

it('compares start and end only when a change names one of them', () => {
  const inverted = { ...draft, startsAt: draft.endsAt, endsAt: draft.startsAt };
  expect(places(impossibilities(inverted, { name: 'Another name' }))).toEqual([]);
  expect(places(impossibilities(inverted, { endsAt: inverted.endsAt }))).toEqual([['/endsAt', 'ends-before-start']]);
});
