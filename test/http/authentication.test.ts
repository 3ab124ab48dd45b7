import { operations } from '../../src/contract/operations.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { badCredentials, challengeFor } from '../support/credentials.ts';
import { expectProblem } from '../support/problems.ts';
import { requestFor } from '../support/requests.ts';

const secured = operations.filter((operation) => operation.secured);

it('is asked for by every operation but getHealth', () => {
  const open = operations.filter((operation) => !operation.secured);
  expect(open.map(({ operationId }) => operationId)).toEqual(['getHealth']);
  expect(secured.length).toBeGreaterThan(0);
});

describe.each(transports)('authentication (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  describe.each(secured.map((operation) => [operation.operationId, operation] as const))('of %s', (_id, operation) => {
    it.each(badCredentials)('refuses $name', async ({ make, ...credential }) => {
      const authorization = await make(api.issuer);
      const response = await api.send({
        ...requestFor(operation),
        headers: authorization === undefined ? {} : { Authorization: authorization },
      });
      expectProblem(response, 'unauthenticated', { detail: credential.detail });
      expect(response.headers).toMatchObject({
        'www-authenticate': challengeFor(credential),
        'cache-control': 'no-store',
      });
    });

    it.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])('takes the scheme as %s', async (scheme) => {
      const response = await api.send({
        ...requestFor(operation),
        headers: { Authorization: `${scheme} ${await api.issuer.token()}` },
      });
      expect([200, 201, 404]).toContain(response.status);
    });
  });

  it('answers HEAD as it answers GET', async () => {
    const response = await api.send({ method: 'HEAD', path: '/events' });
    expect(response).toMatchObject({
      status: 401,
      text: '',
      headers: { 'www-authenticate': 'Bearer realm="event-management"' },
    });
  });

  it('is not asked for by getHealth, which does not look at a token', async () => {
    for (const headers of [{}, { Authorization: 'Bearer garbage' }]) {
      expect(await api.send({ path: '/health', headers })).toMatchObject({ status: 200, body: { status: 'ok' } });
    }
  });
});

describe.each(transports)('an issuer that is down (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    const tokens = { issuer: 'http://127.0.0.1:1', jwksUri: 'http://127.0.0.1:1/jwks', clientId: 'any' };
    api = await startTestApi(transport, { config: { tokens } });
  });
  afterAll(() => api.stop());

  it('makes every secured operation unavailable, for the token may well be good', async () => {
    for (const operation of secured) {
      const response = await api.send({ ...requestFor(operation), as: 'organizer' });
      expectProblem(response, 'service-unavailable');
      expect(response.headers).toMatchObject({ 'retry-after': '1', 'cache-control': 'no-store' });
      expect(response.headers).not.toHaveProperty('www-authenticate');
    }
  });

  it('says so once per request in the log, with the reason', async () => {
    const before = api.log.length;
    const { headers } = await api.send({ path: '/events', as: 'organizer' });
    expect(api.log.slice(before)).toEqual([
      expect.objectContaining({
        level: 'error',
        requestId: headers['x-request-id'],
        status: 503,
        error: expect.objectContaining({
          name: 'IssuerUnavailable',
          cause: expect.objectContaining({ code: 'ECONNREFUSED' }),
        }),
      }),
    ]);
  });

  it('changes nothing for who sends no token, and for getHealth', async () => {
    expectProblem(await api.send({ path: '/events' }), 'unauthenticated');
    expect((await api.send({ path: '/health' })).status).toBe(200);
  });
});
