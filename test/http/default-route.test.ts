/**
 * The gateway's route `$default` has no authorizer and invokes the same function. However the path is spelled, no protected operation
 * is served through it without a valid token.
 */
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { generateKeyPair } from 'jose';
import type { Config } from '../../src/config.ts';
import type { LambdaHandler } from '../../src/http/lambda.ts';
import { createLogger } from '../../src/lib/log.ts';
import { exampleBodies, isOpen, type Operation, operations } from '../contract/contract.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { requestOf } from '../support/contract-requests.ts';
import { makeFor, type PathValues, type Send, snapshotOf } from '../support/domains.ts';
import { buildFunction, settingsOf, startFunction } from '../support/function.ts';
import { withConformanceCheck, startTestHandler, toGatewayEvent } from '../support/gateway.ts';
import { type LossyProxy, startLossyProxy } from '../support/lossy-proxy.ts';
import { testSettings } from '../support/tables.ts';
import { sampled } from '../support/sample.ts';

/** How the function is called: its handler in this process, or the package if one is built (`make check` does so). */
const ways: Readonly<Record<string, (config: Config) => Promise<{ handler: LambdaHandler; stop(): Promise<void> }>>> = {
  async handler(config) {
    const { handler, ready } = startTestHandler(config, { log: createLogger({ write: () => {} }) });
    await ready;
    return { handler, async stop() {} };
  },
  async bundle(config) {
    const { folder, remove } = buildFunction();
    const running = await startFunction(folder, settingsOf(config), () => {});
    return {
      handler: withConformanceCheck((event) => running.send(event), config.basePath),
      stop: () => running.stop().finally(remove),
    };
  },
};

/** Unusual spellings of a path, as `rawPath` may contain them. */
const spellings: Readonly<Record<string, (path: string) => string>> = {
  unchanged: (path) => path,
  'with a trailing slash': (path) => `${path}/`,
  'with two trailing slashes': (path) => `${path}//`,
  'with a capital letter': (path) => path.replace('/e', '/E'),
  'in capital letters': (path) => path.toUpperCase(),
  'with a doubled slash in front': (path) => `/${path}`,
  'with doubled slashes': (path) => path.replaceAll('/', '//'),
  'with an encoded letter': (path) => path.replace('e', '%65'),
  'with a letter encoded twice': (path) => path.replace('e', '%2565'),
  'with an encoded slash in front': (path) => `%2F${path.slice(1)}`,
  'with encoded slashes': (path) => `/${path.slice(1).replaceAll('/', '%2F')}`,
  'with an encoded trailing slash': (path) => `${path}%2f`,
  'with a dot segment': (path) => `/.${path}`,
  'with a parent segment': (path) => `/health/..${path}`,
  'with a matrix parameter': (path) => `${path};a=b`,
  'with a decoded query': (path) => `${path}?a=b`,
  'with a fragment': (path) => `${path}#a`,
  'with a backslash': (path) => path.replaceAll('/', '\\'),
  'with spaces around it': (path) => ` ${path} `,
  'with a line break': (path) => `${path}\r\n`,
  'with a zero byte': (path) => `${path}\u0000`,
  'with a stray percent sign': (path) => `${path}%`,
  'in full-width letters': (path) => path.replace('e', '\uff45'),
  'after the default stage': (path) => `/$default${path}`,
  'after another stage': (path) => `/prod${path}`,
  'after a base path': (path) => `/api/v1${path}`,
  'after another base path': (path) => `/api/v2${path}`,
  'as an absolute target': (path) => `https://api.example.com${path}`,
};

const secured = operations.filter((operation) => !isOpen(operation));

const available = Object.keys(ways).filter((way) => way !== 'bundle' || process.env['TEST_FUNCTION'] !== undefined);

