import type { Context } from 'aws-lambda';
import { createLogger } from '../../src/lib/log.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { startTestHandler, toGatewayEvent } from '../support/gateway.ts';
import { expectProblem } from '../support/problems.ts';
import { rawConnect } from '../support/raw-client.ts';
import { publishedEvent } from '../support/writes.ts';

const id = '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31';

const unknownPaths = [
  '/',
  '//',
  '/events/',
  '/Events',
  '/EVENTS',
  '//events',
  '/events//',
  `/events//${id}`,
  `//events/${id}`,
  `/EVENTS/${id}`,
  `/events/${id}/`,
  `/events/${id}//publish`,
  `/events/${id}/Publish`,
  `/events/${id}/publish/`,
  `/events/${id}/attendees`,
  `/events/./${id}`,
  `/x/../events`,
  '/events/../events',
  '/events;a=b',
  '/events.json',
  '/health/',
  '/Health',
  '/healthz',
  '/docs',
  '/openapi.json',
  '/favicon.ico',
  '/index.php',
  '/v1/events',
  '/events\\',
  '/events%20',
  '/events%00',
  '/events%3F',
  '/events%23',
  '/__proto__',
  '/constructor',
  `/${'a/'.repeat(2_000)}`,
  `/${'a'.repeat(8_000)}`,
];

describe.each(transports)('the routing of paths (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it.each(unknownPaths.map((path) => [path.slice(0, 60), path] as const))(
    'returns 404 for %s with any method, with or without a token',
    async (_, path) => {
      for (const method of ['GET', 'POST', 'PATCH', 'OPTIONS', 'PROPFIND'])
        expectProblem(await api.send({ method, path }), 'route-not-found');
      const response = await api.send({ path, as: 'organizer' });
      expectProblem(response, 'route-not-found');
      expect(response.headers).not.toHaveProperty('www-authenticate');
    },
  );

  it('serves the paths of the contract', async () => {
    const path = await publishedEvent(api);
    for (const known of [path, `${path}?`, '/events', '/events?', '/health', '/health?']) {
      expect((await api.send({ path: known, as: 'attendee' })).status).toBe(200);
    }
  });

  it.each([
    ['a letter', '/events/', '/%65vents/'],
    ['every letter', '/events/', '/%65%76%65%6e%74%73/'],
    ['a slash', '/events/', '/events%2F'],
    ['a hyphen of the id', '-', '%2d'],
  ])('serves a path in which %s is percent-encoded', async (_, plain, encoded) => {
    const path = await publishedEvent(api);
    const spelling = path.replace(plain, encoded);
    expect(spelling).not.toBe(path);
    expect(await api.send({ path: spelling, as: 'attendee' })).toMatchObject({ status: 200 });
    expect(await api.send({ path: `${spelling}/%70ublish?x=%2F`, method: 'POST', as: 'organizer' })).toMatchObject({
      status: 400,
      body: { errors: [{ parameter: 'x' }] },
    });
  });

  it.each([
    '/%2565vents',
    '/%45vents',
    '/events%2F',
    '/%2Fevents',
    '/events%3Flimit=1',
    '/events%23',
    '/%2e%2e/events',
  ])('decodes a path once, and changes nothing else: 404 for %s', async (path) => {
    expectProblem(await api.send({ path, as: 'organizer' }), 'route-not-found');
  });

  it('treats an unusual last segment as an invalid event id', async () => {
    for (const segment of ['5', '.', '..', '%252F', '%E2%82%AC', '%5B%5D', '*', ':eventId', '{eventId}', '~', '%00']) {
      const path = `/events/${segment}`;
      for (const request of [{ path }, { path, as: 'attendee' } as const])
        expectProblem(await api.send(request), 'invalid-request', { errors: [['eventId', 'invalid-format']] });
      expectProblem(await api.send({ method: 'DELETE', path }), 'unauthenticated');
    }
  });
});

describe('a raw request target', () => {
  let api: TestApi;
  let path: string;
  beforeAll(async () => {
    api = await startTestApi('socket');
    path = await publishedEvent(api);
  });
  afterAll(() => api.stop());

  it.each([
    ['an encoded slash in front', () => '/%2Fevents'],
    ['a stray %', () => '/events/%'],
    ['half an escape', () => '/events/%4'],
    ['an invalid escape', () => '/%zz'],
    ['an escape that is not UTF-8', () => '/events/%ff'],
    ['a truncated character', () => `${path}%C3/publish`],
    ['a raw #', () => '/events#x'],
    ['a raw # after a query', () => '/events?limit=1#x'],
    ['a raw # at the start', () => '/#'],
    ['an asterisk', () => '*'],
    ['another scheme', () => 'ftp://localhost/events'],
    ['an authority without a path', () => 'http://localhost'],
    ['two slashes after an authority', () => 'http://localhost//events'],
  ])('returns 404 with %s', async (_, target) => {
    const client = await rawConnect(Number(new URL(api.url).port));
    client.send(`GET ${target()} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(await client.closed()).toMatch(/^HTTP\/1.1 404 [^]*application\/problem\+json[^]*"code":"route-not-found"/);
  });

  it.each(['OPTIONS *', 'GET events', 'GET #', 'GET \u00e9', 'CONNECT localhost:80', 'GET /\x00'])(
    'returns 400 or 404 and does not stop the server: %j',
    async (line) => {
      const client = await rawConnect(Number(new URL(api.url).port));
      client.send(`${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      expect(await client.closed()).toMatch(/^(HTTP\/1.1 40[04] [^]*"code":"(route-not-found|malformed-request)"|$)/);
      expect((await api.send({ path: '/health' })).status).toBe(200);
    },
  );

  it('may be in absolute form (RFC 9112)', async () => {
    const authorization = `Authorization: Bearer ${await api.issuer.tokenFor('attendee')}`;
    for (const target of [
      `http://localhost${path}`,
      `HTTPS://other.example:8443${path}`,
      'http://localhost/events?limit=1',
      'http://localhost/health',
    ]) {
      const client = await rawConnect(Number(new URL(api.url).port));
      client.send(`GET ${target} HTTP/1.1\r\nHost: localhost\r\n${authorization}\r\nConnection: close\r\n\r\n`);
      expect(await client.closed()).toMatch(/^HTTP\/1.1 200 /);
    }
  });
});

describe('a path behind the gateway', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi('lambda');
  });
  afterAll(() => api.stop());

  it('is served as the gateway decoded it', async () => {
    const path = await publishedEvent(api);
    const { handler } = startTestHandler(api.config, { log: createLogger({ write: () => undefined }) });
    const headers = { authorization: `Bearer ${await api.issuer.tokenFor('attendee')}` };
    for (const encoded of [path.replace('/events/', '/%65vents/'), path.replace('/events/', '/events%2F')]) {
      const event = toGatewayEvent({ method: 'GET', path: encoded, headers, bytes: undefined });
      expect(event.rawPath).toBe(path);
      expect(await handler(event, {} as Context)).toMatchObject({ statusCode: 200 });
    }
  });

  it('is an invalid event id if it has a bare % after decoding', async () => {
    for (const segment of ['%25', '%254', '100%25', '%25zz', '%25ff', '%23', '%3F']) {
      expect(await api.send({ path: `/events/${segment}`, as: 'attendee' })).toMatchObject({
        status: 400,
        body: { code: 'invalid-request' },
      });
    }
  });
});
