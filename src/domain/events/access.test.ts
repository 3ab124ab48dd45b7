import { draftRecord } from '../../../test/support/event-records.ts';
import { etagOf } from '../shared/etag.ts';
import { accessTo, organizerAccess } from './access.ts';
import type { EventRecord } from './model.ts';

const owner = 'owner';
const other = 'other-organizer';
const draft = draftRecord();
const published: EventRecord = { ...draft, status: 'published' };
const cancelled: EventRecord = { ...draft, status: 'cancelled' };

const problemOf = (access: ReturnType<typeof accessTo>) => ('problem' in access ? access.problem : undefined);

test.each([
  ['a missing event', undefined, owner, undefined, 'event-not-found'],
  ["another organizer's draft", draft, other, undefined, 'event-not-found'],
  ["another organizer's published event", published, other, undefined, 'not-event-organizer'],
  ["another organizer's cancelled event with its ETag", cancelled, other, etagOf(cancelled), 'not-event-organizer'],
  ["another organizer's draft with a stale ETag", draft, other, '"2-9c41d07be3f2"', 'event-not-found'],
  ['an own event with a stale ETag', draft, owner, '"2-9c41d07be3f2"', 'precondition-failed'],
  ['an own event with the ETag of a deleted event', draft, owner, '"3-000000000000"', 'precondition-failed'],
  ['an own event with a weak ETag', draft, owner, 'W/"3-9c41d07be3f2"', 'precondition-failed'],
  ['an own event with its ETag', draft, owner, '"3-9c41d07be3f2"', undefined],
  ['an own event with *', draft, owner, '*', undefined],
  ['an own event without If-Match', draft, owner, undefined, undefined],
])('access to %s has the first problem in the order 404, 403, 412', (_, event, caller, ifMatch, problem) => {
  expect(problemOf(accessTo(event, caller, ifMatch))).toBe(problem);
});

test('access that is granted carries the event', () => {
  expect(accessTo(draft, owner, etagOf(draft))).toEqual({ event: draft });
  expect(organizerAccess(draft, owner)).toEqual({ event: draft });
});

test('a 412 has the current ETag', () => {
  expect(accessTo(draft, owner, 'junk')).toEqual({
    problem: 'precondition-failed',
    headers: { ETag: '"3-9c41d07be3f2"' },
  });
});
