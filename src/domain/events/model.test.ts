import { draftRecord } from '../../../test/support/event-records.ts';
import { contentOf, eventResponse, isVisible, phaseOf } from './model.ts';

const record = draftRecord({ revision: 2 });

test('a response has the event with its ETag and phase, and no attribute of its storage', () => {
  const { revision: _revision, nonce: _nonce, ...members } = record;
  expect(eventResponse(record, '2030-06-21T18:00:00Z')).toEqual({
    status: 200,
    headers: { ETag: '"2-9c41d07be3f2"' },
    body: { ...members, etag: '"2-9c41d07be3f2"', phase: 'ongoing' },
  });
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
