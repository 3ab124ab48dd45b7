import { draftRecord, harbourStage } from '../../../test/support/event-records.ts';
import { equalTo } from '../../lib/comparison.ts';
import { firstProblem } from '../shared/requirement.ts';
import {
  applySeatsChange,
  closing,
  closingIfEmpty,
  newSeats,
  reopening,
  type Seats,
  type SeatsRequirement,
} from '../shared/seats/model.ts';
import { type EventRecord, newSeatsOf, registrationPeriodOf } from './model.ts';
import {
  cancelling,
  deletionProblem,
  type EventRequirement,
  isWrite,
  openSeats,
  planTransition,
  publishing,
  requires,
  type Transition,
  unpublishing,
} from './requirements.ts';

const draft = draftRecord({ location: harbourStage });
const { location: _location, ...withoutLocation } = draft;
const published: EventRecord = { ...draft, status: 'published' };
const cancelled: EventRecord = { ...draft, status: 'cancelled' };
const now = '2030-06-01T00:00:00Z';

const empty = newSeats(registrationPeriodOf(published), 10, draft.createdAt);
/** Three people have registered, and one of them has cancelled. */
const registered: Seats = { ...empty, lastNumber: 3, confirmedUpTo: 11, released: 1 };
/** Three people have registered, and all of them have cancelled. */
const emptied: Seats = { ...empty, lastNumber: 3, confirmedUpTo: 13, released: 3 };
const closed = applySeatsChange(emptied, closing);

/** A change that writes the same. */
const writing = (change: object) => ({ ...change, requirements: expect.any(Array) as unknown });

describe('publishing', () => {
  const problemAt = (event: EventRecord, now: string) => firstProblem(publishing(now).requirements, event);

  it('is possible for a draft with a location until it starts', () => {
    expect(problemAt(draft, '2030-06-01T00:00:00Z')).toBeUndefined();
    expect(problemAt(draft, '2030-06-21T17:59:59Z')).toBeUndefined();
    expect(problemAt(draft, draft.startsAt)).toMatchObject({ problem: 'not-publishable' });
  });

  it('reports every missing requirement of a draft at once', () => {
    expect(problemAt(withoutLocation, draft.startsAt)).toEqual({
      problem: 'not-publishable',
      errors: [
        { pointer: '/location', code: 'location-required', detail: 'A published event needs a location.' },
        { pointer: '/startsAt', code: 'starts-in-past', detail: 'The start must be in the future.' },
      ],
    });
  });

  it('reports only the status of a cancelled event', () => {
    expect(problemAt({ ...withoutLocation, status: 'cancelled' }, draft.startsAt)).toEqual({
      problem: 'event-cancelled',
    });
  });
});

test('unpublishing is possible for a published event only', () => {
  expect(firstProblem(unpublishing.requirements, published)).toBeUndefined();
  expect(firstProblem(unpublishing.requirements, cancelled)).toEqual({ problem: 'event-cancelled' });
});

test('cancelling is possible for a published event only', () => {
  expect(firstProblem(cancelling.requirements, draft)).toEqual({ problem: 'not-published' });
  expect(firstProblem(cancelling.requirements, published)).toBeUndefined();
});

test('a published event without seats is a bug, and an error says so', () => {
  expect(() => unpublishing.seats(published, undefined)).toThrow('no seats');
});

test('unpublishing closes the seats of an event without registrations', () => {
  expect(unpublishing.seats(published, emptied)).toEqual(writing(closingIfEmpty(emptied)));
});

test('a revision is required by both of its parts, and an ETag that names none matches no event', () => {
  const comparisonsOf = (required: Parameters<typeof requires.revision>[0]) => requires.revision(required).comparisons;
  expect(comparisonsOf({ revision: 3, nonce: '9c41d07be3f2' })).toEqual({
    revision: equalTo(3),
    nonce: equalTo('9c41d07be3f2'),
  });
  expect(comparisonsOf('never')).toEqual({ revision: equalTo(-1), nonce: equalTo('-') });
});

describe('the seats of an event that is published', () => {
  const event: EventRecord = { ...draft, capacity: 20 };

  it('are new the first time', () => {
    expect(openSeats(event, undefined, now)).toEqual({ create: newSeatsOf(event, now) });
  });

  it('are opened again the next time, with the capacity of the event', () => {
    expect(openSeats(event, closed, now)).toEqual(writing(reopening(closed, registrationPeriodOf(event), 20)));
  });
});

test.each<[string, string | undefined, Seats | undefined]>([
  ['that was never published', undefined, undefined],
  ['without registrations', undefined, empty],
  ['whose registrations have all been cancelled', undefined, emptied],
  ['with registrations', 'event-has-registrations', registered],
])('the problem of deleting an event %s is: %s', (_title, problem, seats) => {
  expect(deletionProblem(seats)?.problem).toBe(problem);
});

describe('the plan of a transition', () => {
  const opened = { changes: { status: 'published' } };

  it.each<[string, Transition<EventRequirement, SeatsRequirement>, EventRecord, Seats | undefined, unknown]>([
    [
      'publishes a draft with new seats',
      publishing(now),
      draft,
      undefined,
      { ...opened, seats: { create: newSeatsOf(draft, now) } },
    ],
    [
      'publishes a draft with the seats that it has',
      publishing(now),
      draft,
      closed,
      { ...opened, seats: writing(openSeats(draft, closed, now)) },
    ],
    ['leaves a published event as it is', publishing(now), published, registered, 'unchanged'],
    ['does not publish a cancelled event', publishing(now), cancelled, registered, { problem: 'event-cancelled' }],
    [
      'unpublishes an event without registrations',
      unpublishing,
      published,
      emptied,
      { changes: { status: 'draft' }, seats: writing(closingIfEmpty(emptied)) },
    ],
    [
      'does not unpublish an event with registrations',
      unpublishing,
      published,
      registered,
      { problem: 'event-has-registrations' },
    ],
    [
      'reports the status before the registrations',
      unpublishing,
      cancelled,
      registered,
      { problem: 'event-cancelled' },
    ],
    [
      'cancels an event with registrations',
      cancelling,
      published,
      registered,
      { changes: { status: 'cancelled' }, seats: closing },
    ],
    [
      'requires nothing of seats that are missing',
      { ...cancelling, seats: () => closingIfEmpty(registered) },
      published,
      undefined,
      { changes: { status: 'cancelled' }, seats: writing(closingIfEmpty(registered)) },
    ],
    [
      'requires nothing of seats that it creates',
      { ...cancelling, seats: () => ({ create: empty }) },
      published,
      registered,
      { changes: { status: 'cancelled' }, seats: { create: empty } },
    ],
  ])('%s', (_title, transition, event, seats, plan) => {
    expect(planTransition(transition, event, seats)).toEqual(plan);
  });

  it('has the changes that come with the status', () => {
    const changes = { cancellation: { at: now }, status: 'draft' };
    expect(planTransition({ ...cancelling, changes }, published, registered)).toMatchObject({
      changes: { cancellation: { at: now }, status: 'cancelled' },
    });
  });

  it('is a write if it changes something', () => {
    const plans = [{ problem: 'event-cancelled' }, 'unchanged', { changes: {} }] as const;
    expect(plans.map(isWrite)).toEqual([false, false, true]);
  });
});
