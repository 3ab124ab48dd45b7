import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { testUsers } from '../support/issuer.ts';
import { getIds, getPage, listPath, type Page } from '../support/pages.ts';
import { expectProblem } from '../support/problems.ts';
import { recordOf, seed, sortKeyOf } from '../support/seed.ts';

const { organizer } = testUsers;
const encode = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const decode = (cursor = '') => JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];

const published = Array.from({ length: 4 }, () => recordOf());
const drafts = Array.from({ length: 4 }, () => recordOf({ status: 'draft' }));
const publishedIds = published.map(({ eventId }) => eventId).sort();

/** Strings that never were a cursor. */
const junk: [name: string, cursor: string][] = [
  ['a word', 'junk'],
  ['one character', 'A'],
  ['padding', '===='],
  ['the example of another system', 'eyJ2IjoxLCJhZnRlciI6IjIwMzAtMDYtMjFUMTg6MDA6MDBaIn0'],
  ['a character that is not base64url', '%2B%2F%2B%2F'],
  ['a null byte', 'A%00A'],
  ['an emoji', '%F0%9F%8E%89'],
  ['1,024 characters', 'A'.repeat(1024)],
  ['deep JSON', encode('['.repeat(380) + ']'.repeat(380))],
  ['broken JSON', encode('[1,')],
  ['invalid UTF-8', Buffer.from([0x5b, 0x22, 0xff, 0xfe, 0x22, 0x5d]).toString('base64url')],
  ['null', encode('null')],
  ['a number', encode(1)],
  ['a string', encode('"text"')],
  ['an object', encode({ version: 1 })],
  ['an object with a prototype', encode('{"__proto__":{"length":4},"0":1}')],
  ['an array with a prototype in it', encode('[{"__proto__":{"admin":true}},1,1,1]')],
  ['an empty array', encode([])],
  ['nulls', encode([1, null, null, null])],
  ['objects', encode([1, {}, {}, {}])],
  [
    'a start key of DynamoDB',
    encode({ eventId: { S: published[0]?.eventId }, listing: { S: 'published#0' }, startsAtId: { S: 'x' } }),
  ],
];

describe.each(transports)('the cursor of a list (%s)', (transport) => {
  let api: TestApi;
  let genuine: Page;
  beforeAll(async () => {
    api = await startTestApi(transport);
    await seed(api.tables, [...published, ...drafts]);
    genuine = await getPage(api, { limit: 2 });
  });
  afterAll(() => api.stop());

  it('consists of characters that need no encoding in a URL', () => {
    expect(genuine.nextCursor).toMatch(/^[A-Za-z0-9_-]{1,1024}$/);
  });

  it('contains no key of an event that the caller may not see', async () => {
    for (const user of ['attendee', 'rival'] as const) {
      for (const limit of [1, 2, 3]) {
        const { nextCursor } = await getPage(api, { limit, organizerId: organizer }, user);
        const text = JSON.stringify(decode(nextCursor));
        expect(drafts.filter(({ eventId }) => text.includes(eventId))).toEqual([]);
      }
    }
  });

  it.each(junk)('is rejected as %s', async (_, cursor) => {
    for (const query of ['', 'organizerId=me&', `organizerId=${organizer}&`]) {
      expectProblem(await api.send({ path: `/events?${query}cursor=${cursor}`, as: 'organizer' }), 'invalid-cursor');
    }
  });

  it('is rejected if one of its parts has an impossible value', async () => {
    const [version, digest, asOf, position] = decode(genuine.nextCursor);
    const forged = [
      [0, digest, asOf, position],
      ['1', digest, asOf, position],
      [version, 'AAAAAAAAAAAAAAAA', asOf, position],
      [version, { toString: digest }, asOf, position],
      [version, digest, 'now', position],
      [version, digest, `${String(asOf)}\n`, position],
      [version, digest, [asOf], position],
      [version, digest, asOf, ''],
      [version, digest, asOf, '~'],
      [version, digest, asOf, `${String(position)}~`],
      [version, digest, asOf, `${String(position)}\n`],
      [version, digest, asOf, String(position).toUpperCase()],
      [version, digest, asOf, { S: position }],
      [version, digest, asOf, 'x'.repeat(500)],
      [version, digest, asOf, position, 'more'],
      [version, digest, asOf],
    ];
    for (const parts of forged) {
      expectProblem(await api.send({ path: listPath({ cursor: encode(parts) }), as: 'attendee' }), 'invalid-cursor');
    }
  });

  it('shows only visible events, even from a forged position', async () => {
    const [version, digest] = decode(genuine.nextCursor);
    const positions = [
      ...drafts.map(sortKeyOf),
      '0000-00-00T00:00:00Z#00000000-0000-0000-0000-000000000000',
      '2030-06-21T18:00:00Z#00000000-0000-0000-0000-000000000000',
      '9999-99-99T99:99:99Z#ffffffff-ffff-ffff-ffff-ffffffffffff',
    ];
    for (const position of positions) {
      for (const asOf of ['0000-00-00T00:00:00Z', '2026-01-01T00:00:00Z', '9999-99-99T99:99:99Z']) {
        const { items } = await getPage(api, { cursor: encode([version, digest, asOf, position]) });
        expect(publishedIds).toEqual(expect.arrayContaining(items.map(({ eventId }) => eventId)));
      }
    }
  });

  it('shows only visible events in descending order, even from a forged position', async () => {
    const { nextCursor } = await getPage(api, { limit: 1, order: 'desc' });
    const [version, digest, asOf] = decode(nextCursor);
    for (const position of [...drafts.map(sortKeyOf), '0000-00-00T00:00:00Z#00000000-0000-0000-0000-000000000000']) {
      const { items } = await getPage(api, { order: 'desc', cursor: encode([version, digest, asOf, position]) });
      expect(publishedIds).toEqual(expect.arrayContaining(items.map(({ eventId }) => eventId)));
    }
  });

  it("of another user's own list is rejected for the caller's own list", async () => {
    const { nextCursor: cursor } = await getPage(api, { organizerId: 'me', limit: 1 }, 'organizer');
    for (const user of ['rival', 'attendee'] as const) {
      expectProblem(await api.send({ path: listPath({ organizerId: 'me', cursor }), as: user }), 'invalid-cursor');
    }
  });

  it("of an organizer's own list shows others only published events", async () => {
    const { nextCursor: cursor } = await getPage(api, { organizerId: 'me', limit: 1 }, 'organizer');
    const ids = await getIds(api, { organizerId: organizer, cursor }, 'rival');
    expect(publishedIds).toEqual(expect.arrayContaining(ids));
  });

  it('does not extend a list of published events to other statuses', async () => {
    const { nextCursor: cursor } = await getPage(api, { organizerId: organizer, limit: 1 }, 'rival');
    const response = await api.send({
      path: listPath({ organizerId: organizer, status: 'draft', cursor }),
      as: 'rival',
    });
    expect(response).toMatchObject({ status: 422, body: { code: 'invalid-filter' } });
  });
});
