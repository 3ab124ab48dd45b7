import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startTestApi, type TestApi, transports } from '../support/api.ts';
import { expectProblem } from '../support/problems.ts';
import { rawConnect } from '../support/raw-client.ts';
import { inFull, scaled } from '../support/sample.ts';
import { createRequest, minimalEvent, publishedEvent } from '../support/writes.ts';

const text = JSON.stringify(minimalEvent);

describe.each(transports)('the media type of a body (%s)', (transport) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(transport);
  });
  afterAll(() => api.stop());

  it.each([
    'text/plain',
    'application/jsonx',
    'application/x-json',
    'text/json',
    'application/merge-patch+json',
    'application/problem+json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json, application/json',
    'application/*',
    '*/*',
    'application',
    'json',
    '',
    ';',
  ])('is rejected as "%s"', async (type) => {
    const headers = { 'content-type': type };
    const path = '/events/5f0c8f7e-2d5b-4c1a-9f64-7c0b7a1f2e31';
    expectProblem(await api.send(createRequest(text, headers)), 'unsupported-media-type');
    expectProblem(
      await api.send({ method: 'PATCH', path, body: text, headers, as: 'organizer' }),
      'unsupported-media-type',
    );
    expectProblem(
      await api.send({ method: 'POST', path: `${path}/cancel`, body: '{}', headers, as: 'organizer' }),
      'unsupported-media-type',
    );
  });

  it('is required', async () => {
    expectProblem(
      await api.send({ method: 'POST', path: '/events', body: text, as: 'organizer' }),
      'unsupported-media-type',
    );
  });

  it.each([
    'application/json',
    'APPLICATION/JSON',
    'application/json;charset=utf-8',
    'application/json; charset="UTF-8"',
    'application/json; Charset=Utf-8',
    'application/json; x=1',
    'application/json;',
    'application/json; charset=utf8',
    'application/json; charset=us-ascii',
    'application/json; charset=latin1',
    'application/json; charset="utf-7"',
    'application/json; charset=nonsense',
    'application/json; charset',
    'application/json; profile="https://example.com/event"; odata.metadata=none',
    ' application/json ',
  ])('is accepted as "%s"', async (type) => {
    expect((await api.send(createRequest(text, { 'content-type': type }))).status).toBe(201);
  });

  it.each([
    ['latin1', 'UTF-8', Buffer.from(JSON.stringify({ ...minimalEvent, name: 'Café Müller' }), 'latin1')],
    ['utf-16', 'JSON', Buffer.from(text, 'utf16le')],
    ['utf-8', 'UTF-8', Buffer.from([0xff, ...Buffer.from(text)])],
  ])('makes no difference to the bytes, which must be UTF-8: charset=%s', async (charset, missing, bytes) => {
    const headers = { 'content-type': `application/json; charset=${charset}` };
    const detail = `The body is not valid ${missing}.`;
    expectProblem(await api.send(createRequest(bytes, headers)), 'malformed-body', { detail });
  });

  it.each(['gzip', 'br', 'deflate', 'zstd', 'x-gzip', 'identity, gzip', 'aws-chunked', ''])(
    'is rejected with the content encoding "%s"',
    async (coding) => {
      expectProblem(await api.send(createRequest(text, { 'content-encoding': coding })), 'unsupported-media-type');
    },
  );

  it('is accepted with the content encoding identity', async () => {
    expect((await api.send(createRequest(text, { 'content-encoding': 'Identity' }))).status).toBe(201);
  });

  it('is checked before the size and the content', async () => {
    expectProblem(
      await api.send(createRequest('x'.repeat(70_000), { 'content-type': 'text/plain' })),
      'unsupported-media-type',
    );
  });

  it('is ignored, like the size, if the operation has no body', async () => {
    const path = await publishedEvent(api);
    for (const [method, target] of [
      ['GET', '/health'],
      ['GET', '/events'],
      ['GET', path],
      ['POST', `${path}/publish`],
      ['POST', `${path}/unpublish`],
      ['DELETE', path],
    ] as const) {
      const response = await api.send({
        method,
        path: target,
        body: Buffer.alloc(70_000, 0xff),
        headers: { 'content-type': 'text/plain; charset=klingon', 'content-encoding': 'gzip' },
        as: 'organizer',
      });
      expect(response.status).toBe(method === 'DELETE' ? 204 : 200);
    }
    // The connection is still usable.
    expect((await api.send({ path: '/health' })).status).toBe(200);
  });
});

describe('thousands of different media types', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi('socket');
  });
  afterAll(() => api.stop());

  inFull(
    'use no more memory than one',
    async () => {
      setFlagsFromString('--expose-gc');
      const collectGarbage = runInNewContext('gc') as () => void;
      const common = `Host: localhost\r\nAuthorization: Bearer ${await api.issuer.tokenFor('organizer')}\r\nContent-Length: 2\r\n`;
      const send = async (from: number, to: number) => {
        for (let first = from; first < to; first += 100) {
          const requests = Array.from({ length: 100 }, (_, at) => {
            const line = at % 5 ? 'GET /health' : 'POST /events';
            const end = at === 99 ? 'Connection: close\r\n' : '';
            return `${line} HTTP/1.1\r\n${common}${end}Content-Type: application/json; x=${first + at}\r\n\r\n{}`;
          });
          const client = await rawConnect(Number(new URL(api.url).port));
          client.send(requests.join(''));
          const responses = await client.closed(10_000);
          expect(responses.match(/HTTP\/1.1 200 /g)).toHaveLength(80);
          expect(responses.match(/HTTP\/1.1 400 /g)).toHaveLength(20);
        }
        api.log.length = 0;
        collectGarbage();
        return process.memoryUsage().heapUsed;
      };
      const count = scaled({ all: 3_000, sample: 1_000 });
      const before = await send(0, count / 2);
      const after = await send(count / 2, 1.5 * count);
      // A compiled schema takes tens of kilobytes; thousands of them would take a hundred megabytes.
      expect((after - before) / 2 ** 20).toBeLessThan(count / 150);
    },
    60_000,
  );
});
