import { draftRecord, harbourStage } from '../../../test/support/event-records.ts';
import { explainFailure, firstProblem } from '../shared/requirement.ts';
import type { EventRecord } from './model.ts';
import { cancelling, deleting, publishing, requires, unpublishing } from './requirements.ts';

const draft = draftRecord({ location: harbourStage });
const { location: _location, ...withoutLocation } = draft;
const published: EventRecord = { ...draft, status: 'published' };
const cancelled: EventRecord = { ...draft, status: 'cancelled' };
const withRegistrations = (event: EventRecord): EventRecord => ({ ...event, registeredCount: 2 });

describe('publishing', () => {
  const problemAt = (event: EventRecord, now: string) => firstProblem(publishing(now).requirements, event);

  it('is possible for a draft with a location until it starts', () => {
    expect(problemAt(draft, '2030-06-01T00:00:00Z')).toBeUndefined();
    expect(problemAt(draft, '2030-06-21T17:59:59Z')).toBeUndefined();
    expect(problemAt(draft, draft.startsAt)).toMatchObject({ problem: 'not-publishable' });
  });

  it('reports every missing requirement of a draft at once', () => {
    const problem = problemAt(withoutLocation, draft.startsAt);
    expect(problem).toMatchObject({
      problem: 'not-publishable',
      errors: [
        { pointer: '/location', code: 'location-required' },
        { pointer: '/startsAt', code: 'starts-in-past' },
      ],
    });
  });

  it('reports only the status of a cancelled event', () => {
    expect(problemAt({ ...withoutLocation, status: 'cancelled' }, draft.startsAt)).toEqual({
      problem: 'event-cancelled',
    });
  });
});

describe('unpublishing', () => {
  const { requirements } = unpublishing;

  it('is possible for a published event without registrations', () => {
    expect(firstProblem(requirements, published)).toBeUndefined();
    expect(firstProblem(requirements, withRegistrations(published))).toEqual({ problem: 'event-has-registrations' });
  });

  it('reports the status of a cancelled event before its registrations', () => {
    expect(firstProblem(requirements, withRegistrations(cancelled))).toEqual({ problem: 'event-cancelled' });
  });
});

test('cancelling is possible for a published event, with or without registrations', () => {
  expect(firstProblem(cancelling.requirements, draft)).toEqual({ problem: 'not-published' });
  expect(firstProblem(cancelling.requirements, published)).toBeUndefined();
  expect(firstProblem(cancelling.requirements, withRegistrations(published))).toBeUndefined();
});

test.each([draft, published, cancelled])(
  'deleting an event that is $status is possible without registrations',
  (event) => {
    expect(firstProblem(deleting.requirements, event)).toBeUndefined();
    expect(firstProblem(deleting.requirements, withRegistrations(event))).toEqual({
      problem: 'event-has-registrations',
    });
  },
);

test('a failed condition that no requirement explains is a bug, and an error says so', () => {
  expect(() => explainFailure([requires.noRegistrations], draft)).toThrow('meets every requirement');
});
