import { listen } from '../../scripts/stack/listen.ts';
import { createEventsClient } from '../src/index.ts';
import { baseUrl, event, eventId, fake, least, ok } from './fake.ts';

const empty = () => new Response(null, { status: 204 });

describe('A request', () => {
  it('goes to the path of its operation below the base path', async () => {
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

  it('names a registration by event and number', async () => {
    const { client, sent } = fake([ok(), ok(), empty()]);
    const registration = { eventId, number: 17, etag: '"1-4d7a90c2e8b1"' };
    await client.getRegistration(registration);
    await client.cancelRegistration(registration, { reason: 'Registered twice.' });
    await client.deleteRegistration({ eventId, number: 17 });
    expect(sent.map(({ method, url }) => `${method} ${url.slice(baseUrl.length)}`)).toEqual([
      `GET /events/${eventId}/registrations/17`,
      `POST /events/${eventId}/registrations/17/cancel`,
      `DELETE /events/${eventId}/registrations/17`,
    ]);
    expect(sent.filter(({ headers }) => 'if-match' in headers)).toEqual([]);
  });

  it('ignores a trailing slash of the base URL', async () => {
    const { client, sent } = fake([ok()], { baseUrl: `${baseUrl}/` });
    await client.getHealth();
    expect(sent[0]?.url).toBe(`${baseUrl}/health`);
  });

  it('has its parameters in the query: arrays repeated, undefined ones omitted', async () => {
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

  it('has a JSON body and its media type only if there is an input', async () => {
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

  it('takes the id of an event and sends none of its other fields', async () => {
    const { client, sent } = fake([ok()]);
    await client.updateEvent(event, { name: 'Another name' });
    expect(sent[0]).toMatchObject({ url: `${baseUrl}/events/${eventId}`, body: '{"name":"Another name"}' });
  });

  it.each([301, 302, 303, 307, 308])('does not follow a redirect with status %s', async (status) => {
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

  it('encodes ids and is not sent for an id that would change the path', async () => {
    const { client, sent } = fake([ok()]);
    await client.getEvent('a/b?c');
    expect(sent[0]?.url).toBe(`${baseUrl}/events/a%2Fb%3Fc`);
    for (const id of ['.', '..', '...']) {
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
    ['a key that is not ASCII', () => fake([]).client.createEvent(least, { idempotencyKey: '\u{1F511}' })],
    ['an input that cannot be serialized', () => fake([]).client.createEvent({ ...least, capacity: 1n as never })],
  ])('is not sent with %s', async (_what, call) => {
    await expect(call()).rejects.toMatchObject({
      name: 'EventsApiError',
      code: 'invalid-request',
      attempts: 0,
      cause: expect.objectContaining({ name: 'TypeError' }) as TypeError,
    });
  });

  it('carries the token and the client version, and no token for a public operation', async () => {
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

  it('carries the headers of the client and of the call, which take precedence', async () => {
    const { client, sent } = fake([ok()], { headers: { 'X-App': 'organizer', 'X-Trace': 'client' } });
    await client.getEvent(eventId, undefined, { headers: { 'x-trace': 'call', 'Client-Version': 'mine/1' } });
    expect(sent[0]?.headers).toMatchObject({ 'x-app': 'organizer', 'x-trace': 'call', 'client-version': 'mine/1' });
  });
});

describe('If-Match', () => {
  it.each([
    ['is the etag of the event', event, {}, event.etag],
    ['is the etag of a target object', { eventId, etag: '"9-000000000000"' }, {}, '"9-000000000000"'],
    ['is absent for a bare id', eventId, {}, undefined],
    ['is the ifMatch option, if given', event, { ifMatch: '*' }, '*'],
  ] as const)('%s', async (_what, target, options, expected) => {
    const { client, sent } = fake([ok(), ok(), ok(), ok(), empty()]);
    await client.updateEvent(target, {}, options);
    await client.publishEvent(target, undefined, options);
    await client.unpublishEvent(target, undefined, options);
    await client.cancelEvent(target, undefined, options);
    await client.deleteEvent(target, undefined, options);
    expect(sent.map(({ headers }) => headers['if-match'])).toEqual(Array.from({ length: 5 }, () => expected));
  });

  it('is not sent with reads', async () => {
    const { client, sent } = fake([ok()]);
    await client.getEvent(event);
    expect(sent[0]?.headers).not.toHaveProperty('if-match');
  });

  it('survives copying and serializing the event', async () => {
    const { client, sent } = fake([ok(), ok()]);
    const read = await client.getEvent(eventId);
    await client.updateEvent(JSON.parse(JSON.stringify({ ...read, selected: true })) as typeof read, {});
    expect(sent[1]?.headers['if-match']).toBe(event.etag);
  });
});

describe('Idempotency-Key', () => {
  it('is new for each call: 128 random bits in visible ASCII', async () => {
    const { client, sent } = fake([ok(), ok()]);
    await client.createEvent(least);
    await client.createEvent(least);
    const keys = sent.map(({ headers }) => headers['idempotency-key']);
    expect(keys[0]).toMatch(/^\d{1,10}(-\d{1,10}){3}$/);
    expect(new Set(keys).size).toBe(2);
  });

  it('is random in each of its parts', async () => {
    const { client, sent } = fake(Array.from({ length: 20 }, () => ok()));
    for (let call = 0; call < 20; call += 1) await client.createEvent(least);
    const parts = sent.map(({ headers }) => headers['idempotency-key']?.split('-'));
    for (const place of [0, 1, 2, 3])
      expect(new Set(parts.map((part) => Number(part?.[place]) >>> 16)).size).toBeGreaterThan(10);
  });

  it('is the idempotencyKey option, and absent if the operation takes none', async () => {
    const { client, sent } = fake([ok(), ok()]);
    await client.createEvent(least, { idempotencyKey: 'mine' });
    await client.updateEvent(eventId, {}, { idempotencyKey: 'mine' });
    expect(sent.map(({ headers }) => headers['idempotency-key'])).toEqual(['mine', undefined]);
  });

  it('does not need crypto.randomUUID, which is missing in pages served over http', async () => {
    const randomUUID = jest.spyOn(crypto, 'randomUUID').mockImplementation(() => {
      throw new TypeError('crypto.randomUUID is not a function');
    });
    const { client } = fake([ok()]);
    await expect(client.createEvent(least)).resolves.toEqual(event);
    randomUUID.mockRestore();
  });
});

describe('baseUrl', () => {
  it('must be absolute outside of a web page', () => {
    expect(() => createEventsClient({ baseUrl: '/api/v1' })).toThrow(
      'baseUrl is not a URL with http:// or https://; only a web page may omit them',
    );
  });

  it('may be relative in a web page', () => {
    Object.assign(globalThis, { location: { href: 'https://app.example.com/organize' } });
    expect(() => createEventsClient({ baseUrl: '/api/v1' })).not.toThrow();
    Reflect.deleteProperty(globalThis, 'location');
  });
});

describe('fetch', () => {
  it('is looked up at the time of the call, so it can be replaced after the client was created', async () => {
    const client = createEventsClient({ baseUrl });
    const replaced = jest.spyOn(globalThis, 'fetch').mockResolvedValue(ok({ status: 'ok', version: '1' }));
    await expect(client.getHealth()).resolves.toEqual({ status: 'ok', version: '1' });
    replaced.mockRestore();
  });

  it('is called without a receiver, as browsers require', async () => {
    const replaced = jest.fn(async () => ok());
    await fake([], { fetch: replaced }).client.getHealth();
    expect(replaced.mock.contexts).toEqual([undefined]);
  });
});
