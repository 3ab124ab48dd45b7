import { listen } from '../../scripts/stack/listen.ts';
import { createEventsClient } from '../src/index.ts';
import { baseUrl, event, eventId, fake, least, ok } from './fake.ts';

const empty = () => new Response(null, { status: 204 });

describe('a request', () => {
  it('goes to the path of its operation, below the base path', async () => {
    const { client, sent } = fake([ok(), ok(), ok(), empty(), ok({ status: 'ok', version: '1' })]);
    await client.getEvent(eventId);
    await client.getEvent({ eventId });
    await client.publishEvent(event);
    await client.deleteEvent(eventId);
    await client.getHealth();
    expect(sent.map(({ method, url }) => `${method} ${url.slice(baseUrl.length)}`)).toEqual([
      `GET /events/${eventId}`,
      `GET /events/${eventId}`,
      `POST /events/${eventId}/publish`,
      `DELETE /events/${eventId}`,
      'GET /health',
    ]);
  });

  it('takes no heed of a slash after the base path', async () => {
    const { client, sent } = fake([ok()], { baseUrl: `${baseUrl}/` });
    await client.getHealth();
    expect(sent[0]?.url).toBe(`${baseUrl}/health`);
  });

  it('has its parameters in the query, repeated where they are lists, and none that is undefined', async () => {
    const { client, sent } = fake([ok({ items: [] })]);
    await client.listEvents({
      status: ['draft', 'published'],
      tag: 'rock & roll+',
      startsFrom: '2030-01-01T00:00:00+01:00',
      limit: 5,
      cursor: undefined as never,
    });
    expect(new URL(sent[0]?.url ?? '').search).toBe(
      '?status=draft&status=published&tag=rock%20%26%20roll%2B&startsFrom=2030-01-01T00%3A00%3A00%2B01%3A00&limit=5',
    );
    expect(sent[0]?.body).toBe('');
    expect(sent[0]?.headers).not.toHaveProperty('content-type');
  });

  it('has its body as JSON where there is one, and a media type only then', async () => {
    const { client, sent } = fake([ok(), ok(), ok()]);
    await client.createEvent(least);
    await client.cancelEvent(eventId);
    await client.cancelEvent(eventId, { reason: 'A storm is coming.' });
    expect(sent.map(({ body, headers }) => [body, headers['content-type']])).toEqual([
      [JSON.stringify(least), 'application/json'],
      ['', undefined],
      ['{"reason":"A storm is coming."}', 'application/json'],
    ]);
  });

  it('sends the id of an event that was read, and nothing else of it', async () => {
    const { client, sent } = fake([ok()]);
    await client.updateEvent(event, { name: 'Another name' });
    expect(sent[0]).toMatchObject({ url: `${baseUrl}/events/${eventId}`, body: '{"name":"Another name"}' });
  });

  it.each([301, 302, 303, 307, 308])('goes to no other host, whoever says so by %s', async (status) => {
    const elsewhere: string[] = [];
    const other = await listen(
      (request, response) => void (elsewhere.push(request.method ?? ''), response.end('{"items":[]}')),
    );
    const first = await listen(
      (_request, response) => void response.writeHead(status, { Location: `http://localhost:${other.port}/` }).end(),
    );
    const client = createEventsClient({ baseUrl: first.url, headers: { 'X-Api-Key': 'secret' } });
    await expect(client.listEvents()).rejects.toMatchObject({ code: 'unexpected-response', status, attempts: 1 });
    await expect(client.createEvent(least)).rejects.toMatchObject({ code: 'unexpected-response', status, attempts: 1 });
    expect(elsewhere).toEqual([]);
    await Promise.all([first.close(), other.close()]);
  });

  it('encodes ids, and is not sent where an id would lead elsewhere', async () => {
    const { client, sent } = fake([ok()]);
    await client.getEvent('a/b?c');
    expect(sent[0]?.url).toBe(`${baseUrl}/events/a%2Fb%3Fc`);
    for (const id of ['', '.', '..']) {
      const { error } = await client.deleteEvent(id).result();
      expect(error).toMatchObject({
        code: 'invalid-request',
        attempts: 0,
        status: undefined,
        cause: new TypeError('eventId is not a valid id'),
      });
    }
    expect(sent).toHaveLength(1);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a header that cannot be sent', () => fake([]).client.getHealth(undefined, { headers: { 'X-Trace': 'a\nb' } })],
    ['a key that is no ASCII', () => fake([]).client.createEvent(least, { idempotencyKey: '\u{1F511}' })],
    ['an input that is no JSON', () => fake([]).client.createEvent({ ...least, capacity: 1n as never })],
  ])('is not sent with %s', async (_what, call) => {
    await expect(call()).rejects.toMatchObject({
      name: 'EventsApiError',
      code: 'invalid-request',
      attempts: 0,
      cause: expect.objectContaining({ name: 'TypeError' }) as TypeError,
    });
  });

  it('carries token and version, and no token where none is needed', async () => {
    const token = jest.fn(() => 'secret');
    const { client, sent } = fake([ok(), ok()], { token });
    await client.getEvent(eventId);
    await client.getHealth();
    expect(sent.map(({ headers }) => [headers['authorization'], headers['client-version']])).toEqual([
      ['Bearer secret', 'js/0.1.0'],
      [undefined, 'js/0.1.0'],
    ]);
    expect(token.mock.calls).toEqual([[{ forceRefresh: false }]]);
  });

  it('carries the headers of client and call, the latter before the former', async () => {
    const { client, sent } = fake([ok()], { headers: { 'X-App': 'organizer', 'X-Trace': 'client' } });
    await client.getEvent(eventId, undefined, { headers: { 'x-trace': 'call', 'Client-Version': 'mine/1' } });
    expect(sent[0]?.headers).toMatchObject({ 'x-app': 'organizer', 'x-trace': 'call', 'client-version': 'mine/1' });
  });
});