describe.each(available)('the route $default, through the %s', (way) => {
  let api: TestApi;
  let proxy: LossyProxy;
  let credentials: Readonly<Record<string, string | undefined>>;
  const running: { basePath: string; handler: LambdaHandler; stop(): Promise<void> }[] = [];

  beforeAll(async () => {
    const { endpoint } = testSettings();
    [api, proxy] = await Promise.all([startTestApi('lambda'), startLossyProxy(endpoint)]);
    for (const basePath of ['', '/api/v1']) {
      const started = await ways[way]?.({
        ...api.config,
        basePath,
        database: { ...api.config.database, endpoint: proxy.endpoint },
      });
      if (started) running.push({ basePath, ...started });
    }
    const unknownKey = (await generateKeyPair('RS256')).privateKey;
    const [valid, forged] = await Promise.all([api.issuer.token(), api.issuer.token({}, { key: unknownKey })]);
    const [, claims = ''] = valid.split('.');
    credentials = {
      'no token': undefined,
      'a token signed with an unknown key': `Bearer ${forged}`,
      'a token with another signature': `Bearer ${valid.slice(0, -8)}AAAAAAAA`,
      'a token without a signature': `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`,
    };
  });
  afterAll(async () => {
    await Promise.all([...running.map(({ stop }) => stop()), api.stop()]);
    await proxy.close();
  });

  const asOrganizer: Send = (request) => api.send({ ...request, as: 'organizer' });
  const pathOf = (operation: Operation, values: PathValues) => requestOf(operation, values).path;

  /** Sends a request for an operation through `$default`, with this spelling of its path and this stage. */
  async function send(
    handler: LambdaHandler,
    { operationId, method }: Operation,
    rawPath: string,
    authorization: string | undefined,
    stage = '$default',
  ) {
    const [, body] = exampleBodies(operationId)[0] ?? [];
    const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const headers = { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) };
    const usual = toGatewayEvent({ method, path: '/', headers, bytes });
    const requestContext = {
      ...usual.requestContext,
      stage,
      authorizer: undefined,
    } as unknown as APIGatewayProxyEventV2['requestContext'];
    const { statusCode, body: text = '' } = await handler(
      { ...usual, routeKey: '$default', rawPath, requestContext },
      {} as Context,
    );
    const { code } = (text === '' ? {} : JSON.parse(text)) as { code?: string };
    return { status: statusCode, summary: `${statusCode} ${code}` };
  }

  const rejections = ['401 unauthenticated', '404 route-not-found'];

  it.each(sampled(secured).map((operation) => [operation.operationId, operation] as const))(
    'does not serve %s without a valid token, however its path is spelled',
    async (_, operation) => {
      const path = pathOf(operation, await makeFor(operation, asOrganizer));
      const before = await snapshotOf(asOrganizer);
      const served: object[] = [];
      proxy.calls.length = 0;
      for (const { basePath, handler } of running) {
        for (const [spelling, spell] of Object.entries(spellings)) {
          for (const [credential, authorization] of Object.entries(credentials)) {
            for (const stage of ['$default', 'prod']) {
              const { summary } = await send(handler, operation, spell(`${basePath}${path}`), authorization, stage);
              if (!rejections.includes(summary)) served.push({ basePath, spelling, credential, stage, summary });
            }
          }
        }
      }
      expect(served).toEqual([]);
      expect(proxy.calls).toEqual([]);
      expect(await snapshotOf(asOrganizer)).toEqual(before);
    },
  );

  it.each(sampled(secured).map((operation) => [operation.operationId, operation] as const))(
    'returns 404 for %s outside the base path, even with a valid token',
    async (_, operation) => {
      const path = pathOf(operation, await makeFor(operation, asOrganizer));
      const authorization = `Bearer ${await api.issuer.tokenFor('organizer')}`;
      const { handler } = running.find(({ basePath }) => basePath !== '') as (typeof running)[number];
      proxy.calls.length = 0;
      for (const outside of [
        '',
        '/',
        '/api',
        '/api/',
        '/api/v1x',
        '/api/v2',
        '/API/V1',
        '/api//v1',
        '/v1',
        '/api/v1/api/v1',
        '/api/v1/..',
        '/api%2Fv1',
        '/api\\v1',
      ]) {
        expect(await send(handler, operation, `${outside}${path}`, authorization)).toMatchObject({
          summary: rejections[1],
        });
      }
      expect(proxy.calls).toEqual([]);
    },
  );

  const served = sampled(secured);
  it('serves every secured operation with a valid token', async () => {
    const authorization = `Bearer ${await api.issuer.tokenFor('organizer')}`;
    proxy.calls.length = 0;
    for (const { basePath, handler } of running) {
      for (const operation of served) {
        const path = pathOf(operation, await makeFor(operation, asOrganizer));
        const { status } = await send(handler, operation, `${basePath}${path}`, authorization);
        // 409: a published event cannot be published.
        expect([200, 201, 204, 409]).toContain(status);
      }
    }
    expect(proxy.calls.length).toBeGreaterThanOrEqual(2 * served.length);
  });
});
