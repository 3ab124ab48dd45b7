import { startTestApi, type TestApi } from '../support/api.ts';
import { rawConnect, type RawClient } from '../support/raw-client.ts';
import { minimalEvent } from '../support/writes.ts';

const body = JSON.stringify(minimalEvent);

describe('a body that arrives late or never', () => {
  let api: TestApi;
  let clients: RawClient[];
  beforeAll(async () => {
    api = await startTestApi('socket', { limits: { headersTimeout: 400, requestTimeout: 800 } });
  });
  beforeEach(() => (clients = []));
  afterEach(() => clients.forEach(({ socket }) => socket.destroy()));
  afterAll(() => api.stop());

  async function open(): Promise<RawClient> {
    const client = await rawConnect(Number(new URL(api.url).port));
    clients.push(client);
    return client;
  }
  const bearer = async (user: 'organizer' | 'attendee') =>
    `Authorization: Bearer ${await api.issuer.tokenFor(user)}\r\n`;
  const post = (headers: string, length = body.length) =>
    `POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n${headers}\r\n`;

  describe('with Expect: 100-continue', () => {
    const expects = 'Expect: 100-continue\r\n';

    it('gets 100 Continue for an authorized caller', async () => {
      const client = await open();
      client.send(post(expects + (await bearer('organizer'))));
      expect(await client.until(/\r\n\r\n/)).toBe('HTTP/1.1 100 Continue\r\n\r\n');
      client.send(body);
      expect(await client.until(/"eventId"/)).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 201 /);
    });

    it.each([
      ['without a token', 401, async () => post(expects)],
      ['without the role', 403, async () => post(expects + (await bearer('attendee')))],
      ['with a body above the maximum size', 413, async () => post(expects + (await bearer('organizer')), 65_537)],
      [
        'with an unknown media type',
        415,
        async () => post(expects + (await bearer('organizer'))).replace('application/json', 'text/plain'),
      ],
      [
        'with a chunked body of an unknown media type',
        415,
        async () =>
          post(expects + (await bearer('organizer')))
            .replace('application/json', 'text/plain')
            .replace(/Content-Length: \d+/, 'Transfer-Encoding: chunked'),
      ],
      ['to an unknown path', 404, async () => post(expects).replace('/events', '/nowhere')],
      ['with an unknown method', 405, async () => post(expects).replace('POST', 'PUT')],
    ])('gets a problem instead of 100 Continue for a caller %s', async (_, status, request) => {
      const client = await open();
      client.send(await request());
      expect(await client.until(/"requestId":"[^"]*"/)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(client.received()).not.toContain('100 Continue');
    });
  });

  it('times out if it stops half-way, while other requests are served', async () => {
    const stalled = await Promise.all(Array.from({ length: 50 }, open));
    const headers = await bearer('organizer');
    for (const client of stalled) client.send(post(headers) + body.slice(0, 20));
    const cutOff = stalled.map((client) => client.closed());
    const first = await Promise.race([
      api.send({ path: '/events', as: 'attendee' }).then(({ status }) => status),
      ...cutOff,
    ]);
    expect(first).toBe(200);
    for (const response of await Promise.all(cutOff)) {
      expect(response).toMatch(
        /^HTTP\/1.1 408 [^]*Content-Type: application\/problem\+json[^]*"code":"request-timeout"/i,
      );
    }
  });

  it('times out if it arrives byte by byte', async () => {
    const client = await open();
    client.send(post(await bearer('organizer'), 60_000));
    const timer = setInterval(() => client.send(' '), 20);
    const response = await client.closed().finally(() => clearInterval(timer));
    expect(response).toMatch(/^HTTP\/1.1 408 /);
  });

  it('times out if the headers stop half-way', async () => {
    const client = await open();
    client.send('POST /events HTTP/1.1\r\nHost: localhost\r\nX-');
    expect(await client.closed()).toMatch(/^HTTP\/1.1 408 [^]*"code":"request-timeout"/);
  });

  it('is cut off after the response if it is endless and the operation does not read it', async () => {
    for (const [request, status] of [
      [post('', 1e12), 401],
      [
        post(await bearer('organizer'), 1e12).replace(
          '/events',
          '/events/5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31/publish',
        ),
        404,
      ],
    ] as const) {
      const client = await open();
      client.send(request);
      const timer = setInterval(() => client.send('x'.repeat(1_000)), 5);
      const response = await client.closed().finally(() => clearInterval(timer));
      expect(response).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(response.match(/HTTP\/1.1/g)).toHaveLength(1);
    }
  });

  it('creates no event if the client disconnects half-way, and logs no error', async () => {
    const headers = await bearer('organizer');
    for (let at = 0; at < 20; at += 1) {
      const client = await open();
      client.send(post(headers) + body.slice(0, -1));
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (at % 2) client.socket.destroy();
      else client.socket.resetAndDestroy();
    }
    const mine = await api.send({ path: '/events?organizerId=me&startsFrom=2030-06-21T19:00:00Z', as: 'organizer' });
    expect(mine).toMatchObject({ status: 200, body: { items: [] } });
    expect(api.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