describe('If-Match', () => {
  it.each([
    ['is the etag of the event', event, {}, event.etag],
    ['is the etag of a target made by hand', { eventId, etag: '"9-000000000000"' }, {}, '"9-000000000000"'],
    ['is absent where only the id is known', eventId, {}, undefined],
    ['is what the call says, before all', event, { ifMatch: '*' }, '*'],
  ] as const)('%s', async (_what, target, options, expected) => {
    const { client, sent } = fake([ok(), ok(), ok(), ok(), empty()]);
    await client.updateEvent(target, {}, options);
    await client.publishEvent(target, undefined, options);
    await client.unpublishEvent(target, undefined, options);
    await client.cancelEvent(target, undefined, options);
    await client.deleteEvent(target, undefined, options);
    expect(sent.map(({ headers }) => headers['if-match'])).toEqual(Array.from({ length: 5 }, () => expected));
  });

  it('is not sent with what only reads', async () => {
    const { client, sent } = fake([ok()]);
    await client.getEvent(event);
    expect(sent[0]?.headers).not.toHaveProperty('if-match');
  });

  it('survives what an application does with an event: a spread, JSON, a cache', async () => {
    const { client, sent } = fake([ok(), ok()]);
    const read = await client.getEvent(eventId);
    await client.updateEvent(JSON.parse(JSON.stringify({ ...read, selected: true })) as typeof read, {});
    expect(sent[1]?.headers['if-match']).toBe(event.etag);
  });
});

describe('Idempotency-Key', () => {
  it('is new for each call, and 128 random bits in visible ASCII', async () => {
    const { client, sent } = fake([ok(), ok()]);
    await client.createEvent(least);
    await client.createEvent(least);
    const keys = sent.map(({ headers }) => headers['idempotency-key']);
    expect(keys[0]).toMatch(/^\d{1,10}(-\d{1,10}){3}$/);
    expect(new Set(keys).size).toBe(2);
  });

  it('is random in each of its parts, so that no other process has the same', async () => {
    const { client, sent } = fake(Array.from({ length: 20 }, () => ok()));
    for (let call = 0; call < 20; call += 1) await client.createEvent(least);
    const parts = sent.map(({ headers }) => headers['idempotency-key']?.split('-'));
    for (const place of [0, 1, 2, 3])
      expect(new Set(parts.map((part) => Number(part?.[place]) >>> 16)).size).toBeGreaterThan(10);
  });

  it('is what the call says, and absent where the operation takes none', async () => {
    const { client, sent } = fake([ok(), ok()]);
    await client.createEvent(least, { idempotencyKey: 'mine' });
    await client.updateEvent(eventId, {}, { idempotencyKey: 'mine' });
    expect(sent.map(({ headers }) => headers['idempotency-key'])).toEqual(['mine', undefined]);
  });

  it('needs no crypto.randomUUID, which is missing in pages loaded over http', async () => {
    const randomUUID = jest.spyOn(crypto, 'randomUUID').mockImplementation(() => {
      throw new TypeError('crypto.randomUUID is not a function');
    });
    const { client } = fake([ok()]);
    await expect(client.createEvent(least)).resolves.toEqual(event);
    randomUUID.mockRestore();
  });
});

describe('baseUrl', () => {
  it('must be absolute where there is no page', () => {
    expect(() => createEventsClient({ baseUrl: '/api/v1' })).toThrow('Invalid URL');
  });

  it('may be relative in a page', () => {
    Object.assign(globalThis, { location: { href: 'https://app.example.com/organize' } });
    expect(() => createEventsClient({ baseUrl: '/api/v1' })).not.toThrow();
    Reflect.deleteProperty(globalThis, 'location');
  });
});

describe('fetch', () => {
  it('is the global one of the moment of the call, so that it can be replaced after the client was made', async () => {
    const client = createEventsClient({ baseUrl });
    const replaced = jest.spyOn(globalThis, 'fetch').mockResolvedValue(ok({ status: 'ok', version: '1' }));
    await expect(client.getHealth()).resolves.toEqual({ status: 'ok', version: '1' });
    replaced.mockRestore();
  });

  it('is called as a function of its own, as browsers demand', async () => {
    const replaced = jest.fn(async () => ok());
    await fake([], { fetch: replaced }).client.getHealth();
    expect(replaced.mock.contexts).toEqual([undefined]);
  });
});
