import { isNamedBy } from './precondition.ts';

const etag = '"2-9c41d07be3f2"';

test.each([
  ['the ETag', etag],
  ['the ETag in its weak form, as a proxy that compresses makes it', `W/${etag}`],
  ['a list with the ETag', `"1-9c41d07be3f2", W/${etag},"a,b"`],
  ['every ETag', '*'],
  ['every ETag, between spaces', ' * '],
])('If-None-Match names %s', (_what, header) => {
  expect(isNamedBy(header, etag)).toBe(true);
});

test.each([
  ['no header', undefined],
  ['an empty list', ''],
  ['another revision', '"3-9c41d07be3f2"'],
  ['an ETag that contains it', '"12-9c41d07be3f2"'],
  ['an ETag that it contains', '"2-9c41d07be3f"'],
  ['the ETag without quotation marks', '2-9c41d07be3f2'],
  ['the ETag without the last quotation mark', '"2-9c41d07be3f2'],
  ['a star in a list', '"3-9c41d07be3f2", *'],
])('If-None-Match does not name the ETag: %s', (_what, header) => {
  expect(isNamedBy(header, etag)).toBe(false);
});
