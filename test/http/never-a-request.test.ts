import { startTestApi, type TestApi } from '../support/api.ts';
import { expectProblem } from '../support/problems.ts';
import { rawConnect } from '../support/raw-client.ts';
import { readBody, readHead } from '../conformance/messages.ts';

describe('what never becomes a request', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi('socket', { limits: { headersTimeout: 200, requestTimeout: 400 } });
  });
  afterAll(() => api.stop());

  it.each([
    ['is no HTTP', 'HELLO\r\n\r\n', 'malformed-request'],
    ['has no Host', 'GET /events HTTP/1.1\r\n\r\n', 'malformed-request'],
    ['has two Hosts', 'GET /events HTTP/1.1\r\nHost: x\r\nhost: y\r\n\r\n', 'malformed-request'],
    ['asks for a tunnel', 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n', 'malformed-request'],
    [
      'has two lengths',
      'POST /events HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}',
      'malformed-request',
    ],
    ['has too long a target', `GET /events?tag=${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 'headers-too-large'],
    ['has too many headers', `GET /health HTTP/1.1\r\nHost: x\r\n${'a: b\r\n'.repeat(3_000)}\r\n`, 'headers-too-large'],
    ['does not come to an end', 'GET /events HTTP/1.1\r\nHost: x\r\nAuthor', 'request-timeout'],
  ] as const)('is answered with a problem, and the connection ends, where it %s', async (_what, text, code) => {
    const client = await rawConnect(Number(new URL(api.url).port));
    client.send(text);
    const answer = Buffer.from(await client.closed(), 'latin1');
    const head = readHead(answer)!;
    const body = String(readBody(answer, head)?.bytes);
    expectProblem(
      { status: Number(head.line.split(' ')[1]), headers: head.headers, text: body, body: JSON.parse(body) },
      code,
    );
    expect(head.headers['connection']).toBe('close');
    expect(api.log.at(-1)).toMatchObject({ message: 'request', requestId: head.headers['x-request-id'], code });
  });
});
