import { fake, gateway, ok, problem, withoutJitter } from './fake.ts';

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
