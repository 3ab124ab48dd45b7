import { eventId, fake, gateway, ok, problem, withoutJitter } from './fake.ts';

const page = (names: string[], nextCursor?: string) =>
  ok({ items: names.map((eventId) => ({ eventId })), ...(nextCursor ? { nextCursor } : {}) });
const queries = ({ sent }: { sent: { url: string }[] }) => sent.map(({ url }) => new URL(url).search);

async function ids(list: AsyncIterable<{ eventId: string }>): Promise<string[]> {
  const seen: string[] = [];
  for await (const { eventId } of list) seen.push(eventId);
  return seen;
}

describe('A list', () => {
  withoutJitter();

  it('resolves to its first page', async () => {
    const faked = fake([page(['a', 'b'], 'next')]);
    await expect(faked.client.listEvents({ limit: 2 })).resolves.toEqual({
      items: [{ eventId: 'a' }, { eventId: 'b' }],
      nextCursor: 'next',
    });
    expect(faked.sent).toHaveLength(1);
  });

  it('iterates over all pages with the same filters, including empty ones', async () => {
    const faked = fake([page(['a'], 'c1'), page([], 'c2'), page([], 'c3'), page(['b'])]);
    expect(await ids(faked.client.listEvents({ tag: 'music', limit: 1 }))).toEqual(['a', 'b']);
    expect(queries(faked)).toEqual([
      '?tag=music&limit=1',
      '?tag=music&limit=1&cursor=c1',
      '?tag=music&limit=1&cursor=c2',
      '?tag=music&limit=1&cursor=c3',
    ]);
  });

  it('fetches no page before the caller needs it', async () => {
    const faked = fake([page(['a', 'b'], 'c1'), page(['c', 'd'], 'c2')]);
    for await (const { eventId } of faked.client.listEvents()) if (eventId === 'c') break;
    expect(faked.sent).toHaveLength(2);
    for await (const { eventId } of fake([page(['a'], 'c1')]).client.listEvents()) if (eventId === 'a') break;
  });

  it('iterates page by page', async () => {
    const faked = fake([page(['a'], 'c1'), page([], 'c2'), page(['b'])]);
    const sizes: number[] = [];
    for await (const { items } of faked.client.listEvents().pages()) sizes.push(items.length);
    expect(sizes).toEqual([1, 0, 1]);
  });

  it('starts at a given cursor', async () => {
    const faked = fake([page(['c'])]);
    expect(await ids(faked.client.listEvents({ cursor: 'c7' }))).toEqual(['c']);
    expect(queries(faked)).toEqual(['?cursor=c7']);
  });

  it('can be iterated twice and fetches its first page once', async () => {
    const faked = fake([page(['a'], 'c1'), page(['b']), page(['b'])]);
    const list = faked.client.listEvents();
    expect(await ids(list)).toEqual(['a', 'b']);
    expect(await ids(list)).toEqual(['a', 'b']);
    expect(faked.sent).toHaveLength(3);
  });

  it('throws the error of a page after the items of the pages before it', async () => {
    const faked = fake([page(['a'], 'c1'), problem(422, 'invalid-cursor')]);
    const seen: string[] = [];
    const walk = async () => {
      for await (const { eventId } of faked.client.listEvents()) seen.push(eventId);
    };
    await expect(walk()).rejects.toMatchObject({ code: 'invalid-cursor', operation: 'listEvents' });
    expect(seen).toEqual(['a']);
  });

  it('applies retries, tokens and options to each page', async () => {
    const faked = fake([page(['a'], 'c1'), gateway(502), page(['b'])], { maxRetries: 1 });
    expect(await ids(faked.client.listEvents({}, { headers: { 'X-Trace': '7' } }))).toEqual(['a', 'b']);
    expect(faked.sent.map(({ headers }) => headers['x-trace'])).toEqual(['7', '7', '7']);
    const controller = new AbortController();
    const other = fake([page(['a'], 'c1')]);
    const walk = async () => {
      for await (const { eventId } of other.client.listEvents({}, { signal: controller.signal }))
        if (eventId === 'a') controller.abort();
    };
    await expect(walk()).rejects.toMatchObject({ code: 'aborted', attempts: 0 });
  });

  it('is a promise with then, catch and finally', async () => {
    const { data, error } = await fake([page(['a'])])
      .client.listEvents()
      .result();
    expect([data?.items.length, error]).toEqual([1, undefined]);
  });
});

