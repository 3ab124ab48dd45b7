import { cursors, type Filters } from './cursors.ts';

const filters: Filters = { status: ['draft', 'published'], tag: 'jazz', order: 'asc' };
const now = '2030-06-01T13:00:00Z';
const start = {
  asOf: '2030-06-01T12:00:00Z',
  after: '2030-06-21T18:00:00Z#5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31',
};
const cursor = cursors.encode(start, filters);
const content = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];

/** A cursor in which one part is another. */
function withPart(index: number, value: unknown): string {
  return encode(content.with(index, value));
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

test('a page without a cursor is the first of a list that is started now', () => {
  expect(cursors.startOf(undefined, filters, now)).toEqual({ asOf: now });
});

test('a cursor is read as the start that it was built from', () => {
  expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
  expect(cursors.startOf(cursor, filters, now)).toEqual(start);
  expect(cursors.startOf(encode(content), filters, now)).toEqual(start);
});

test('a cursor fits its filters in any order of members', () => {
  const same: Filters = { order: 'asc', tag: 'jazz', status: ['draft', 'published'] };
  expect(cursors.startOf(cursor, same, now)).toEqual(start);
});

test.each<Filters>([
  { ...filters, order: 'desc' },
  { ...filters, tag: 'Jazz' },
  { ...filters, status: ['draft'] },
  { ...filters, startsBefore: '2031-01-01T00:00:00Z' },
  { order: 'asc' },
])('a cursor does not fit the other filters %j', (others) => {
  expect(cursors.startOf(cursor, others, now)).toEqual({ problem: 'invalid-cursor' });
});

test.each([
  ['nothing', ''],
  ['text that is not JSON', Buffer.from('events').toString('base64url')],
  ['characters of plain Base64', `${cursor}==`],
  ['a character that decoders skip', `${cursor} `],
  ['a character before it', `.${cursor}`],
  ['an object', encode({ ...content, length: 4 })],
  ['a string of four characters', encode('1234')],
  ['null', encode(null)],
  ['a part too few', encode(content.slice(0, 3))],
  ['a part too many', encode([...content, 1])],
  ['another version', withPart(0, 2)],
  ['the version as text', withPart(0, '1')],
  ['a moment that is not text', withPart(2, 1)],
  ['a list with the moment', withPart(2, [start.asOf])],
  ['a moment with a fraction', withPart(2, '2030-06-01T12:00:00.5Z')],
  ['a moment with text before it', withPart(2, `+${start.asOf}`)],
  ['a moment with text after it', withPart(2, `${start.asOf}Z`)],
  ['a key that is not text', withPart(3, null)],
  ['a list with the key', withPart(3, [start.after])],
  ['a key without an id', withPart(3, '2030-06-21T18:00:00Z#')],
  ['a key with text before it', withPart(3, `+${start.after}`)],
  ['a key with text after it', withPart(3, `${start.after}~`)],
  ['a key with capital letters', withPart(3, start.after.toUpperCase())],
  ['a key whose id has three groups', withPart(3, '2030-06-21T18:00:00Z#5f0c8f7e-2d5b-4c1a-7c0b7a1f2e31')],
  ['a key whose id is too short', withPart(3, start.after.slice(0, -1))],
])('%s is not a cursor', (_title, broken) => {
  expect(cursors.startOf(broken, filters, now)).toEqual({ problem: 'invalid-cursor' });
});
