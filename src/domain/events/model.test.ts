import fc from 'fast-check';

import { contentOf, etagOf, eventAnswer, type EventRecord, parseEtag, phaseOf } from './model.ts';

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

const revisions = fc.record({
  revision: fc.integer({ min: 1, max: 10 ** 15 - 1 }),
  nonce: fc.stringMatching(/^[0-9a-f]{12}$/),
});

test('every tag that is made can be read', () => {
  fc.assert(
    fc.property(revisions, (revision) => {
      expect(parseEtag(etagOf(revision))).toEqual(revision);
    }),
  );
});

test('a tag that can be read is the only way to write its revision', () => {
  /** Tags of which each part is right or a little wrong, so that some are right but for one part. */
  const texts = fc
    .tuple(fc.constantFrom('"', 'W/"', ''), fc.constantFrom('', '0'), revisions, fc.constantFrom('"', '', '" '))
    .map(([start, zero, { revision, nonce }, end]) => `${start}${zero}${revision}-${nonce}${end}`);
  fc.assert(
    fc.property(texts, (text) => {
      const parsed = parseEtag(text);
      if (parsed) expect(etagOf(parsed)).toBe(text);
    }),
  );
});

test.each([
  'W/"2-9c41d07be3f2"',
  '2-9c41d07be3f2',
  '"0-9c41d07be3f2"',
  '"02-9c41d07be3f2"',
  '"2-9C41D07BE3F2"',
  '"2-9c41d07be3f2" ',
  '"-2-9c41d07be3f2"',
  '*',
  '',
])('%j is no tag of ours', (tag) => {
  expect(parseEtag(tag)).toBeUndefined();
});

test.each([
  ['2030-06-21T17:59:59Z', 'upcoming'],
  ['2030-06-21T18:00:00Z', 'ongoing'],
  ['2030-06-21T21:59:59Z', 'ongoing'],
  ['2030-06-21T22:00:00Z', 'ended'],
])('at %s the event is %s', (now, phase) => {
  expect(phaseOf(record, now)).toBe(phase);
});

test('the content of an event is what a creation takes, and nothing that happened to it since', () => {
  const content = {
    name: record.name,
    startsAt: record.startsAt,
    endsAt: record.endsAt,
    timeZone: record.timeZone,
    tags: ['jazz'],
  };
  expect(contentOf({ ...record, ...content })).toEqual(content);
});
