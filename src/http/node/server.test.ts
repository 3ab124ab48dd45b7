import type { RequestListener, ServerResponse } from 'node:http';
import { rawConnect } from '../../../test/support/raw-client.ts';
import type { OnClientError } from './client-error.ts';
import { type RunningServer, type ServerOptions, startHttpServer } from './server.ts';

const running: RunningServer[] = [];
const statuses = { 'malformed-request': 400, 'request-timeout': 408, 'headers-too-large': 431 };

/** The least that RFC 9457 asks for. */
const asProblem: OnClientError = (code, requestId) => ({
  status: statuses[code],
  headers: { 'Content-Type': 'application/problem+json' },
  body: JSON.stringify({ title: 'A problem', status: statuses[code], code, requestId }),
});

async function start(listener: RequestListener, options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  const server = await startHttpServer(listener, {
    host: '127.0.0.1',
    port: 0,
    grace: 200,
    onClientError: asProblem,
    ...options,
  });
  running.push(server);
  return server;
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

/** Answers with the body that came, or with the target where none can come. */
const echo: RequestListener = (request, response) => {
  let body = '';
  request.on('data', (piece) => (body += String(piece))).on('end', () => response.end(body || request.url));
};

/** Answers when it is told to. */
function gate() {
  const waiting: ServerResponse[] = [];
  const listener: RequestListener = (_request, response) => void waiting.push(response);
  const arrived = async (count: number) => {
    while (waiting.length < count) await new Promise((resolve) => setTimeout(resolve, 2));
    return waiting[count - 1]!;
  };
  return { listener, arrived };
}

const get = 'GET /events HTTP/1.1\r\nHost: test\r\n\r\n';

function expectProblem(raw: string, status: number, code: string): void {
  const [head = '', body = ''] = raw.split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(head).toMatch(/^content-type: application\/problem\+json\r?$/im);
  expect(head).toMatch(/^connection: close\r?$/im);
  const { requestId, ...rest } = JSON.parse(body) as Record<string, unknown>;
  expect(rest).toEqual({ title: expect.any(String), status, code });
  expect(head.toLowerCase()).toContain(`x-request-id: ${String(requestId)}`);
}

describe('startHttpServer', () => {
  it('says where it answers', async () => {
    const server = await start(echo);
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
    expect(await (await fetch(`${server.url}/hello`)).text()).toBe('/hello');
  });

  it('fails when the port is taken', async () => {
    const { port } = await start(echo);
    await expect(start(echo, { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('leaves it to the listener to invite a body', async () => {
    const { port } = await start((request, response) => {
      if (request.headers.authorization === undefined) return void response.writeHead(401).end();
      response.writeContinue();
      echo(request, response);
    });
    const expectation = 'POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 2\r\nExpect: 100-continue\r\n';
    const stranger = await rawConnect(port);
    stranger.send(`${expectation}\r\n`);
    expect(await stranger.until(/\r\n\r\n/)).toMatch(/^HTTP\/1.1 401 /);
    const client = await rawConnect(port);
    client.send(`${expectation}Authorization: x\r\n\r\n`);
    await client.until(/^HTTP\/1.1 100 Continue\r\n\r\n$/);
    client.send('{}');
    await client.until(/HTTP\/1.1 200 OK[^]*\{\}/);
    stranger.socket.destroy();
    client.socket.destroy();
  });

  it('ignores an expectation that it does not know', async () => {
    const { port } = await start(echo);
    const client = await rawConnect(port);
    client.send('GET /events HTTP/1.1\r\nHost: test\r\nExpect: wonders\r\nConnection: close\r\n\r\n');
    expect(await client.closed()).toMatch(/^HTTP\/1.1 200 /);
  });

  describe('what never becomes a request', () => {
    it.each([
      ['a malformed request line', 'HELLO\r\n\r\n'],
      ['a method that does not exist', 'GRAB / HTTP/1.1\r\nHost: test\r\n\r\n'],
      ['a header without a name', 'GET / HTTP/1.1\r\n: x\r\n\r\n'],
      ['two lengths', 'POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx'],
      [
        'a length beside chunks',
        'POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      ],
      ['no Host', 'GET / HTTP/1.1\r\n\r\n'],
      ['a chunk without a size', 'POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ])('is a problem: %s', async (_title, text) => {
      const { port } = await start(echo);
      const client = await rawConnect(port);
      client.send(text);
      expectProblem(await client.closed(), 400, 'malformed-request');
    });

    it.each([
      ['headers', `GET / HTTP/1.1\r\nHost: test\r\nX: ${'x'.repeat(200_000)}\r\n\r\n`],
      ['a request line', `GET /${'x'.repeat(200_000)} HTTP/1.1\r\nHost: test\r\n\r\n`],
      ['many headers', `GET / HTTP/1.1\r\nHost: test\r\n${'a:b\r\n'.repeat(6_000)}\r\n`],
    ])('is a problem when it has too much of %s, and the client can read it', async (_title, text) => {
      const { port } = await start(echo);
      const client = await rawConnect(port);
      client.send(text);
      expectProblem(await client.closed(), 431, 'headers-too-large');
    });

    it('drops no header below the limit', async () => {
      const { port } = await start((request, response) => void response.end(request.headers.authorization));
      const client = await rawConnect(port);
      client.send(
        `GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n${'a:b\r\n'.repeat(2_500)}Authorization: last\r\n\r\n`,
      );
      expect(await client.closed()).toMatch(/last/);
    });

    it('is answered as the caller wants it', async () => {
      const onClientError = jest.fn(() => ({ status: 400, headers: { 'X-Own': 'yes' }, body: 'né' }));
      const { port } = await start(echo, { onClientError });
      const client = await rawConnect(port);
      client.send('HELLO\r\n\r\n');
      const answer = await client.closed();
      expect(answer).toMatch(/X-Own: yes\r\nContent-Length: 3\r\nConnection: close\r\nX-Request-Id: [\w-]{36}\r\n\r\n/);
      expect(onClientError).toHaveBeenCalledWith('malformed-request', /X-Request-Id: (\S+)/.exec(answer)?.[1]);
    });

    it('may be a request for a tunnel whose connection is reset: others are served', async () => {
      const server = await start(echo);
      for (let round = 0; round < 30; round += 1) {
        const { socket, send } = await rawConnect(server.port);
        send(`CONNECT test:443 HTTP/1.1\r\nHost: test:443\r\n\r\n${'x'.repeat(50_000)}`);
        if (round % 3 > 0) await new Promise(setImmediate);
        socket.resetAndDestroy();
      }
      const client = await rawConnect(server.port);
      client.send(`CONNECT test:443 HTTP/1.1\r\nHost: test:443\r\n\r\n`);
      expectProblem(await client.closed(), 400, 'malformed-request');
    });

    it('does not get between an earlier request and its answer', async () => {
      const { listener, arrived } = gate();
      const { port } = await start(listener);
      const client = await rawConnect(port);
      client.send(`${get}GARBAGE\r\n\r\n`);
      const response = await arrived(1);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(client.received()).toBe('');
      response.end('mine');
      const answer = await client.closed();
      expect(answer.match(/HTTP\/1.1/g)).toHaveLength(1);
      expect(answer).toMatch(/^HTTP\/1.1 200 [^]*mine/);
    });
  });

  describe('slow clients', () => {
    it.each([
      ['half-sent headers', 'GET / HTTP/1.1\r\nHost: te'],
      ['silence', ''],
      ['half-sent headers after a good request', `${get}GET / HTTP/1.1\r\n`],
    ])('are cut off: %s', async (_title, text) => {
      const { port } = await start(echo, { headersTimeout: 200, requestTimeout: 400 });
      const client = await rawConnect(port);
      client.send(text);
      const answer = await client.closed();
      expectProblem(answer.slice(answer.lastIndexOf('HTTP/1.1')), 408, 'request-timeout');
    });

    it('are cut off in the middle of a body, while others are served', async () => {
      const { port, url } = await start(echo, { headersTimeout: 200, requestTimeout: 1_000 });
      const slow = await Promise.all(Array.from({ length: 50 }, () => rawConnect(port)));
      for (const client of slow) client.send('POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\nx');
      // Where the test fails, nothing is left that keeps its process.
      const drip = setInterval(() => slow.forEach((client) => client.socket.writable && client.send('x')), 50).unref();
      const cutOff = slow.map((client) => client.closed());
      expect(await Promise.race([fetch(`${url}/other`).then((answer) => answer.text()), ...cutOff])).toBe('/other');
      for (const answer of await Promise.all(cutOff)) expectProblem(answer, 408, 'request-timeout');
      clearInterval(drip);
    });

    it('get one answer only, where it was given before their body came', async () => {
      const { port } = await start((_request, response) => void response.writeHead(401).end(), {
        headersTimeout: 100,
        requestTimeout: 200,
      });
      const client = await rawConnect(port);
      client.send('POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\nx');
      expect((await client.closed()).match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 401']);
    });

    it('are cut off when they do not read', async () => {
      let end: () => void = () => {};
      const ended = new Promise<void>((resolve) => (end = resolve));
      const { port } = await start(
        (request, response) => {
          request.socket.once('close', end);
          response.end('x'.repeat(50_000_000));
        },
        { idleTimeout: 200 },
      );
      const client = await rawConnect(port);
      client.socket.pause();
      client.send(get);
      await ended;
      client.socket.resume();
      expect((await client.closed()).length).toBeLessThan(50_000_000);
    });
  });

  describe('stop', () => {
    it('closes idle connections, used and unused ones, and refuses new ones', async () => {
      const { port, stop } = await start(echo, { grace: 60_000 });
      const used = await rawConnect(port);
      const unused = await rawConnect(port);
      used.send(get);
      await used.until(/\/events$/);
      const begun = performance.now();
      await stop();
      expect(performance.now() - begun).toBeLessThan(1_000);
      await Promise.all([used.closed(), unused.closed()]);
      await expect(rawConnect(port)).rejects.toThrow('refused');
    });

    it('lets a request in flight finish and closes its connection then', async () => {
      const { listener, arrived } = gate();
      const { port, stop } = await start(listener, { grace: 60_000, keepAliveTimeout: 60_000 });
      const client = await rawConnect(port);
      client.send(get);
      const response = await arrived(1);
      const stopped = stop();
      await expect(rawConnect(port)).rejects.toThrow('refused');
      response.end('done');
      const answer = await client.closed();
      expect(answer).toMatch(/^Connection: close\r$/m);
      expect(answer).toMatch(/done$/);
      await stopped;
    });

    it('lets a body that is on its way arrive', async () => {
      const { listener, arrived } = gate();
      const { port, stop } = await start(
        (request, response) => {
          listener(request, response);
          echo(request, response);
        },
        { grace: 60_000 },
      );
      const client = await rawConnect(port);
      client.send('POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 2\r\n\r\n{');
      await arrived(1);
      const stopped = stop();
      client.send('}');
      expect(await client.closed()).toMatch(/\{\}$/);
      await stopped;
    });

    it('closes a connection whose answer had begun with keep-alive', async () => {
      const { listener, arrived } = gate();
      const { port, stop } = await start(listener, { grace: 60_000, keepAliveTimeout: 60_000 });
      const client = await rawConnect(port);
      client.send(get);
      const response = await arrived(1);
      response.write('one');
      await client.until(/one/);
      const stopped = stop();
      response.end('two');
      expect(await client.closed()).toMatch(/one[^]*two/);
      await stopped;
    });

    it('cuts off what is left after the grace period', async () => {
      const { listener, arrived } = gate();
      const { port, stop } = await start(listener, { grace: 100 });
      const stuck = await rawConnect(port);
      const half = await rawConnect(port);
      stuck.send(get);
      half.send('GET / HT');
      await arrived(1);
      await stop();
      expect(await stuck.closed()).toBe('');
      await half.closed();
    });

    it('may be called again', async () => {
      const server = await start(echo);
      expect(server.stop()).toBe(server.stop());
      await server.stop();
    });
  });
});
