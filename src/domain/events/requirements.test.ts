import { draftRecord, harbourStage } from '../../../test/support/event-records.ts';
import { firstProblem } from '../shared/requirement.ts';
import type { EventRecord } from './model.ts';
import { cancelling, publishing, unpublishing } from './requirements.ts';

const draft = draftRecord({ location: harbourStage });
const { location: _location, ...withoutLocation } = draft;
const published: EventRecord = { ...draft, status: 'published' };
const cancelled: EventRecord = { ...draft, status: 'cancelled' };

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
