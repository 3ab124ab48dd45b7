import { operations } from '../../src/contract/operations.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { badCredentials, challengeFor } from '../support/credentials.ts';
import { expectProblem } from '../support/problems.ts';
import { requestFor } from '../support/requests.ts';
import { sampled } from '../support/sample.ts';

const secured = operations.filter((operation) => operation.secured);

const optional = operations.filter(({ secured, acceptsToken }) => acceptsToken && !secured);

it('every operation requires a token, except the health check, feeds of calendars, and events, where it is optional', () => {
  const open = operations.filter(({ acceptsToken }) => !acceptsToken);
  expect(open.map(({ operationId }) => operationId)).toEqual(['getCalendar', 'getHealth']);
  expect(optional.map(({ operationId }) => operationId)).toEqual(['getEvent', 'getEventCalendar']);
  expect(secured.length).toBeGreaterThan(0);
});

describe.each(transports)('authentication (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  describe.each(sampled(secured).map((operation) => [operation.operationId, operation] as const))(
    'for %s',
    (_id, operation) => {
      it.each(badCredentials)('rejects a request with $name', async ({ make, ...credential }) => {
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

      it.each(['Bearer', 'bearer', 'BEARER', 'bEaReR'])('accepts the scheme spelled %s', async (scheme) => {
        const response = await api.send({
          ...requestFor(operation),
          headers: { Authorization: `${scheme} ${await api.issuer.token()}` },
        });
        expect([200, 201, 404]).toContain(response.status);
      });
    },
  );

  describe.each(optional.map((operation) => [operation.operationId, operation] as const))(
    'for %s, where it is optional',
    (_id, operation) => {
      it.each(badCredentials.filter(({ name }) => name !== 'no token'))(
        'rejects a request with $name',
        async ({ make, ...credential }) => {
          const headers = { Authorization: (await make(api.issuer)) ?? '' };
          const response = await api.send({ ...requestFor(operation), headers });
          expectProblem(response, 'unauthenticated', { detail: credential.detail });
          expect(response.headers).toMatchObject({
            'www-authenticate': challengeFor(credential),
            'cache-control': 'no-store',
            vary: 'Authorization, Origin',
          });
        },
      );

      it('rejects a request with an empty header, which names no caller', async () => {
        const response = await api.send({ ...requestFor(operation), headers: { Authorization: '' } });
        expectProblem(response, 'unauthenticated');
      });

      it('accepts a request without a token', async () => {
        expect([200, 404]).toContain((await api.send(requestFor(operation))).status);
      });
    },
  );

  it('accepts a token of 9,000 characters, as large as the headers may be', async () => {
    const token = await api.issuer.token({ scope: 'x'.repeat(6_200) });
    expect(token.length).toBeGreaterThan(8_500);
    expect(await api.send({ path: '/events', headers: { Authorization: `Bearer ${token}` } })).toMatchObject({
      status: 200,
    });
  });

  it('rejects HEAD without a token like GET, without a body', async () => {
    const response = await api.send({ method: 'HEAD', path: '/events' });
    expect(response).toMatchObject({
      status: 401,
      text: '',
      headers: { 'www-authenticate': 'Bearer realm="event-management"' },
    });
  });

  it('is not required by getHealth, which ignores the token', async () => {
    for (const headers of [{}, { Authorization: 'Bearer garbage' }]) {
      expect(await api.send({ path: '/health', headers })).toMatchObject({ status: 200, body: { status: 'ok' } });
    }
  });
});

describe.each(transports)('an unavailable token issuer (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    const tokens = { issuer: 'http://127.0.0.1:1', jwksUri: 'http://127.0.0.1:1/jwks', clientId: 'any' };
    api = await startTestApi(transport, { config: { tokens } });
  });
  afterAll(() => api.stop());

  it('makes every secured operation return 503, since the token may be valid', async () => {
    for (const operation of secured) {
      const response = await api.send({ ...requestFor(operation), as: 'organizer' });
      expectProblem(response, 'service-unavailable');
      expect(response.headers).toMatchObject({ 'retry-after': '1', 'cache-control': 'no-store' });
      expect(response.headers).not.toHaveProperty('www-authenticate');
    }
  });

  it('is logged once per request, with the cause', async () => {
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

  it('makes operations with an optional token return 503 if there is a token, which may be valid', async () => {
    for (const operation of optional) {
      expectProblem(await api.send({ ...requestFor(operation), as: 'organizer' }), 'service-unavailable');
      expect([200, 404]).toContain((await api.send(requestFor(operation))).status);
    }
  });

  it('does not affect requests without a token, or getHealth', async () => {
    expectProblem(await api.send({ path: '/events' }), 'unauthenticated');
    expect((await api.send({ path: '/health' })).status).toBe(200);
  });
});
