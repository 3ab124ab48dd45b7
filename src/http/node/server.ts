import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import {
  type ClientErrorKind,
  complete,
  createClientErrorListener,
  type Exchange,
  type OnClientError,
} from './client-error.ts';

/** How long things may take, in milliseconds. */
export interface ServerLimits {
  /** From the first byte of a request, or the opening of the connection, to the end of its headers. */
  readonly headersTimeout?: number;
  /** From the first byte of a request to the last byte of its body. */
  readonly requestTimeout?: number;
  /** How long a connection may wait for its next request. */
  readonly keepAliveTimeout?: number;
  /** How long a connection may be silent while an answer is on its way to a client that does not read. */
  readonly idleTimeout?: number;
  /** How long `stop` waits for what is in flight. */
  readonly grace?: number;
}

/** What a server is made of. */
export interface ServerOptions extends ServerLimits {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Answers what never becomes a request. */
  readonly onClientError: OnClientError;
}

/** A server that accepts requests. */
export interface RunningServer {
  /** Where it answers, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /**
   * Accepts no more connections, closes idle ones, lets requests in flight finish, and cuts off what is left after the grace
   * period. Resolves when no connection is open; may be called again.
   */
  stop(): Promise<void>;
}

/** The request line and the headers together, in bytes; more is 431. */
export const maxHeaderSize = 16_384;

/**
 * Listens on a port. `Expect: 100-continue` does not invite the body: that is left to the listener (`writeContinue`).
 *
 * @throws Error when the port cannot be had (`EADDRINUSE`, `EACCES`, …)
 */
export async function startHttpServer(listener: RequestListener, options: ServerOptions): Promise<RunningServer> {
  const {
    host,
    port,
    onClientError,
    headersTimeout = 10_000,
    requestTimeout = 30_000,
    keepAliveTimeout = 5_000,
  } = options;
  const { idleTimeout = 60_000, grace = 10_000 } = options;
  const sockets = new Set<Socket>();
  const exchanges = new Map<Duplex, Exchange>();
  let stopping: Promise<void> | undefined;

  const server = createServer({
    maxHeaderSize,
    headersTimeout,
    requestTimeout,
    keepAliveTimeout,
    // Node looks only every 30 s by default, however short the limits are.
    connectionsCheckingInterval: Math.min(1_000, Math.ceil(headersTimeout / 4)),
    // Node would answer without a body; see `faultOf`.
    requireHostHeader: false,
  });
  // Node drops what is beyond 1,000 headers without a word; the size limits them too.
  server.maxHeadersCount = 0;
  server.timeout = idleTimeout;

  function listen(request: IncomingMessage, response: ServerResponse): void {
    exchanges.set(request.socket, { request, response });
    if (stopping !== undefined) response.setHeader('Connection', 'close');
    response.once('close', () => {
      // Its connection is idle only after this event.
      if (stopping !== undefined) setImmediate(() => server.closeIdleConnections());
    });
    const fault = faultOf(request);
    if (fault === undefined) listener(request, response);
    else refuse(response, fault);
  }

  function refuse(response: ServerResponse, fault: ClientErrorKind): void {
    const { status, headers, body } = complete(onClientError, fault);
    response.writeHead(status, headers).end(body);
  }

  async function stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const { response } of exchanges.values()) {
      if (!response.headersSent) response.setHeader('Connection', 'close');
    }
    // Browsers open connections ahead; to Node those that have sent nothing yet are not idle.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    const timer = setTimeout(() => server.closeAllConnections(), grace);
    await closed;
    clearTimeout(timer);
  }

  // Any other expectation is ignored (RFC 9110, section 10.1.1), where Node would answer 417 without a body.
  server.on('request', listen).on('checkContinue', listen).on('checkExpectation', listen);
  const answerClientError = createClientErrorListener(onClientError, (socket) => exchanges.get(socket));
  server.on('clientError', answerClientError);
  // Node would close the connection without a word: this is no proxy. It gives the connection away, errors included.
  server.on('connect', (_request, socket) =>
    answerClientError(
      new Error('CONNECT'),
      socket.on('error', () => socket.destroy()),
    ),
  );
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      exchanges.delete(socket);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port: taken } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return { url: `http://${name}:${taken}`, port: taken, stop: () => (stopping ??= stop()) };
}

/** What Node's parser lets pass. */
function faultOf(request: IncomingMessage): ClientErrorKind | undefined {
  const { method = '', url = '', rawHeaders } = request;
  // RFC 9112, section 3.2: exactly one. Node keeps the first of several without a word.
  const hosts = request.headersDistinct['host']?.length ?? 0;
  if (hosts > 1 || (hosts === 0 && request.httpVersion === '1.1')) return 'malformed-request';
  // The parser counts neither colons nor line ends: thousands of tiny headers stay below its limit.
  const length = rawHeaders.reduce(
    (sum, text) => sum + text.length + 2,
    method.length + url.length + ' HTTP/1.1\r\n'.length + 1,
  );
  return length > maxHeaderSize ? 'headers-too-large' : undefined;
}
