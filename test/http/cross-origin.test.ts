import { startTestApi, type TestApi, type TestRequest } from '../support/api.ts';
import { concert } from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';

const origin = 'https://app.example.com';
const other = 'https://app.example.com.evil.example';
const exposed =
  'Apigw-Requestid,Cache-Control,Content-Disposition,Deprecation,Dry-Run,ETag,Idempotency-Replayed,Link,Location,Retry-After,Sunset,WWW-Authenticate,X-Request-Id';

function preflight(path: string, from: string = origin): TestRequest {
  return {
    method: 'OPTIONS',
    path,
    headers: {
      Origin: from,
      'Access-Control-Request-Method': 'PATCH',
      'Access-Control-Request-Headers': 'authorization,content-type,if-match',
    },
  };
}

const corsHeaders = ({ headers }: { headers: Readonly<Record<string, string>> }) =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-'));

describe.each(['', '/api/v1'])('CORS on the Node.js server with the base path "%s"', (basePath) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi('socket', { config: { basePath, corsOrigins: [origin, 'http://localhost:5173'] } });
  });
  afterAll(() => api.stop());

  /** The same request below the base path. */
  const below = (request: TestRequest): TestRequest => ({ ...request, path: basePath + request.path });

  it.each(['/events', '/events/not-an-id', '/events/not-an-id/cancel', '/health'])(
    'allows a preflight request for %s without a token',
    async (path) => {
      const response = await api.send(below(preflight(path)));
      expect(response).toMatchObject({
        status: 204,
        text: '',
        headers: {
          'access-control-allow-origin': origin,
          'access-control-allow-methods': 'DELETE,GET,HEAD,PATCH,POST,PUT',
          'access-control-allow-headers':
            'Authorization,Client-Version,Content-Type,Idempotency-Key,If-Match,If-None-Match',
          'access-control-max-age': '7200',
          vary: 'Origin',
          allow: expect.stringContaining('OPTIONS'),
          'x-request-id': expect.any(String),
        },
      });
      expect(response.headers).not.toHaveProperty('access-control-allow-credentials');
    },
  );

  it('allows a page to send headers that are configured, such as traceparent, and an app to call from its web view', async () => {
    const own = await startTestApi('socket', {
      config: { corsOrigins: ['capacitor://localhost'], corsHeaders: ['traceparent'] },
    });
    const { headers } = await own.send(preflight('/events', 'capacitor://localhost'));
    const traced = { path: '/health', headers: { Origin: 'capacitor://localhost', traceparent: '00-1-1-01' } };
    expect(await own.send(traced)).toMatchObject({
      status: 200,
      headers: { 'access-control-allow-origin': 'capacitor://localhost' },
    });
    await own.stop();
    expect(headers).toMatchObject({
      'access-control-allow-origin': 'capacitor://localhost',
      'access-control-allow-headers':
        'Authorization,Client-Version,Content-Type,Idempotency-Key,If-Match,If-None-Match,traceparent',
    });
  });

  it('allows each configured origin', async () => {
    const { headers } = await api.send(below(preflight('/events', 'http://localhost:5173')));
    expect(headers['access-control-allow-origin']).toBe('http://localhost:5173');
  });

  it.each([other, 'http://app.example.com', 'https://APP.example.com', 'null'])(
    'does not allow the origin %s',
    async (from) => {
      const responses = [
        await api.send(below(preflight('/events', from))),
        await api.send(below({ path: '/health', headers: { Origin: from } })),
      ];
      expect(responses.map(({ status }) => status)).toEqual([204, 200]);
      for (const { headers } of responses) {
        expect(headers).not.toHaveProperty('access-control-allow-origin');
        expect(headers['vary']).toBe('Origin');
      }
    },
  );

  it.each<[string, TestRequest, number]>([
    ['a response', { path: '/events', as: 'organizer' }, 200],
    ['a response to HEAD', { method: 'HEAD', path: '/events', as: 'organizer' }, 200],
    ['a missing token', { path: '/events' }, 401],
    ['a missing role', { method: 'POST', path: '/events', body: concert, as: 'attendee' }, 403],
    ['an unknown path', { path: '/nothing' }, 404],
    ['another method', { method: 'PUT', path: '/events' }, 405],
    ['an invalid request', { path: '/events?color=red', as: 'organizer' }, 400],
  ])('exposes %s and its headers to an allowed origin', async (_what, request, status) => {
    const response = await api.send(below({ ...request, headers: { Origin: origin } }));
    expect(response).toMatchObject({
      status,
      headers: { 'access-control-allow-origin': origin, 'access-control-expose-headers': exposed, vary: 'Origin' },
    });
  });

  it.each(['/nothing', '/', '/api', '/api/v2/events', '/API/v1/events', '/api/v1events', '/%ff'])(
    'exposes the response for %s, which is outside of every base path, to an allowed origin only',
    async (path) => {
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const response = await api.send({ method, path, headers: { Origin: origin } });
        expectProblem(response, 'route-not-found');
        expect(response.headers).toMatchObject({
          'access-control-allow-origin': origin,
          'access-control-expose-headers': exposed,
          vary: 'Origin',
        });
        const { headers } = await api.send({ method, path, headers: { Origin: other } });
        expect(headers).not.toHaveProperty('access-control-allow-origin');
      }
    },
  );

  it('exposes the Location and the ETag of a new event', async () => {
    const create = { method: 'POST', path: '/events', body: concert, as: 'organizer' } as const;
    const { headers } = await api.send(below({ ...create, headers: { Origin: origin } }));
    expect(headers['access-control-expose-headers']?.split(',')).toEqual(expect.arrayContaining(['Location', 'ETag']));
  });
});

describe('CORS on Lambda', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi('lambda', { config: { corsOrigins: [origin] } });
  });
  afterAll(() => api.stop());

  it.each(['/events', '/events/not-an-id', '/events?color=red', '/events/not-an-id/publish', '/health'])(
    'returns 204 to a preflight request for %s before any check; the gateway adds the headers',
    async (path) => {
      const response = await api.send(preflight(path));
      expect(response).toMatchObject({ status: 204, text: '', headers: { allow: expect.stringContaining('OPTIONS') } });
      expect(corsHeaders(response)).toEqual([]);
    },
  );

  it('adds no headers in the function', async () => {
    const response = await api.send({ path: '/events', headers: { Origin: origin } });
    expectProblem(response, 'unauthenticated');
    expect(corsHeaders(response)).toEqual([]);
  });
});

it('CORS on the Node.js server adds no headers if no origin is configured', async () => {
  const api = await startTestApi('socket');
  const response = await api.send(preflight('/events'));
  await api.stop();
  expect([response.status, corsHeaders(response)]).toEqual([204, []]);
});
