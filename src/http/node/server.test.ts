import type { RequestListener, ServerResponse } from 'node:http';
import { rawConnect } from '../../../test/support/raw-client.ts';
import type { OnClientError } from './client-error.ts';
import { type RunningServer, type ServerOptions, startHttpServer } from './server.ts';

const running: RunningServer[] = [];
const statuses = { 'malformed-request': 400, 'request-timeout': 408, 'headers-too-large': 431 };

/** A minimal problem (RFC 9457). */
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

/** Responds with the body of the request, or with the target if there is no body. */
const echo: RequestListener = (request, response) => {
  let body = '';
  request.on('data', (piece) => (body += String(piece))).on('end', () => response.end(body || request.url));
};

/** Leaves the responses to the test: `arrived` resolves with the response to the given request. */
function createGate() {
  const waiting: ServerResponse[] = [];
  const listener: RequestListener = (_request, response) => void waiting.push(response);
  const arrived = async (count: number) => {
    while (waiting.length < count) await new Promise((resolve) => setTimeout(resolve, 2));
    return waiting[count - 1]!;
  };
  return { listener, arrived };
}

const get = 'GET /events HTTP/1.1\r\nHost: test\r\n\r\n';

/** Waits until a server accepts no more connections. */
async function untilRefused(port: number): Promise<void> {
  for (let attempts = 0; attempts < 100; attempts += 1) {
    // It continues as long as it is called.
    await new Promise((resolve) => setTimeout(resolve, 10));
    const accepted = await rawConnect(port).then(
      () => true,
      () => false,
    );
    if (!accepted) return;
  }
  throw new Error('The server still accepts connections.');
}

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
  it('returns the URL on which it accepts requests', async () => {
    const server = await start(echo);
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
    expect(await (await fetch(`${server.url}/hello`)).text()).toBe('/hello');
  });

  it('rejects if the port is in use', async () => {
    const { port } = await start(echo);
    await expect(start(echo, { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('lets the listener decide whether to send 100 Continue', async () => {
    const { port } = await start((request, response) => {
      if (request.headers.authorization === undefined) return void response.writeHead(401).end();
      response.writeContinue();
      echo(request, response);
    });
    const expectation = 'POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 2\r\nExpect: 100-continue\r\n';
    const anonymous = await rawConnect(port);
    anonymous.send(`${expectation}\r\n`);
    expect(await anonymous.until(/\r\n\r\n/)).toMatch(/^HTTP\/1.1 401 /);
    const client = await rawConnect(port);
    client.send(`${expectation}Authorization: x\r\n\r\n`);
    await client.until(/^HTTP\/1.1 100 Continue\r\n\r\n$/);
    client.send('{}');
    await client.until(/HTTP\/1.1 200 OK[^]*\{\}/);
    anonymous.socket.destroy();
    client.socket.destroy();
  });

  it('ignores an unknown expectation', async () => {
    const { port } = await start(echo);
    const client = await rawConnect(port);
    client.send('GET /events HTTP/1.1\r\nHost: test\r\nExpect: wonders\r\nConnection: close\r\n\r\n');
    expect(await client.closed()).toMatch(/^HTTP\/1.1 200 /);
  });

  describe('with input that is not a valid request', () => {
    it.each([
      ['a malformed request line', 'HELLO\r\n\r\n'],
      ['an unknown method', 'GRAB / HTTP/1.1\r\nHost: test\r\n\r\n'],
      ['a header without a name', 'GET / HTTP/1.1\r\n: x\r\n\r\n'],
      ['two lengths', 'POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx'],
      [
        'a length together with chunks',
        'POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      ],
      ['a missing Host', 'GET / HTTP/1.1\r\n\r\n'],
      ['a chunk without a size', 'POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ])('responds to %s with 400 and a problem', async (_title, text) => {
      const { port } = await start(echo);
      const client = await rawConnect(port);
      client.send(text);
      expectProblem(await client.closed(), 400, 'malformed-request');
    });

    it.each([
      ['a header', `GET / HTTP/1.1\r\nHost: test\r\nX: ${'x'.repeat(200_000)}\r\n\r\n`],
      ['a request line', `GET /${'x'.repeat(200_000)} HTTP/1.1\r\nHost: test\r\n\r\n`],
      ['many headers', `GET / HTTP/1.1\r\nHost: test\r\n${'a:b\r\n'.repeat(6_000)}\r\n`],
    ])('responds to %s beyond the limit with 431 and a problem that the client can read', async (_title, text) => {
      const { port } = await start(echo);
      const client = await rawConnect(port);
      client.send(text);
      expectProblem(await client.closed(), 431, 'headers-too-large');
    });

    it('passes all headers to the listener if their size is below the limit', async () => {
      const { port } = await start((request, response) => void response.end(request.headers.authorization));
      const client = await rawConnect(port);
      client.send(
        `GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n${'a:b\r\n'.repeat(2_500)}Authorization: last\r\n\r\n`,
      );
      expect(await client.closed()).toMatch(/last/);
    });

    it('sends the response of onClientError with the missing headers', async () => {
      const onClientError = jest.fn(() => ({ status: 400, headers: { 'X-Own': 'yes' }, body: 'né' }));
      const { port } = await start(echo, { onClientError });
      const client = await rawConnect(port);
      client.send('HELLO\r\n\r\n');
      const raw = await client.closed();
      expect(raw).toMatch(/X-Own: yes\r\nContent-Length: 3\r\nConnection: close\r\nX-Request-Id: [\w-]{36}\r\n\r\n/);
      expect(onClientError).toHaveBeenCalledWith('malformed-request', /X-Request-Id: (\S+)/.exec(raw)?.[1]);
    });

    it('serves other clients after connections with CONNECT requests are reset', async () => {
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

    it('sends no response to malformed input before the response to an earlier request', async () => {
      const { listener, arrived } = createGate();
      const { port } = await start(listener);
      const client = await rawConnect(port);
      client.send(`${get}GARBAGE\r\n\r\n`);
      const response = await arrived(1);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(client.received()).toBe('');
      response.end('first');
      const raw = await client.closed();
      expect(raw.match(/HTTP\/1.1/g)).toHaveLength(1);
      expect(raw).toMatch(/^HTTP\/1.1 200 [^]*first/);
    });
  });

  describe('with slow clients', () => {
    it.each([
      ['incomplete headers', 'GET / HTTP/1.1\r\nHost: te'],
      ['silence', ''],
      ['incomplete headers after a valid request', `${get}GET / HTTP/1.1\r\n`],
    ])('closes the connection of a client after %s, with 408 and a problem', async (_title, text) => {
      const { port } = await start(echo, { headersTimeout: 200, requestTimeout: 400 });
      const client = await rawConnect(port);
      client.send(text);
      const raw = await client.closed();
      expectProblem(raw.slice(raw.lastIndexOf('HTTP/1.1')), 408, 'request-timeout');
    });

    it('closes the connections of clients with a slow body, and serves other clients meanwhile', async () => {
      const { port, url } = await start(echo, { headersTimeout: 200, requestTimeout: 1_000 });
      const slow = await Promise.all(Array.from({ length: 50 }, () => rawConnect(port)));
      for (const client of slow) client.send('POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\nx');
      // `unref`, so that the process can end if the test fails.
      const drip = setInterval(() => slow.forEach((client) => client.socket.writable && client.send('x')), 50).unref();
      const closed = slow.map((client) => client.closed());
      expect(await Promise.race([fetch(`${url}/other`).then((response) => response.text()), ...closed])).toBe('/other');
      for (const raw of await Promise.all(closed)) expectProblem(raw, 408, 'request-timeout');
      clearInterval(drip);
    });

    it('sends no second response to a client whose body times out after the response', async () => {
      const { port } = await start((_request, response) => void response.writeHead(401).end(), {
        headersTimeout: 100,
        requestTimeout: 200,
      });
      const client = await rawConnect(port);
      client.send('POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\nx');
      expect((await client.closed()).match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 401']);
    });

    it('closes the connection of a client that does not read the response', async () => {
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

  describe('when it is stopped', () => {
    it('closes idle connections, with and without earlier requests, and accepts no new ones', async () => {
      const { port, stop } = await start(echo, { grace: 60_000 });
      const used = await rawConnect(port);
      const unused = await rawConnect(port);
      used.send(get);
      await used.until(/\/events$/);
      const startedAt = performance.now();
      await stop();
      expect(performance.now() - startedAt).toBeLessThan(1_000);
      await Promise.all([used.closed(), unused.closed()]);
      await expect(rawConnect(port)).rejects.toThrow('refused');
    });

    it('responds to requests that it has not read yet, and closes their connections after that', async () => {
      const { port, stop } = await start(echo, { grace: 60_000, keepAliveTimeout: 60_000 });
      const used = await rawConnect(port);
      used.send(get);
      await used.until(/\/events$/);
      const clients = [used, ...(await Promise.all(Array.from({ length: 5 }, () => rawConnect(port))))];
      for (const client of clients) client.send(get.replace('/events', '/late'));
      const stopped = stop();
      for (const client of clients) {
        const raw = await client.closed();
        expect(raw).toMatch(/^Connection: close\r$/m);
        expect(raw).toMatch(/\/late$/);
      }
      await stopped;
    });

    it('responds to the first request of a connection that was opened just before', async () => {
      const { port, stop } = await start(echo, { grace: 60_000 });
      const client = await rawConnect(port);
      const stopped = stop();
      await untilRefused(port);
      client.send(get);
      expect(await client.closed()).toMatch(/\/events$/);
      await stopped;
    });

    it('lets a request in flight finish, and closes its connection after that', async () => {
      const { listener, arrived } = createGate();
      const { port, stop } = await start(listener, { grace: 60_000, keepAliveTimeout: 60_000 });
      const client = await rawConnect(port);
      client.send(get);
      const response = await arrived(1);
      const stopped = stop();
      await untilRefused(port);
      response.end('done');
      const raw = await client.closed();
      expect(raw).toMatch(/^Connection: close\r$/m);
      expect(raw).toMatch(/done$/);
      await stopped;
    });

    it('receives the rest of a body that is being sent', async () => {
      const { listener, arrived } = createGate();
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

    it('closes a connection whose response had started with keep-alive', async () => {
      const { listener, arrived } = createGate();
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

    it('closes the remaining connections after the grace period', async () => {
      const { listener, arrived } = createGate();
      const { port, stop } = await start(listener, { grace: 100 });
      const pending = await rawConnect(port);
      const incomplete = await rawConnect(port);
      pending.send(get);
      incomplete.send('GET / HT');
      await arrived(1);
      await stop();
      expect(await pending.closed()).toBe('');
      await incomplete.closed();
    });

    it('returns the same promise if stop is called again', async () => {
      const server = await start(echo);
      expect(server.stop()).toBe(server.stop());
      await server.stop();
    });
  });
});