describe('A list as text', () => {
  withoutJitter();

  const asCsv = { mediaType: 'text/csv' } as const;
  /** A page whose next one has the cursor, in a header as the API or a proxy writes it. */
  const text = (body: string, cursor?: string, link = (query: string) => `</api/v1/x?${query}>; rel="next"`) =>
    new Response(body, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        ...(cursor ? { link: link(`limit=1&cursor=${cursor}`) } : {}),
      },
    });

  it('is one text of all pages, with the same filters', async () => {
    const faked = fake([text('\ufeff"number"\r\n"1"\r\n', 'c1'), text('', 'c2'), text('"2"\r\n')]);
    const list = faked.client.listRegistrations(eventId, { status: ['confirmed'], limit: 1 }, asCsv);
    expect(await list.text()).toBe('\ufeff"number"\r\n"1"\r\n"2"\r\n');
    expect(queries(faked)).toEqual([
      '?status=confirmed&limit=1',
      '?status=confirmed&limit=1&cursor=c1',
      '?status=confirmed&limit=1&cursor=c2',
    ]);
    expect(faked.sent.map(({ headers }) => headers['accept'])).toEqual(['text/csv', 'text/csv', 'text/csv']);
  });

  it('is sent page by page, and nothing before the caller needs it', async () => {
    const faked = fake([text('1', 'c1'), text('2', 'c2')]);
    const list = faked.client.listRegistrations(eventId, undefined, asCsv);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(faked.sent).toHaveLength(0);
    for await (const page of list) if (page === '2') break;
    expect(faked.sent).toHaveLength(2);
  });

  it('can be read again', async () => {
    const list = fake([text('1'), text('2')]).client.listRegistrations(eventId, {}, asCsv);
    expect([await list.text(), await list.text()]).toEqual(['1', '2']);
  });

  it('starts at a given cursor', async () => {
    const faked = fake([text('3')]);
    expect(await faked.client.listRegistrations(eventId, { cursor: 'c7' }, asCsv).text()).toBe('3');
    expect(queries(faked)).toEqual(['?cursor=c7']);
  });

  it.each([
    ['an absolute URL', (query: string) => `<https://proxy.example.com/x?${query}>; rel=next`],
    [
      'other links',
      (query: string) =>
        `</style.css>; rel=preload, </x?${query}>; title="More"; rel="next", </y?cursor=z>; rel="last"`,
    ],
  ])('finds the next page in a header with %s', async (_what, link) => {
    const faked = fake([text('1', 'c1', link), text('2')]);
    expect(await faked.client.listRegistrations(eventId, {}, asCsv).text()).toBe('12');
    expect(queries(faked)).toEqual(['', '?cursor=c1']);
  });

  it('ends where no link leads to a next page', async () => {
    const link = (query: string) => `</x?${query}>; rel="prev"`;
    expect(
      await fake([text('1', 'c0', link)])
        .client.listRegistrations(eventId, {}, asCsv)
        .text(),
    ).toBe('1');
  });

  it('applies retries and fresh tokens to each page', async () => {
    const tokens = ['old', 'new'];
    const faked = fake([text('1', 'c1'), gateway(502), problem(401, 'unauthenticated'), text('2')], {
      token: ({ forceRefresh }) => (forceRefresh ? tokens[1] : tokens[0]),
    });
    expect(await faked.client.listRegistrations(eventId, {}, asCsv).text()).toBe('12');
    expect(faked.sent.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer old',
      'Bearer old',
      'Bearer old',
      'Bearer new',
    ]);
  });

  it('throws the error of a page, and ends when its signal aborts', async () => {
    const list = fake([text('1', 'c1'), problem(422, 'invalid-cursor')]).client.listRegistrations(eventId, {}, asCsv);
    const seen: string[] = [];
    const walk = async () => {
      for await (const page of list) seen.push(page);
    };
    await expect(walk()).rejects.toMatchObject({ code: 'invalid-cursor', operation: 'listRegistrations' });
    expect(seen).toEqual(['1']);
    const controller = new AbortController();
    const other = fake([text('1', 'c1')]);
    const aborted = async () => {
      const options = { ...asCsv, signal: controller.signal };
      for await (const _page of other.client.listRegistrations(eventId, {}, options)) controller.abort();
    };
    await expect(aborted()).rejects.toMatchObject({ code: 'aborted' });
    expect(other.sent).toHaveLength(1);
  });
});

describe('toArray', () => {
  it.each([
    [1, ['a'], 1],
    [2, ['a', 'b'], 1],
    [3, ['a', 'b', 'c'], 2],
    [9, ['a', 'b', 'c', 'd'], 2],
  ])('returns at most %d items, from as many pages as it takes', async (max, expected, pages) => {
    const faked = fake([page(['a', 'b'], 'c1'), page(['c', 'd'])]);
    const items = await faked.client.listEvents().toArray({ max });
    expect(items.map(({ eventId }) => eventId)).toEqual(expected);
    expect(faked.sent).toHaveLength(pages);
  });

  it.each([0, -1, NaN, undefined])('rejects the maximum %s', async (max) => {
    const call = fake([page(['a'])]).client.listEvents();
    await expect(call.toArray({ max: max as number })).rejects.toThrow(
      new TypeError('max is not a number of at least 1'),
    );
  });

  it('rejects with the error of the page that fails', async () => {
    const call = fake([page(['a'], 'c1'), problem(400, 'invalid-cursor')]).client.listEvents();
    await expect(call.toArray({ max: 9 })).rejects.toMatchObject({ code: 'invalid-cursor' });
  });
});
