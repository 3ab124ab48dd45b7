import fc from 'fast-check';

import { etagOf, eventAnswer, type EventRecord, parseEtag, phaseOf } from './event.ts';

const record: EventRecord = {
  eventId: '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31',
  organizerId: 'owner',
  name: 'Riverside Jazz Night',
  startsAt: '2030-06-21T18:00:00Z',
  endsAt: '2030-06-21T22:00:00Z',
  timeZone: 'Europe/Berlin',
  status: 'draft',
  registeredCount: 0,
  createdAt: '2030-03-01T09:30:00Z',
  updatedAt: '2030-03-01T09:30:00Z',
  revision: 2,
  nonce: '9c41d07be3f2',
};

test('an answer carries the event with its tag and phase, and nothing of how it is stored', () => {
  const { revision: _revision, nonce: _nonce, ...members } = record;
  expect(eventAnswer(record, '2030-06-21T18:00:00Z')).toEqual({
    status: 200,
    headers: { ETag: '"2-9c41d07be3f2"' },
    body: { ...members, etag: '"2-9c41d07be3f2"', phase: 'ongoing' },
  });
});

test('every tag that is made can be read', () => {
  const nonce = fc.stringMatching(/^[0-9a-f]{12}$/);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 ** 15 - 1 }), nonce, (revision, random) => {
      expect(parseEtag(etagOf({ revision, nonce: random }))).toEqual({ revision, nonce: random });
    }),
  );
});

test('a tag that can be read is the only way to write its revision', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^(W\/)?"?0?[0-9]{1,3}-[0-9a-fA-F]{11,13}"?$/)), (text) => {
      const parsed = parseEtag(text);
      if (parsed) expect(etagOf(parsed)).toBe(text);
    }),
  );
});

test.each(['W/"2-9c41d07be3f2"', '2-9c41d07be3f2', '"0-9c41d07be3f2"', '"02-9c41d07be3f2"', '"2-9C41D07BE3F2"', '"2-9c41d07be3f2" ', '"-2-9c41d07be3f2"', '*', ''])(
  '%j is no tag of ours',
  (tag) => {
    expect(parseEtag(tag)).toBeUndefined();
  },
);

test.each([
  ['2030-06-21T17:59:59Z', 'upcoming'],
  ['2030-06-21T18:00:00Z', 'ongoing'],
  ['2030-06-21T21:59:59Z', 'ongoing'],
  ['2030-06-21T22:00:00Z', 'ended'],
])('at %s the event is %s', (now, phase) => {
  expect(phaseOf(record, now)).toBe(phase);
});
