import { operations } from '../../src/contract/operations.ts';
import { startTestApi, type TestApi, type TestResponse, transports } from '../support/api.ts';
import { expectProblem } from '../support/problems.ts';
import { rawConnect } from '../support/raw-client.ts';
import { fillPath } from '../support/requests.ts';
import { updateRequest, publishedEvent } from '../support/writes.ts';

const all = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'TRACE',
  'PROPFIND',
  'PURGE',
  'QUERY',
  'M-SEARCH',
  'LINK',
];

/** The paths of the contract with the methods that `Allow` names, in its order. */
const paths = [...new Set(operations.map(({ path }) => path))].map((path) => {
  const own = operations.filter((operation) => operation.path === path).map(({ method }) => method.toUpperCase());
  return [path, [...own, ...(own.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort()] as const;
});

const filled = (path: string) => fillPath(path, '5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31');

/** The headers of a response that are the same for an identical request. */
const constantHeaders = ({ headers }: TestResponse) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !['date', 'x-request-id'].includes(name)));

describe.each(transports)('HTTP methods (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it.each(paths)(
    'of the path %s are %j; any other gets 405 with Allow, before the token is checked',
    async (path, methods) => {
      const others = all.filter((method) => !methods.includes(method) && method !== 'HEAD');
      expect(others.length).toBeGreaterThan(5);
      for (const method of others) {
        const response = await api.send({ method, path: filled(path) });
        expectProblem(response, 'method-not-allowed');
        expect(response.headers['allow']).toBe(methods.join(', '));
      }
    },
  );

  it.each(paths)('of the path %s are returned by OPTIONS, without a token', async (path, methods) => {
    for (const headers of [{}, { authorization: 'Bearer nonsense' }, { 'content-type': 'text/plain' }]) {
      const response = await api.send({ method: 'OPTIONS', path: `${filled(path)}?anything=%`, headers });
      expect(response).toMatchObject({ status: 204, text: '', headers: { allow: methods.join(', ') } });
      expect(response.headers).not.toHaveProperty('content-type');
      expect(response.headers['x-request-id']).toBeDefined();
    }
  });

  it.each(paths.filter(([, methods]) => !methods.includes('HEAD')))(
    'of the path %s exclude HEAD, which gets 405 without a body',
    async (path, methods) => {
      const response = await api.send({ method: 'HEAD', path: filled(path) });
      expect(response).toMatchObject({
        status: 405,
        text: '',
        headers: { allow: methods.join(', '), 'content-type': 'application/problem+json' },
      });
    },
  );

  it('include HEAD with the status, headers and length of GET, without its body', async () => {
    const path = await publishedEvent(api);
    for (const target of [
      path,
      '/events?startsFrom=2030-01-01T00:00:00Z',
      '/health',
      '/events/5',
      '/events?color=red',
      filled('/events/{eventId}'),
      '/nowhere',
      '/events/',
    ]) {
      for (const as of ['attendee', undefined] as const) {
        const request = { path: target, ...(as ? { as } : {}) };
        const got = await api.send(request);
        const head = await api.send({ ...request, method: 'HEAD' });
        expect(head).toMatchObject({ status: got.status, text: '' });
        const length =
          transport === 'socket' || 'content-length' in head.headers ? String(Buffer.byteLength(got.text)) : undefined;
        // Behind the gateway, request ids differ in length.
        expect({ ...constantHeaders(head), 'content-length': 0 }).toEqual({
          ...constantHeaders(got),
          'content-length': 0,
        });
        if (got.status === 200) expect(head.headers['content-length']).toBe(length);
      }
    }
  });

  it('cannot be overridden by a header', async () => {
    expectProblem(
      await api.send({
        ...updateRequest({ name: 'abc' }, '/events'),
        method: 'PUT',
        headers: { 'X-HTTP-Method-Override': 'POST' },
      }),
      'method-not-allowed',
    );
  });

  it('ignore conditional headers of GET: every response is complete', async () => {
    const path = await publishedEvent(api);
    const { headers } = await api.send({ path, as: 'attendee' });
    for (const condition of [
      { 'If-None-Match': headers['etag'] as string },
      { 'If-None-Match': '*' },
      { 'If-Modified-Since': new Date(Date.now() + 1e6).toUTCString() },
    ]) {
      expect((await api.send({ path, headers: condition, as: 'attendee' })).status).toBe(200);
    }
    for (const target of ['/events', '/health', '/nowhere']) {
      const { headers: others } = await api.send({ path: target, as: 'attendee', headers: { 'If-None-Match': '*' } });
      expect(others).not.toHaveProperty('etag');
      expect(others).not.toHaveProperty('last-modified');
    }
  });

  it('do not reveal the server software', async () => {
    for (const request of [
      { path: '/health' },
      { path: '/nowhere' },
      { path: '/events' },
      { method: 'OPTIONS', path: '/events' },
      { method: 'PUT', path: '/events' },
    ]) {
      const { headers } = await api.send(request);
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('server');
    }
  });
});

describe('a method that Node.js does not know', () => {
  let api: TestApi;
  afterEach(() => api.stop());

  it('is a malformed request on the Node.js server', async () => {
    api = await startTestApi('socket');
    for (const method of ['BREW', 'get', 'G\u00cbT']) {
      const client = await rawConnect(Number(new URL(api.url).port));
      client.send(`${method} /events HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      expect(await client.closed()).toMatch(/^HTTP\/1.1 400 [^]*"code":"malformed-request"/);
    }
  });

  it('returns 405 behind the gateway', async () => {
    api = await startTestApi('lambda');
    for (const method of ['BREW', '__proto__', 'constructor'])
      expectProblem(await api.send({ method, path: '/events' }), 'method-not-allowed');
  });
});
