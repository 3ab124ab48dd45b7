import fc from 'fast-check';
import { etagOf, etagOfBody, parseEtag } from './etag.ts';

const revisions = fc.record({
  revision: fc.integer({ min: 1, max: 10 ** 15 - 1 }),
  nonce: fc.stringMatching(/^[0-9a-f]{12}$/),
});

test('every ETag that is written can be parsed', () => {
  fc.assert(
    fc.property(revisions, (revision) => {
      expect(parseEtag(etagOf(revision))).toEqual(revision);
    }),
  );
});

test('an ETag that can be parsed is the only spelling of its revision', () => {
  /** ETags whose parts are right or slightly wrong, so that some differ from a right one in one part. */
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

test('the ETag of a body has the form of a revision, and changes with every member', () => {
  const revision = { revision: 2, nonce: '9c41d07be3f2' };
  const bodies = [{}, { a: 1 }, { a: 2 }, { a: '1' }, { b: 1 }, { a: 1, b: 1 }, { a: { b: 1 } }];
  const etags = bodies.map((body) => etagOfBody(revision, body));
  expect(new Set(etags).size).toBe(bodies.length);
  for (const etag of etags) expect(parseEtag(etag)).toMatchObject({ revision: 2 });
  expect(etagOfBody(revision, { a: 1 })).toBe(etags[1]);
  expect(etagOfBody({ ...revision, nonce: '000000000000' }, { a: 1 })).toBe(etags[1]);
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
])('%j is not parsed as an ETag', (tag) => {
  expect(parseEtag(tag)).toBeUndefined();
});
