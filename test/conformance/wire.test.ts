import { once } from 'node:events';
import { Agent, request as httpRequest, type RequestListener } from 'node:http';
import { listen, type Listening } from '../../scripts/stack/listen.ts';
import { rawConnect } from '../support/raw-client.ts';
import type { Exchange } from './exchange.ts';
import { createExchangeReader, captureExchanges } from './wire.ts';

/** Responds with the method and the target; for `/chunks` with chunked encoding. */
const listener: RequestListener = (request, response) => {
  request.resume().on('end', () => {
    const text = `${request.method} ${request.url}`;
    response.setHeader('X-Request-Id', 'one');
    if (request.url !== '/chunks') response.setHeader('Content-Length', text.length);
    response.write(text.slice(0, 3));
    response.end(text.slice(3));
  });
};

describe('captureExchanges', () => {
  const captured: Exchange[] = [];
  let server: Listening;
  let stopCapture: () => void;
  beforeAll(async () => {
    server = await listen(listener);
    stopCapture = captureExchanges(server.port, (exchange) => void captured.push(exchange));
  });
  beforeEach(() => void captured.splice(0));
  afterAll(() => {
    stopCapture();
    return server.close();
  });

  const url = (path: string) => `${server.url}${path}`;

  it('captures requests of fetch and their responses', async () => {
    await (
      await fetch(url('/a?b=c'), { method: 'POST', body: '{"ü":1}', headers: { 'Content-Type': 'application/json' } })
    ).text();
    await (await fetch(url('/chunks'))).text();
    await fetch(url('/head'), { method: 'HEAD' });
    expect(captured).toEqual([
      expect.objectContaining({
        transport: 'socket',
        method: 'POST',
        path: '/a?b=c',
        status: 200,
        text: 'POST /a?b=c',
        requestBody: Buffer.from('{"ü":1}'),
      }),
      expect.objectContaining({ method: 'GET', path: '/chunks', text: 'GET /chunks' }),
      expect.objectContaining({
        method: 'HEAD',
        path: '/head',
        text: '',
        headers: expect.objectContaining({ 'content-length': '10', 'x-request-id': 'one' }),
      }),
    ]);
    expect(captured[0]?.requestHeaders).toMatchObject({ 'content-type': 'application/json', 'content-length': '8' });
  });

  it('captures requests of node:http on a reused connection', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (const path of ['/first', '/second']) {
      const outgoing = httpRequest(url(path), { agent, method: 'PUT' }).end(path);
      const [incoming] = (await once(outgoing, 'response')) as [NodeJS.ReadableStream];
      await once(incoming.resume(), 'end');
    }
    agent.destroy();
    expect(captured.map(({ path, text, requestBody }) => [path, text, String(requestBody)])).toEqual([
      ['/first', 'PUT /first', '/first'],
      ['/second', 'PUT /second', '/second'],
    ]);
  });

  it('separates pipelined requests, even if they are sent byte by byte', async () => {
    const client = await rawConnect(server.port);
    const chunked = 'POST /two HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n';
    const text = `GET /one HTTP/1.1\r\nHost: x\r\n\r\n${chunked}GET /three HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
    for (const letter of text) client.send(letter);
    await client.closed();
    expect(
      captured.map(({ path, text: responseText, requestBody }) => [path, responseText, String(requestBody)]),
    ).toEqual([
      ['/one', 'GET /one', ''],
      ['/two', 'POST /two', 'abc'],
      ['/three', 'GET /three', ''],
    ]);
  });

  it('captures the response to a malformed request, with an empty method and path', async () => {
    const client = await rawConnect(server.port);
    client.send('HELLO\r\n\r\n');
    await client.closed();
    expect(captured).toEqual([expect.objectContaining({ method: '', path: '', status: 400 })]);
  });

  it('captures nothing from other ports or after it was stopped', async () => {
    const other = await listen(listener);
    await (await fetch(other.url)).text();
    captureExchanges(other.port, (exchange) => void captured.push(exchange))();
    await (await fetch(other.url)).text();
    await other.close();
    expect(captured).toEqual([]);
  });
});

describe('The exchange reader', () => {
  function exchangesOf(...turns: ['>' | '<', string][]): Exchange[] {
    const exchanges: Exchange[] = [];
    const reader = createExchangeReader();
    reader.start((exchange) => void exchanges.push(exchange));
    for (const [direction, text] of turns) reader[direction === '>' ? 'sent' : 'received'](Buffer.from(text));
    return exchanges;
  }

  it('skips an interim response', () => {
    const exchanges = exchangesOf(
      ['>', 'POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n'],
      ['<', 'HTTP/1.1 100 Continue\r\n\r\n'],
      ['>', '{}'],
      ['<', 'HTTP/1.1 201 Created\r\n\r\n'],
    );
    expect(exchanges).toEqual([
      expect.objectContaining({ method: 'POST', status: 201, requestBody: Buffer.from('{}') }),
    ]);
  });

  it('omits the request body if the response comes before the whole body', () => {
    const exchanges = exchangesOf(
      ['>', 'POST / HTTP/1.1\r\nContent-Length: 20\r\n\r\n{'],
      ['<', 'HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n'],
    );
    expect(exchanges).toEqual([expect.objectContaining({ method: 'POST', status: 401, requestBody: undefined })]);
  });

  it('returns no exchange until the response is complete', () => {
    expect(
      exchangesOf(['>', 'GET / HTTP/1.1\r\n\r\n'], ['<', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{']),
    ).toEqual([]);
    expect(
      exchangesOf(
        ['>', 'GET / HTTP/1.1\r\n\r\n'],
        ['<', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab'],
      ),
    ).toEqual([]);
  });

  it('joins the values of a repeated header', () => {
    const [exchange] = exchangesOf(
      ['>', 'GET / HTTP/1.1\r\n\r\n'],
      ['<', 'HTTP/1.1 200 OK\r\nA: 1\r\nB:2 \r\na: 3\r\n\r\n'],
    );
    expect(exchange?.headers).toEqual({ a: '1, 3', b: '2' });
  });
});
