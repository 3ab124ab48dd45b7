/**
 * The gateway's route `$default` has no authorizer and leads to the same function. Whatever comes through it, however its path is
 * spelled, no protected operation is served without a good token.
 */
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { generateKeyPair } from 'jose';
import type { Config } from '../../src/config.ts';
import { operations } from '../../src/contract/operations.ts';
import type { LambdaHandler } from '../../src/http/lambda.ts';
import { createLogger } from '../../src/lib/log.ts';
import { startTestApi, type TestApi } from '../support/api.ts';
import { draft, type Event } from '../support/events.ts';
import { buildFunction, settingsOf, startFunction } from '../support/function.ts';
import { heldAgainstContract, startTestHandler, toGatewayEvent } from '../support/gateway.ts';
import { type LossyProxy, startLossyProxy } from '../support/lossy-proxy.ts';
import { requestFor } from '../support/requests.ts';
import { testSettings } from '../support/tables.ts';

/** How the function is reached: its handler in this process, or what `make deps` has packed. */
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
      handler: heldAgainstContract((event) => running.send(event), config.basePath),
      stop: () => running.stop().finally(remove),
    };
  },
};

/** Odd spellings of a path, as `rawPath` may hold them. */
const spellings: Readonly<Record<string, (path: string) => string>> = {
  'as it is': (path) => path,
  'with a slash at its end': (path) => `${path}/`,
  'with two slashes at its end': (path) => `${path}//`,
  'with a capital letter': (path) => path.replace('/e', '/E'),
  'in capital letters': (path) => path.toUpperCase(),
  'with a doubled slash in front': (path) => `/${path}`,
  'with doubled slashes': (path) => path.replaceAll('/', '//'),
  'with an encoded letter': (path) => path.replace('e', '%65'),
  'with an encoded letter, encoded again': (path) => path.replace('e', '%2565'),
  'with an encoded slash in front': (path) => `%2F${path.slice(1)}`,
  'with encoded slashes': (path) => `/${path.slice(1).replaceAll('/', '%2F')}`,
  'with an encoded slash at its end': (path) => `${path}%2f`,
  'with a dot segment': (path) => `/.${path}`,
  'behind a segment and back': (path) => `/health/..${path}`,
  'with a matrix parameter': (path) => `${path};a=b`,
  'with a query that was decoded into it': (path) => `${path}?a=b`,
  'with a fragment': (path) => `${path}#a`,
  'with a backslash': (path) => path.replaceAll('/', '\\'),
  'with spaces around it': (path) => ` ${path} `,
  'with a line end': (path) => `${path}\r\n`,
  'with a zero byte': (path) => `${path}\u0000`,
  'with a stray percent sign': (path) => `${path}%`,
  'in full-width letters': (path) => path.replace('e', '\uff45'),
  'behind the default stage': (path) => `/$default${path}`,
  'behind another stage': (path) => `/prod${path}`,
  'behind a base path': (path) => `/api/v1${path}`,
  'behind another base path': (path) => `/api/v2${path}`,
  'as an absolute target': (path) => `https://api.example.com${path}`,
};

const secured = operations.filter((operation) => operation.secured);

describe.each(Object.keys(ways))('$default, through the %s', (way) => {
  let api: TestApi;
  let proxy: LossyProxy;
  let event: Event;
  let credentials: Readonly<Record<string, string | undefined>>;
  const running: { basePath: string; handler: LambdaHandler; stop(): Promise<void> }[] = [];

  beforeAll(async () => {
    const { endpoint } = testSettings();
    [api, proxy] = await Promise.all([startTestApi('lambda'), startLossyProxy(endpoint)]);
    event = await draft(api);
    for (const basePath of ['', '/api/v1']) {
      const started = await ways[way]?.({
        ...api.config,
        basePath,
        database: { ...api.config.database, endpoint: proxy.endpoint },
      });
      if (started) running.push({ basePath, ...started });
    }
    const nobodysKey = (await generateKeyPair('RS256')).privateKey;
    const [good, forged] = await Promise.all([api.issuer.token(), api.issuer.token({}, { key: nobodysKey })]);
    const [, claims = ''] = good.split('.');
    credentials = {
      'no token': undefined,
      'a token that somebody else has signed': `Bearer ${forged}`,
      'a token with another signature': `Bearer ${good.slice(0, -8)}AAAAAAAA`,
      'a token without a signature': `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`,
    };
  });
  afterAll(async () => {
    await Promise.all([...running.map(({ stop }) => stop()), api.stop()]);
    await proxy.close();
  });

  /** Sends an operation through `$default`, its path spelled in some way, behind some stage. */
  async function send(
    handler: LambdaHandler,
    operation: (typeof secured)[number],
    rawPath: string,
    authorization: string | undefined,
    stage = '$default',
  ) {
    const { method, body } = requestFor(operation, event.eventId);
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
    return { status: statusCode, answer: `${statusCode} ${(JSON.parse(text) as { code?: string }).code}` };
  }

  const refusals = ['401 unauthenticated', '404 route-not-found'];

  it.each(secured.map((operation) => [operation.operationId, operation] as const))(
    'opens nothing of %s',
    async (_, operation) => {
      const { path } = requestFor(operation, event.eventId);
      const served: object[] = [];
      proxy.calls.length = 0;
      for (const { basePath, handler } of running) {
        for (const [spelling, spell] of Object.entries(spellings)) {
          for (const [credential, authorization] of Object.entries(credentials)) {
            for (const stage of ['$default', 'prod']) {
              const { answer } = await send(handler, operation, spell(`${basePath}${path}`), authorization, stage);
              if (!refusals.includes(answer)) served.push({ basePath, spelling, credential, stage, answer });
            }
          }
        }
      }
      expect(served).toEqual([]);
      expect(proxy.calls).toEqual([]);
      expect((await api.send({ path: `/events/${event.eventId}`, as: 'organizer' })).body).toEqual(event);
    },
  );

  it.each(secured.map((operation) => [operation.operationId, operation] as const))(
    'finds %s nowhere outside of the base path, even with a good token',
    async (_, operation) => {
      const { path } = requestFor(operation, event.eventId);
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
          answer: refusals[1],
        });
      }
      expect(proxy.calls).toEqual([]);
    },
  );

  it('serves each of them with a good token, so that what is refused above could have been served', async () => {
    const authorization = `Bearer ${await api.issuer.tokenFor('organizer')}`;
    for (const { basePath, handler } of running) {
      for (const operation of secured.filter(({ operationId }) => operationId !== 'deleteEvent')) {
        const { status } = await send(
          handler,
          operation,
          `${basePath}${requestFor(operation, event.eventId).path}`,
          authorization,
        );
        // 409: the event is a draft without a location, and stays one.
        expect([200, 201, 409]).toContain(status);
      }
    }
    expect(proxy.calls.length).toBeGreaterThanOrEqual(2 * (secured.length - 1));
  });
});
