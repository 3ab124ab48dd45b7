import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { concert } from '../support/events.ts';
import { expectProblem } from '../support/problems.ts';

describe.each(transports)('a base path (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport, { config: { basePath: '/api/v1' } });
  });
  afterAll(() => api.stop());

  it('precedes every path, including that in Location', async () => {
    const created = await api.send({ method: 'POST', path: '/api/v1/events', body: concert, as: 'organizer' });
    expect(created).toMatchObject({ status: 201, headers: { location: `/api/v1/events/${created.body.eventId}` } });
    const read = await api.send({ path: created.headers['location'] ?? '', as: 'organizer' });
    expect(read).toMatchObject({ status: 200, body: created.body });
    expect((await api.send({ path: '/api/v1/health' })).status).toBe(200);
    expect((await api.send({ path: '/api/v1/events?limit=1', as: 'organizer' })).status).toBe(200);
  });

  it.each([
    '/events',
    '/health',
    '/',
    '/api',
    '/api/v1',
    '/api/v1/',
    '/api/v1events',
    '/api/v1x/events',
    '/api/v2/events',
    '/API/v1/events',
    '/api//v1/events',
    '//api/v1/events',
    '/api/v1//events',
    '/api/v1/events/',
    '/api/v1/api/v1/events',
    '/api/v1/../v1/events',
    '/api/v1?/events',
  ])('returns 404 for %s', async (path) => {
    for (const method of ['GET', 'POST', 'OPTIONS'])
      expectProblem(await api.send({ method, path, as: 'organizer' }), 'route-not-found');
  });

  it('precedes a path that is requested with an unknown method', async () => {
    const response = await api.send({ method: 'DELETE', path: '/api/v1/events' });
    expectProblem(response, 'method-not-allowed');
    expect(response.headers['allow']).toBe('GET, HEAD, OPTIONS, POST');
  });

  it('is not logged: the route is the path in the contract', async () => {
    await api.send({ path: '/api/v1/health' });
    expect(api.log.at(-1)).toMatchObject({ route: '/health', operationId: 'getHealth' });
  });
});

it('a base path also precedes the path of an absolute request target', async () => {
  const api = await startTestApi('socket', { config: { basePath: '/api/v1' } });
  expect((await api.send({ path: 'http://example.com/api/v1/health' })).status).toBe(200);
  expectProblem(await api.send({ path: 'http://example.com/health' }), 'route-not-found');
  expectProblem(await api.send({ path: 'http://example.com' }), 'route-not-found');
  await api.stop();
});
