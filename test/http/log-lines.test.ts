import { metricNamespace } from '../../src/http/pipeline/metrics.ts';
import { forEachTable } from '../../src/storage/tables.ts';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { badCredentials } from '../support/credentials.ts';
import { call, concert, draft } from '../support/events.ts';
import { silence, startFailingServer } from '../support/failing-server.ts';
import { testUsers } from '../support/issuer.ts';
import { rawConnect } from '../support/raw-client.ts';
import { nonexistentEventId } from '../support/requests.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe.each(transports)('the log (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());
  beforeEach(() => void api.log.splice(0));

  /** The fields that make a line a CloudWatch metric, written only on Lambda. */
  function metric(dimensions: { operationId: string; statusClass: string }): object {
    if (transport === 'socket') return {};
    return { _aws: expect.any(Object), ...dimensions, Requests: 1, Duration: expect.any(Number) };
  }

  it('has one line per request, with exactly these fields', async () => {
    const { headers } = await call(api, 'updateEvent', nonexistentEventId, { body: {} });
    expect(api.log).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        level: 'info',
        message: 'request',
        requestId: headers['x-request-id'],
        operationId: 'updateEvent',
        method: 'PATCH',
        route: '/events/{eventId}',
        status: 404,
        durationMs: expect.any(Number),
        sub: testUsers.organizer,
        ...metric({ operationId: 'updateEvent', statusClass: '4xx' }),
      },
    ]);
  });

  it('contains the Client-Version that a request has', async () => {
    await api.send({ path: '/health', headers: { 'Client-Version': 'js/0.1.0' } });
    await api.send({ path: '/health', headers: { 'Client-Version': 'x'.repeat(101) } });
    expect(api.log.map(({ status, client }) => ({ status, client }))).toEqual([
      { status: 200, client: 'js/0.1.0' },
      { status: 400, client: 'x'.repeat(100) },
    ]);
  });

  it('says of a dry run that it was one, even if it fails', async () => {
    const { eventId } = await draft(api);
    api.log.splice(0);
    const rename = (query: string, id = eventId, as?: 'attendee') =>
      api.send({ method: 'PATCH', path: `/events/${id}${query}`, body: { name: 'Other' }, as: as ?? 'organizer' });
    for (const query of ['?dryRun=true', '?dryRun=false', '', '?dryRun=yes']) await rename(query);
    await rename('?dryRun=true', nonexistentEventId);
    await rename('?dryRun=true', eventId, 'attendee');
    expect(api.log.map(({ status, dryRun }) => [status, dryRun])).toEqual([
      [200, true],
      [200, undefined],
      [200, undefined],
      [400, undefined],
      [404, true],
      // Its query was not looked at.
      [403, undefined],
    ]);
  });

  it('contains only what is known of a request without an operation', async () => {
    await api.send({ path: '/nothing', as: 'organizer' });
    await api.send({ method: 'PUT', path: '/events', as: 'organizer' });
    await api.send({ method: 'OPTIONS', path: '/events' });
    await api.send({ path: '/health' });
    await api.send({ path: '/events' });
    const known = api.log.map(({ operationId, method, route, status, sub }) => ({
      operationId,
      method,
      route,
      status,
      sub,
    }));
    const none = transport !== 'socket' ? { operationId: 'unrouted' } : {};
    expect(known).toEqual([
      { ...none, method: 'GET', status: 404 },
      { ...none, method: 'PUT', status: 405 },
      { ...none, method: 'OPTIONS', status: 204 },
      { operationId: 'getHealth', method: 'GET', route: '/health', status: 200 },
      { operationId: 'listEvents', method: 'GET', route: '/events', status: 401 },
    ]);
  });

  it('never contains a token, body, query or path of a client', async () => {
    const token = await api.issuer.tokenFor('organizer');
    const secret = 'Zebra';
    await draft(api, { ...concert, name: secret });
    const sent = [
      { path: `/events?tag=${secret}` },
      { path: `/events?${secret}=1` },
      { path: `/${secret}` },
      { path: `/events/${secret}` },
      { method: 'POST', path: '/events', body: { [secret]: secret } },
      { method: 'POST', path: '/events', body: `{"${secret}`, headers: { 'Content-Type': 'application/json' } },
      {
        path: '/events',
        headers: { 'User-Agent': secret, Cookie: `a=${secret}`, 'If-Match': secret, 'X-Forwarded-For': secret },
      },
    ];
    for (const request of sent) {
      await api.send({ ...request, headers: { ...request.headers, Authorization: `Bearer ${token}` } });
      await api.send({ ...request, headers: { ...request.headers, Authorization: `Bearer ${token}x` } });
    }
    expect(api.log).toHaveLength(1 + 2 * sent.length);
    const text = JSON.stringify(api.log);
    expect(text).not.toContain(secret);
    for (const part of token.split('.')) expect(text).not.toContain(part);
  });

  it.each(badCredentials)('has nothing of a request with $name but that it was rejected', async ({ make }) => {
    const authorization = await make(api.issuer);
    const { headers } = await api.send({
      path: '/events',
      headers: authorization === undefined ? {} : { Authorization: authorization },
    });
    expect(api.log).toEqual([
      {
        time: expect.any(String),
        level: 'info',
        message: 'request',
        requestId: headers['x-request-id'],
        operationId: 'listEvents',
        method: 'GET',
        route: '/events',
        status: 401,
        durationMs: expect.any(Number),
        ...metric({ operationId: 'listEvents', statusClass: '4xx' }),
      },
    ]);
  });

  it('has the request id of the response, which the client cannot choose', async () => {
    const chosen = {
      'X-Request-Id': 'mine',
      'X-Gateway-Request-Id': 'mine',
      'Apigw-Requestid': 'mine',
      'X-Amzn-Trace-Id': 'mine',
    };
    const responses = [
      await api.send({ path: '/health', headers: chosen }),
      await api.send({ path: '/health', headers: chosen }),
    ];
    const ids = responses.map(({ headers }) => headers['x-request-id']);
    expect(new Set(ids).size).toBe(2);
    expect(api.log.map(({ requestId }) => requestId)).toEqual(ids);
    for (const id of ids) expect(id).toMatch(transport === 'socket' ? uuid : /^gateway-\d+=$/);
  });
});

