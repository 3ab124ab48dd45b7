import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { operations } from '../../src/contract/operations.ts';
import type { LambdaHandler } from '../../src/http/lambda.ts';
import { createLogger } from '../../src/lib/log.ts';
import { startTestApi, type TestApi, type TestResponse } from '../support/api.ts';
import { concert, draft } from '../support/events.ts';
import { startTestHandler, toGatewayEvent } from '../support/gateway.ts';
import { testUsers } from '../support/issuer.ts';
import { expectProblem } from '../support/problems.ts';
import { requestFor } from '../support/requests.ts';

type Changes = Partial<Omit<APIGatewayProxyEventV2, 'requestContext' | 'headers'>> & {
  headers?: Record<string, string> | undefined;
  requestContext?: object;
};

describe('an event from API Gateway', () => {
  let api: TestApi;
  let handler: LambdaHandler;
  let authorization: string;
  const lines: Record<string, unknown>[] = [];
  beforeAll(async () => {
    api = await startTestApi('lambda');
    handler = startTestHandler(api.config, {
      log: createLogger({ write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) }),
    }).handler;
    authorization = `Bearer ${await api.issuer.tokenFor('organizer')}`;
  });
  afterAll(() => api.stop());

  /** Sends the event of `GET /events` with a valid token, with these changes. */
  async function send({ requestContext, ...changes }: Changes, method = 'GET'): Promise<TestResponse> {
    const usual = toGatewayEvent({ method, path: '/events', headers: { authorization }, bytes: undefined });
    const event = {
      ...usual,
      ...changes,
      requestContext: { ...usual.requestContext, ...requestContext },
    } as APIGatewayProxyEventV2;
    const { statusCode = 0, headers = {}, body: text = '' } = await handler(event, {} as Context);
    const lower = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
    );
    const isJson = lower['content-type']?.includes('json') === true;
    return { status: statusCode, headers: lower, text, body: isJson ? (JSON.parse(text) as unknown) : undefined };
  }

  const json = () => ({ authorization, 'content-type': 'application/json' });

  it.each(operations.filter(({ secured }) => secured).map((operation) => [operation.operationId, operation] as const))(
    'is rejected by %s without a token, with or without authorizer claims',
    async (_id, operation) => {
      const { method, path } = requestFor(operation);
      const claims = {
        sub: 'somebody',
        'cognito:groups': '[Organizers]',
        token_use: 'access',
        client_id: api.issuer.clientId,
      };
      for (const authorizer of [undefined, { jwt: { claims, scopes: [] } }, { lambda: claims }]) {
        expectProblem(
          await send({ rawPath: path, headers: {}, requestContext: { authorizer } }, method),
          'unauthenticated',
        );
      }
    },
  );

  describe.each(
    operations
      .filter(({ acceptsToken, secured }) => acceptsToken && !secured)
      .map((operation) => [operation.operationId, operation] as const),
  )('for %s, whose route has no authorizer', (_id, operation) => {
    let request: ReturnType<typeof requestFor>;
    let claims: Record<string, string>;
    beforeAll(async () => {
      const { eventId } = await draft(api);
      request = requestFor(operation, eventId);
      claims = { sub: testUsers.organizer, token_use: 'access', client_id: api.issuer.clientId };
    });
    const sendTo = (changes: Changes) => send({ rawPath: request.path, ...changes }, request.method);

    it('has the caller whom its token names', async () => {
      expect(await sendTo({})).toMatchObject({ status: 200 });
    });

    it('has no caller without a token, with or without authorizer claims', async () => {
      for (const authorizer of [undefined, { jwt: { claims, scopes: [] } }, { lambda: claims }])
        expectProblem(await sendTo({ headers: {}, requestContext: { authorizer } }), 'event-not-found');
    });

    it('has no caller because of any other header or cookie', async () => {
      const context = JSON.stringify({
        ...claims,
        authorizer: { jwt: { claims } },
        requestContext: { authorizer: { claims } },
      });
      const encoded = Buffer.from(context).toString('base64');
      const token = authorization.slice('Bearer '.length);
      const forgeries = [
        ...['x-apigateway-event', 'x-apigateway-context', 'x-amzn-request-context', 'x-gateway-authorizer'].map(
          (name) => ({
            [name]: encodeURIComponent(context),
          }),
        ),
        ...['x-amzn-oidc-data', 'x-amz-apigateway-authorizer', 'x-user-claims'].map((name) => ({ [name]: encoded })),
        ...['x-amzn-oidc-identity', 'x-forwarded-user', 'x-authenticated-userid', 'sub'].map((name) => ({
          [name]: testUsers.organizer,
        })),
        ...['proxy-authorization', 'x-authorization', 'x-original-authorization', 'x-forwarded-authorization'].map(
          (name) => ({ [name]: authorization }),
        ),
        ...['x-amzn-oidc-accesstoken', 'x-access-token', 'cookie'].map((name) => ({ [name]: `access_token=${token}` })),
      ];
      for (const headers of forgeries) expectProblem(await sendTo({ headers }), 'event-not-found');
    });

    it('is rejected with an invalid token, with or without authorizer claims', async () => {
      const expired = await api.issuer.token({ sub: claims['sub'], exp: Math.floor(Date.now() / 1000) - 60 });
      for (const invalid of [`Bearer ${expired}`, 'Bearer garbage', 'Bearer', '', `${authorization}, ${authorization}`])
        for (const authorizer of [undefined, { jwt: { claims, scopes: [] } }]) {
          const headers = { authorization: invalid };
          expectProblem(await sendTo({ headers, requestContext: { authorizer } }), 'unauthenticated', {
            detail: expect.any(String) as unknown as string,
          });
        }
    });
  });

  it('grants only the rights of the token, not those of the authorizer claims', async () => {
    const attendee = `Bearer ${await api.issuer.tokenFor('attendee')}`;
    const claims = { 'cognito:groups': ['Organizers'], sub: 'somebody' };
    const response = await send(
      {
        headers: { ...json(), authorization: attendee },
        body: JSON.stringify(concert),
        requestContext: { authorizer: { jwt: { claims } } },
      },
      'POST',
    );
    expectProblem(response, 'forbidden');
  });

  it.each([
    '/EVENTS',
    '/events/',
    '//events',
    '/./events',
    '/x/../events',
    '/events%',
    '/events%2F',
    '/%65vents',
    '/events;a=1',
    '/events ',
    ' /events',
    '/events\\',
    '/events?',
    '/events?status=draft',
    '/events#',
    '/events#a',
    '/events\u0000',
    '/events\ud800',
    '/événements',
    '',
    '/',
    'events',
    '/events/a/b',
    '/events/../health',
  ])('gets 404 for the unusual path %j', async (rawPath) => {
    for (const headers of [{}, { authorization }])
      expectProblem(await send({ rawPath, headers, requestContext: { authorizer: undefined } }), 'route-not-found');
  });

  it.each([
    '/events/%',
    '/events/a?b',
    '/events/a#b',
    '/events/a b',
    '/events/%41',
    '/events/\ud83d\ude00',
    '/events/\ud800x',
    '/events/\udfff',
    '/events/..',
    '/events/__proto__',
  ])('gets 400 for the id in the decoded path %j, after the check of the token', async (rawPath) => {
    expectProblem(await send({ rawPath, headers: {} }, 'DELETE'), 'unauthenticated');
    for (const headers of [{ authorization }, {}]) {
      const response = await send({ rawPath, headers });
      expect([response.status, (response.body as { code: string }).code]).toEqual([400, 'invalid-request']);
    }
  });

  it('may have a named stage before its path', async () => {
    const requestContext = { stage: 'prod' };
    expect((await send({ rawPath: '/prod/events', requestContext })).status).toBe(200);
    expect((await send({ rawPath: '/prod/health', headers: {}, requestContext })).status).toBe(200);
    for (const rawPath of [
      '/prod',
      '/prod/',
      '/prodevents',
      '/prod//events',
      '/prod/prod/events',
      '/PROD/events',
      '/test/events',
    ]) {
      expectProblem(await send({ rawPath, requestContext }), 'route-not-found');
    }
    expectProblem(await send({ rawPath: '/$default/events' }), 'route-not-found');
  });

  it('may lack headers, query and authorizer context', async () => {
    const bare = {
      headers: undefined,
      rawQueryString: undefined as unknown as string,
      requestContext: { authorizer: undefined },
    };
    expectProblem(await send(bare), 'unauthenticated');
    expect((await send({ ...bare, rawPath: '/health' })).status).toBe(200);
  });

  it('may have cookies, which are ignored', async () => {
    expect((await send({ cookies: ['a=b', 'authorization=Bearer x', ';;', '%'] })).status).toBe(200);
  });

  it('may have header names in any case', async () => {
    expect((await send({ headers: { AUTHORIZATION: authorization } })).status).toBe(200);
  });

  it('may have its body as text instead of base64', async () => {
    const response = await send({ headers: json(), body: JSON.stringify(concert), isBase64Encoded: false }, 'POST');
    expect(response).toMatchObject({ status: 201, body: concert });
  });

  it.each([
    ['binary junk', Buffer.from([0xff, 0xfe, 0x00, 0x80])],
    ['truncated UTF-8', Buffer.from('{"name":"ä').subarray(0, -1)],
    ['plain text', Buffer.from('Hello')],
  ])('gets 400 for a body that is %s', async (_what, bytes) => {
    const response = await send({ headers: json(), body: bytes.toString('base64'), isBase64Encoded: true }, 'POST');
    expect([response.status, (response.body as { code: string }).code]).toEqual([400, 'malformed-body']);
  });

  it('gets 400 for a body that is not base64', async () => {
    const response = await send({ headers: json(), body: '§§§', isBase64Encoded: true }, 'POST');
    expect(response.status).toBe(400);
  });

  it('gets 413 for a body that is too large, regardless of its Content-Length', async () => {
    const headers = { ...json(), 'content-length': '2' };
    expectProblem(
      await send({ headers, body: JSON.stringify({ name: 'x'.repeat(70_000) }) }, 'POST'),
      'body-too-large',
    );
  });

  it('may announce a body, chunks or an expectation without having a body', async () => {
    for (const extra of [
      { 'content-length': '10' },
      { 'transfer-encoding': 'chunked' },
      { expect: '100-continue', 'content-length': '10' },
    ] as Record<string, string>[]) {
      const response = await send({ headers: { ...json(), ...extra } }, 'POST');
      expect([response.status, (response.body as { code: string }).code]).toEqual([400, 'invalid-request']);
    }
    for (const name of ['expect', 'Expect', 'EXPECT']) {
      const headers = { ...json(), [name]: '100-continue' };
      const { status } = await send({ headers, body: JSON.stringify(concert) }, 'POST');
      expect([name, status]).toEqual([name, 201]);
    }
  });

  it('passes its request id to the response and the log, regardless of request headers', async () => {
    const requestContext = { requestId: 'JKJaXmPLvHcESHA=' };
    for (const name of ['x-gateway-request-id', 'X-Gateway-Request-Id', 'x-request-id']) {
      const both = { 'x-gateway-request-id': 'mine', [name]: 'mine', authorization };
      const response = await send({ headers: both, requestContext });
      expect(response.headers['x-request-id']).toBe('JKJaXmPLvHcESHA=');
      expect(lines.at(-1)).toMatchObject({ requestId: 'JKJaXmPLvHcESHA=', status: 200 });
    }
  });

  it('gets a new request id if it has none', async () => {
    const response = await send({ requestContext: { requestId: undefined } });
    expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});
