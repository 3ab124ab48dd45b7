import { once } from 'node:events';
import { Agent, request as httpRequest, type RequestListener } from 'node:http';
import { listen, type Listening } from '../../scripts/stack/listen.ts';
import { rawConnect } from '../support/raw-client.ts';
import type { Exchange } from './exchange.ts';
import { createConversation, tapPort } from './wire.ts';

/** Answers with the method and the target, in chunks where the path says so. */
const listener: RequestListener = (request, response) => {
  request.resume().on('end', () => {
    const text = `${request.method} ${request.url}`;
    response.setHeader('X-Request-Id', 'one');
    if (request.url !== '/chunks') response.setHeader('Content-Length', text.length);
    response.write(text.slice(0, 3));
    response.end(text.slice(3));
  });
};

describe('the tap', () => {
  const seen: Exchange[] = [];
  let server: Listening;
  let untap: () => void;
  beforeAll(async () => {
    server = await listen(listener);
    untap = tapPort(server.port, (exchange) => void seen.push(exchange));
  });
  beforeEach(() => void seen.splice(0));
  afterAll(() => {
    untap();
    return server.close();
  });

  const url = (path: string) => `${server.url}${path}`;

  it('hears what fetch says and is told', async () => {
    await (
      await fetch(url('/a?b=c'), { method: 'POST', body: '{"ü":1}', headers: { 'Content-Type': 'application/json' } })
    ).text();
    await (await fetch(url('/chunks'))).text();
    await fetch(url('/head'), { method: 'HEAD' });
    expect(seen).toEqual([
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
    expect(seen[0]?.requestHeaders).toMatchObject({ 'content-type': 'application/json', 'content-length': '8' });
  });

  it('hears what node:http says, on a connection that is used again', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (const path of ['/first', '/second']) {
      const outgoing = httpRequest(url(path), { agent, method: 'PUT' }).end(path);
      const [incoming] = (await once(outgoing, 'response')) as [NodeJS.ReadableStream];
      await once(incoming.resume(), 'end');
    }
    agent.destroy();
    expect(seen.map(({ path, text, requestBody }) => [path, text, String(requestBody)])).toEqual([
      ['/first', 'PUT /first', '/first'],
      ['/second', 'PUT /second', '/second'],
    ]);
  });

  it('tells requests apart that are sent at once, whatever pieces they come in', async () => {
    const client = await rawConnect(server.port);
    const chunked = 'POST /two HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n';
    const text = `GET /one HTTP/1.1\r\nHost: x\r\n\r\n${chunked}GET /three HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`;
    for (const letter of text) client.send(letter);
    await client.closed();
    expect(seen.map(({ path, text: answer, requestBody }) => [path, answer, String(requestBody)])).toEqual([
      ['/one', 'GET /one', ''],
      ['/two', 'POST /two', 'abc'],
      ['/three', 'GET /three', ''],
    ]);
  });

  it('hears answers to what is no request, with no method and no path', async () => {
    const client = await rawConnect(server.port);
    client.send('HELLO\r\n\r\n');
    await client.closed();
    expect(seen).toEqual([expect.objectContaining({ method: '', path: '', status: 400 })]);
  });

  it('hears nothing of other ports, and nothing when it has ended', async () => {
    const other = await listen(listener);
    await (await fetch(other.url)).text();
    tapPort(other.port, (exchange) => void seen.push(exchange))();
    await (await fetch(other.url)).text();
    await other.close();
    expect(seen).toEqual([]);
  });
});

describe('a conversation', () => {
  function exchangesOf(...turns: ['>' | '<', string][]): Exchange[] {
    const exchanges: Exchange[] = [];
    const conversation = createConversation();
    conversation.begin((exchange) => void exchanges.push(exchange));
    for (const [direction, text] of turns) conversation[direction === '>' ? 'sent' : 'received'](Buffer.from(text));
    return exchanges;
  }

  it('takes an interim answer for none', () => {
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

  it('has no body of a request that was answered before', () => {
    const exchanges = exchangesOf(
      ['>', 'POST / HTTP/1.1\r\nContent-Length: 20\r\n\r\n{'],
      ['<', 'HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n'],
    );
    expect(exchanges).toEqual([expect.objectContaining({ method: 'POST', status: 401, requestBody: undefined })]);
  });

  it('is none before the answer is there as a whole', () => {
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

  it('joins headers that are repeated', () => {
    const [exchange] = exchangesOf(
      ['>', 'GET / HTTP/1.1\r\n\r\n'],
      ['<', 'HTTP/1.1 200 OK\r\nA: 1\r\nB:2 \r\na: 3\r\n\r\n'],
    );
    expect(exchange?.headers).toEqual({ a: '1, 3', b: '2' });
  });
});
