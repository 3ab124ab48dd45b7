import { event, eventId, fake, ok, problem, withoutJitter } from './fake.ts';

const stale = () => problem(412, 'precondition-failed', { etag: '"9-9c41d07be3f2"' });
const revision = (number: number, capacity = 10) =>
  ok({ ...event, etag: `"${number}-9c41d07be3f2"`, capacity }, { etag: `"${number}-9c41d07be3f2"` });
const ten = (now: { capacity?: number }) => ({ capacity: (now.capacity ?? 0) + 10 });

describe('A change that is a function', () => {
  withoutJitter();

  it('reads the event, calls the function and writes with If-Match', async () => {
    const { client, sent } = fake([revision(3, 40), revision(4, 50)]);
    await expect(client.updateEvent(eventId, ten)).resolves.toMatchObject({ capacity: 50 });
    expect(sent.map(({ method, headers, body }) => [method, headers['if-match'], body])).toEqual([
      ['GET', undefined, ''],
      ['PATCH', '"3-9c41d07be3f2"', '{"capacity":50}'],
    ]);
  });

  it('is called again if another write came first', async () => {
    const { client, sent } = fake([revision(3, 40), stale(), revision(9, 70), revision(10, 80)]);
    const { data, error } = await client.updateEvent(eventId, ten).result();
    expect([data?.capacity, error]).toEqual([80, undefined]);
    expect(
      sent.filter(({ method }) => method === 'PATCH').map(({ headers, body }) => [headers['if-match'], body]),
    ).toEqual([
      ['"3-9c41d07be3f2"', '{"capacity":50}'],
      ['"9-9c41d07be3f2"', '{"capacity":80}'],
    ]);
  });

  it('applies to the current revision, regardless of the one that the caller has read', async () => {
    const { client, sent } = fake([revision(3), revision(4)]);
    await client.updateEvent(event, ten);
    expect(sent[1]?.headers['if-match']).toBe('"3-9c41d07be3f2"');
  });

  it('writes nothing if the function returns undefined', async () => {
    const { client, sent } = fake([revision(3, 40)]);
    await expect(client.updateEvent(eventId, () => undefined)).resolves.toMatchObject({ capacity: 40 });
    expect(sent).toHaveLength(1);
  });

  it('gives up after 20 attempts if other writes keep coming first', async () => {
    const { client, sent } = fake(
      Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? revision(index + 1) : stale())),
    );
    await expect(client.updateEvent(eventId, ten)).rejects.toMatchObject({
      code: 'precondition-failed',
      operation: 'updateEvent',
      attempts: 20,
    });
    expect(sent).toHaveLength(20);
  });

  it('is not called again if the call names the revision', async () => {
    const { client, sent } = fake([revision(3), stale()]);
    await expect(client.updateEvent(eventId, ten, { ifMatch: '"1-9c41d07be3f2"' })).rejects.toMatchObject({
      code: 'precondition-failed',
    });
    expect(sent[1]?.headers['if-match']).toBe('"1-9c41d07be3f2"');
  });

  it('is one call, so its errors belong to updateEvent', async () => {
    await expect(fake([problem(404, 'event-not-found')]).client.updateEvent(eventId, ten)).rejects.toMatchObject({
      operation: 'updateEvent',
      code: 'event-not-found',
      attempts: 1,
    });
  });

  it('has one deadline for reading and writing together', async () => {
    jest.useFakeTimers();
    const slow = () => new Promise<Response>((resolve) => setTimeout(() => resolve(revision(3)), 30));
    const outcome = fake([slow, slow]).client.updateEvent(eventId, ten, { deadlineMs: 45 }).result();
    await jest.advanceTimersByTimeAsync(46);
    expect(await outcome).toMatchObject({ error: { operation: 'updateEvent', code: 'timeout', attempts: 2 } });
    jest.useRealTimers();
  });

  it('is not retried after a lost response to its write, which may have been applied', async () => {
    const { client, sent } = fake([revision(3), new TypeError('fetch failed')]);
    await expect(client.updateEvent(eventId, ten)).rejects.toMatchObject({ code: 'network-error', attempts: 2 });
    expect(sent).toHaveLength(2);
  });

  it('may be asynchronous', async () => {
    const { client, sent } = fake([revision(3, 40), stale(), revision(9, 70), revision(10, 80)]);
    const later = async (now: { capacity?: number }) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return ten(now);
    };
    await expect(client.updateEvent(eventId, later)).resolves.toMatchObject({ capacity: 80 });
    expect(sent.map(({ body }) => body)).toEqual(['', '{"capacity":50}', '', '{"capacity":80}']);
    await expect(
      fake([revision(3)]).client.updateEvent(eventId, () => Promise.resolve(undefined)),
    ).resolves.toMatchObject({ capacity: 10 });
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a form', new FormData()],
    ['a text', 'Another name'],
    ['a function', () => ({})],
    ['a date', new Date()],
  ])('writes nothing if the function returns %s', async (_what, returned) => {
    const { client, sent } = fake([revision(3), ok()]);
    const { error } = await client.updateEvent(eventId, () => returned as never).result();
    expect(error).toMatchObject({
      code: 'invalid-request',
      attempts: 1,
      message: 'updateEvent - invalid-request - input is not a plain object',
    });
    expect(sent).toHaveLength(1);
  });

  it('writes nothing if the call has ended while the function was running', async () => {
    const controller = new AbortController();
    const attempts: unknown[] = [];
    const { client, sent } = fake([revision(3), ok()], { onAttempt: ({ attempt }) => void attempts.push(attempt) });
    const slow = async () => {
      controller.abort();
      await new Promise((resolve) => setTimeout(resolve, 5));
      return {};
    };
    const { error } = await client.updateEvent(eventId, slow, { signal: controller.signal }).result();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(error).toMatchObject({ code: 'aborted', attempts: 1 });
    expect([sent.length, attempts]).toEqual([1, [1]]);
  });

  it.each([
    ['weak', 'W/"3-9c41d07be3f2"'],
    ['suffixed', '"3-9c41d07be3f2-gzip"'],
    ['gone', undefined],
    ['of something else', '"proxy"'],
  ])('takes the revision from the event, although a proxy made its header %s', async (_what, etag) => {
    const proxied = (response: Response) => {
      if (etag) response.headers.set('etag', etag);
      else response.headers.delete('etag');
      return response;
    };
    const { client, sent } = fake([proxied(revision(3)), proxied(revision(4))]);
    await client.updateEvent(eventId, ten);
    expect(sent.map(({ headers }) => headers['if-match'])).toEqual([undefined, '"3-9c41d07be3f2"']);
  });

  it('loses no change of three concurrent callers if CORS hides the header', async () => {
    let stored = { ...event, capacity: 30, etag: '"1-9c41d07be3f2"' };
    let revisions = 1;
    const hidden = (body: object) => ok(body, { etag: '' });
    const respond = async (request: Request) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (request.method === 'GET') return hidden(stored);
      const match = request.headers.get('if-match');
      const body = (await request.json()) as { capacity: number };
      if (match && match !== stored.etag) return problem(412, 'precondition-failed');
      stored = { ...stored, ...body, etag: `"${(revisions += 1)}-9c41d07be3f2"` };
      return hidden(stored);
    };
    const { client } = fake(Array.from({ length: 20 }, () => respond));
    await Promise.all([1, 2, 3].map(() => client.updateEvent(eventId, ten)));
    expect(stored.capacity).toBe(60);
  });

  it.each<[string, object]>([
    ['no revision', { ...event, etag: undefined }],
    ['an empty revision', { ...event, etag: '' }],
  ])('writes nothing and does not call the function if the event has %s', async (_what, body) => {
    const edit = jest.fn(() => ({}));
    const { client, sent } = fake([ok(body), ok()]);
    const { error } = await client.updateEvent(eventId, edit).result();
    expect(error).toMatchObject({
      code: 'unexpected-response',
      status: 200,
      attempts: 1,
      cause: new TypeError('the response has no etag'),
    });
    expect([sent.length, edit.mock.calls]).toEqual([1, []]);
    await fake([ok(body), ok()]).client.updateEvent(eventId, edit, { ifMatch: '*' });
  });

  it('passes errors of the function on, as a promise and in result()', async () => {
    const soldOut = new Error('sold out');
    const refuse = () => {
      throw soldOut;
    };
    await expect(
      fake([revision(3)])
        .client.updateEvent(eventId, () => Promise.reject(soldOut))
        .result(),
    ).rejects.toBe(soldOut);
    await expect(fake([revision(3)]).client.updateEvent(eventId, refuse)).rejects.toBe(soldOut);
    await expect(
      fake([revision(3)])
        .client.updateEvent(eventId, refuse)
        .result(),
    ).rejects.toBe(soldOut);
  });
});