describe('a log line on Lambda', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi('lambda');
  });
  afterAll(() => api.stop());

  it('is a CloudWatch metric, with every dimension and value that it names at its root', async () => {
    const before = Date.now();
    await call(api, 'getEvent', nonexistentEventId);
    const [line = {}] = api.log.splice(0);
    const { _aws: meta, ...members } = line as { _aws: { Timestamp: number; CloudWatchMetrics: unknown[] } } & Record<
      string,
      unknown
    >;
    expect(meta).toEqual({
      Timestamp: expect.any(Number),
      CloudWatchMetrics: [
        {
          Namespace: metricNamespace,
          Dimensions: [['operationId', 'statusClass']],
          Metrics: [
            { Name: 'Requests', Unit: 'Count' },
            { Name: 'Duration', Unit: 'Milliseconds' },
          ],
        },
      ],
    });
    expect(meta.Timestamp).toBeGreaterThanOrEqual(before);
    expect(meta.Timestamp).toBeLessThanOrEqual(Date.now());
    expect(members).toMatchObject({
      operationId: 'getEvent',
      statusClass: '4xx',
      Requests: 1,
      Duration: members['durationMs'],
    });
    expect(metricNamespace).toBe('EventManagementApi');
  });

  it('has no dimension that a client can choose: unknown paths and methods are one metric', async () => {
    for (const path of ['/a', '/b', '/events/', '/EVENTS'])
      for (const method of ['GET', 'BREW']) await api.send({ method, path });
    const dimensions = api.log
      .splice(0)
      .map(({ operationId, statusClass }) => `${String(operationId)} ${String(statusClass)}`);
    expect(dimensions).toHaveLength(8);
    expect(new Set(dimensions)).toEqual(new Set(['unrouted 4xx']));
  });
});

describe('the log line of a client that disconnects', () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  /** The log after a client has sent this and reset its connection, and the request's deadline of half a second has passed. */
  async function logAfter(sent: string, endpoint?: string): Promise<unknown> {
    const database =
      endpoint === undefined
        ? {}
        : { database: { tableNames: forEachTable((name) => name), region: 'us-east-1', endpoint } };
    const api = await startTestApi('socket', { config: database, deadlineMs: 500 });
    stops.push(() => api.stop());
    const client = await rawConnect(Number(new URL(api.url).port));
    client.send(sent.replace('TOKEN', await api.issuer.tokenFor('organizer')));
    await pause(200);
    client.socket.resetAndDestroy();
    await pause(600);
    return api.log;
  }

  const line = {
    time: expect.any(String),
    level: 'info',
    message: 'request',
    requestId: expect.stringMatching(uuid),
    durationMs: expect.any(Number),
    sub: testUsers.organizer,
    aborted: true,
  };

  it('has no status, and is not an error, if the client disconnects while it sends the body', async () => {
    const head =
      'POST /events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer TOKEN\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n';
    expect(await logAfter(`${head}{"name":`)).toEqual([
      { ...line, operationId: 'createEvent', method: 'POST', route: '/events' },
    ]);
  });

  it('has no status if the client disconnects before the response', async () => {
    const hanging = await startFailingServer(silence);
    stops.push(() => hanging.close());
    const head = 'GET /events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer TOKEN\r\n\r\n';
    expect(await logAfter(head, hanging.endpoint)).toEqual([
      { ...line, operationId: 'listEvents', method: 'GET', route: '/events' },
    ]);
  });
});

it.each(transports)(
  'a line has the version of the function, which tells the two of a canary apart (%s)',
  async (transport) => {
    const api = await startTestApi(transport, { config: { version: '7' } });
    try {
      await api.send({ path: '/health' });
      expect(api.log.map(({ version }) => version)).toEqual(['7']);
    } finally {
      await api.stop();
    }
  },
);
