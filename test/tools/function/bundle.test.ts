/** The packed function, under Lambda's version of Node.js, with real tokens and a real database. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { functionNode } from '../../../scripts/function/node.ts';
import { durationClasses } from '../../../src/domain/events/index-keys.ts';
import { metricNamespace } from '../../../src/http/pipeline/metrics.ts';
import { startTestApi, type TestApi } from '../../support/api.ts';
import { asOthersSee, concert, draft, read, succeed } from '../../support/events.ts';
import {
  type BuiltFunction,
  buildFunction,
  type FunctionProcess,
  settingsOf,
  startFunction,
} from '../../support/function.ts';
import { toGatewayEvent } from '../../support/gateway.ts';
import { reset, silence, startFailingServer } from '../../support/failing-server.ts';
import { startLossyProxy } from '../../support/lossy-proxy.ts';
import { expectProblem } from '../../support/problems.ts';
import { testSettings } from '../../support/tables.ts';

const { version, isLambdas } = functionNode();
if (!isLambdas)
  process.stderr.write(`The bundle is tested under Node ${version}; Lambda has 24: "make node24" installs it.\n`);

describe(`the bundle under Node ${version}`, () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi('bundle');
  });
  afterAll(() => api.stop());
  beforeEach(() => void api.log.splice(0));

  it('serves public operations without a token, and requires one for the others', async () => {
    expect(await api.send({ path: '/health' })).toMatchObject({ status: 200, body: { status: 'ok' } });
    expectProblem(await api.send({ path: '/events' }), 'unauthenticated');
  });

  it('takes an event through its lifecycle, for the caller in the token', async () => {
    const event = await draft(api);
    expect(await read(api, event)).toEqual(event);
    const { location } = concert;
    const changed = await succeed(api, 'updateEvent', event, { body: { location }, ifMatch: event.etag });
    const published = await succeed(api, 'publishEvent', changed);
    expect(published).toMatchObject({ status: 'published', location });
    expect(await succeed(api, 'getEvent', event, { as: 'attendee' })).toMatchObject({ eventId: event.eventId });
    const listed = await api.send({ path: '/events?limit=5', as: 'attendee' });
    expect(listed).toMatchObject({ status: 200, body: { items: [asOthersSee(published)] } });
    expectProblem(
      await api.send({ method: 'DELETE', path: `/events/${event.eventId}`, as: 'rival' }),
      'not-event-organizer',
    );
    expect(await api.send({ method: 'DELETE', path: `/events/${event.eventId}`, as: 'organizer' })).toMatchObject({
      status: 204,
      text: '',
    });
    expectProblem(await api.send({ path: `/events/${event.eventId}`, as: 'organizer' }), 'event-not-found');
  });

  it('returns all errors of a body together', async () => {
    const body = { ...concert, name: '', capacity: 0, location: { kind: 'moon' } };
    const response = await api.send({ method: 'POST', path: '/events', body, as: 'organizer' });
    expectProblem(response, 'invalid-request', {
      errors: [
        ['/name', 'too-short'],
        ['/capacity', 'too-small'],
        ['/location/kind', 'invalid-value'],
      ],
    });
  });

  it('writes one log line per request, which is also its metric, and nothing else', async () => {
    const { headers } = await api.send({ path: '/events?limit=1', as: 'organizer' });
    expect(api.log).toEqual([
      expect.objectContaining({
        message: 'request',
        requestId: headers['x-request-id'],
        operationId: 'listEvents',
        statusClass: '2xx',
        Requests: 1,
      }),
    ]);
    expect(api.log[0]).toMatchObject({ _aws: { CloudWatchMetrics: [{ Namespace: metricNamespace }] } });
  });
});

describe('the start of the bundle', () => {
  let built: BuiltFunction;
  let api: TestApi;
  const started: FunctionProcess[] = [];
  beforeAll(async () => {
    built = buildFunction();
    api = await startTestApi('lambda');
  });
  afterEach(() => Promise.all(started.splice(0).map((one) => one.stop())));
  afterAll(async () => {
    await api.stop();
    built.remove();
  });

  async function start(changes: Readonly<Record<string, string>> = {}): Promise<FunctionProcess> {
    const one = await startFunction(built.folder, { ...settingsOf(api.config), ...changes }, () => {});
    started.push(one);
    return one;
  }
  const get = (rawPath: string, authorization?: string): APIGatewayProxyEventV2 => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    return { ...toGatewayEvent({ method: 'GET', path: '/', headers, bytes: undefined }), rawPath };
  };
  const statusOf = ({ statusCode }: APIGatewayProxyStructuredResultV2) => statusCode;

  it('strips the base path from every path, and adds it to Location', async () => {
    const one = await start({ BASE_PATH: '/api/v1' });
    const authorization = `Bearer ${await api.issuer.tokenFor('organizer')}`;
    expect(statusOf(await one.send(get('/api/v1/events', authorization)))).toBe(200);
    expect(statusOf(await one.send(get('/events', authorization)))).toBe(404);
    const bytes = Buffer.from(JSON.stringify(concert));
    const created = await one.send(
      toGatewayEvent({
        method: 'POST',
        path: '/api/v1/events',
        headers: { authorization, 'content-type': 'application/json' },
        bytes,
      }),
    );
    const { eventId } = JSON.parse(created.body ?? '') as { eventId: string };
    expect(created).toMatchObject({ statusCode: 201, headers: { location: `/api/v1/events/${eventId}` } });
  });

  it('writes nothing to standard error', async () => {
    const one = await start();
    const created = toGatewayEvent({
      method: 'POST',
      path: '/events',
      headers: { 'content-type': 'application/json' },
      bytes: Buffer.from('{}'),
    });
    await one.send({
      ...created,
      headers: { ...created.headers, authorization: `Bearer ${await api.issuer.tokenFor('organizer')}` },
    });
    await one.send(get('/events?limit=1', `Bearer ${await api.issuer.tokenFor('organizer')}`));
    // Warnings of Node.js are delayed.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(one.errorOutput()).toBe('');
  });

  it('waits for the token issuer for at most half a second, and then serves public operations', async () => {
    api.issuer.behave('hangs');
    const begin = performance.now();
    const one = await start();
    expect(performance.now() - begin).toBeLessThan(3_000);
    expect(statusOf(await one.send(get('/health')))).toBe(200);
    api.issuer.behave('up');
  });

  it('waits for a database that hangs for at most half a second, and starts without one', async () => {
    for (const failure of [silence, reset]) {
      const database = await startFailingServer(failure);
      const begin = performance.now();
      const one = await start({ DYNAMODB_ENDPOINT: database.endpoint });
      expect(performance.now() - begin).toBeLessThan(3_000);
      expect(statusOf(await one.send(get('/health')))).toBe(200);
      expect(one.errorOutput()).toBe('');
      await database.close();
    }
  });

  it('calls the database and fetches the keys once before the first request', async () => {
    const proxy = await startLossyProxy(testSettings().endpoint);
    const hits = api.issuer.hits;
    const one = await start({ DYNAMODB_ENDPOINT: proxy.endpoint });
    expect([proxy.calls, api.issuer.hits - hits]).toEqual([['GetItem'], 1]);
    expect(statusOf(await one.send(get('/events', `Bearer ${await api.issuer.tokenFor('organizer')}`)))).toBe(200);
    const queries = durationClasses.map(() => 'Query');
    expect([proxy.calls, api.issuer.hits - hits]).toEqual([['GetItem', ...queries], 1]);
    await one.stop();
    await proxy.close();
  });

  it('fails with one sentence that names the missing setting', async () => {
    await expect(start({ TOKEN_ISSUER: '' })).rejects.toThrow(/TOKEN_ISSUER is missing/);
  });
});
