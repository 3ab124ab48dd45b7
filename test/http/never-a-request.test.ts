import { startTestApi, type TestApi } from '../support/api.ts';
import { expectProblem } from '../support/problems.ts';
import { rawConnect } from '../support/raw-client.ts';
import { readBody, readHead } from '../conformance/messages.ts';

describe('bytes that are not a valid request', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi('socket', { limits: { headersTimeout: 200, requestTimeout: 400 } });
  });
  afterAll(() => api.stop());

  it.each([
    ['are not HTTP', 'HELLO\r\n\r\n', 'malformed-request'],
    ['have no Host', 'GET /events HTTP/1.1\r\n\r\n', 'malformed-request'],
    ['have two Hosts', 'GET /events HTTP/1.1\r\nHost: x\r\nhost: y\r\n\r\n', 'malformed-request'],
    ['ask for a tunnel', 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n', 'malformed-request'],
    [
      'have two lengths',
      'POST /events HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}',
      'malformed-request',
    ],
    [
      'have a target that is too long',
      `GET /events?tag=${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      'headers-too-large',
    ],
    [
      'have too many headers',
      `GET /health HTTP/1.1\r\nHost: x\r\n${'a: b\r\n'.repeat(3_000)}\r\n`,
      'headers-too-large',
    ],
    ['do not end', 'GET /events HTTP/1.1\r\nHost: x\r\nAuthor', 'request-timeout'],
  ] as const)('get a problem and the connection closes if they %s', async (_what, text, code) => {
    const client = await rawConnect(Number(new URL(api.url).port));
    client.send(text);
    const response = Buffer.from(await client.closed(), 'latin1');
    const head = readHead(response)!;
    const body = String(readBody(response, head)?.bytes);
    expectProblem(
      { status: Number(head.line.split(' ')[1]), headers: head.headers, text: body, body: JSON.parse(body) },
      code,
    );
    expect(head.headers['connection']).toBe('close');
    expect(api.log.at(-1)).toMatchObject({ message: 'request', requestId: head.headers['x-request-id'], code });
  });
});
