import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type ClientErrorKind,
  toRawResponse,
  createClientErrorListener,
  type Exchange,
  type OnClientError,
} from './client-error.ts';

/** The timeouts of a server, in milliseconds. */
export interface ServerLimits {
  /** From the first byte of a request, or the opening of the connection, to the end of its headers. */
  readonly headersTimeout?: number;
  /** From the first byte of a request to the last byte of its body. */
  readonly requestTimeout?: number;
  /** How long a connection may be idle between requests. */
  readonly keepAliveTimeout?: number;
  /** How long a connection may be silent while a response is being sent to a client that does not read. */
  readonly idleTimeout?: number;
  /** How long `stop` waits for requests in flight. */
  readonly grace?: number;
}

/** The settings of a server. */
export interface ServerOptions extends ServerLimits {
  readonly host: string;
  /** 0 selects a free one. */
  readonly port: number;
  /** Makes the response to input that the HTTP parser rejects. */
  readonly onClientError: OnClientError;
}

/** A server that accepts requests. */
export interface RunningServer {
  /** The URL of the server, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /**
   * Accepts no more connections, closes idle ones, lets requests in flight finish, and closes the remaining ones after the grace
   * period. Resolves when no connection is open; may be called again.
   */
  stop(): Promise<void>;
}

/** How long `stop` waits for connections that have been opened, and for their first byte, in milliseconds. */
const firstRequestMs = 500;

/** The maximum size of request line and headers together, in bytes; larger ones are 431. */
export const maxHeaderSize = 16_384;

/**
 * Listens on a port. On `Expect: 100-continue`, the listener decides whether to call `writeContinue`.
 *
 * @throws Error if the port is unavailable (`EADDRINUSE`, `EACCES`, …)
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
  /** How many connections there have been. */
  let accepted = 0;

  const server = createServer({
    maxHeaderSize,
    headersTimeout,
    requestTimeout,
    keepAliveTimeout,
    // By default Node checks its timeouts only every 30 s.
    connectionsCheckingInterval: Math.min(1_000, Math.ceil(headersTimeout / 4)),
    // Node would respond without a body; see `requestErrorOf`.
    requireHostHeader: false,
  });
  // Node silently drops headers beyond 1,000; `maxHeaderSize` limits their number too.
  server.maxHeadersCount = 0;
  server.timeout = idleTimeout;

  function listen(request: IncomingMessage, response: ServerResponse): void {
    exchanges.set(request.socket, { request, response });
    if (stopping !== undefined) response.setHeader('Connection', 'close');
    response.once('close', () => {
      // The connection becomes idle only after this event.
      if (stopping !== undefined) setImmediate(() => server.closeIdleConnections());
    });
    const error = requestErrorOf(request);
    if (error === undefined) listener(request, response);
    else refuse(response, error);
  }

  function refuse(response: ServerResponse, kind: ClientErrorKind): void {
    const { status, headers, body } = toRawResponse(onClientError, kind);
    response.writeHead(status, headers).end(body);
  }

  async function stop(): Promise<void> {
    // What has arrived is accepted and read first: closing now would reset it. Each turn of the event loop accepts one connection.
    const latest = performance.now() + firstRequestMs;
    for (let before = -1; before < accepted && performance.now() < latest;) {
      before = accepted;
      await nextTurn();
      await nextTurn();
    }
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const { response } of exchanges.values()) {
      if (!response.headersSent) response.setHeader('Connection', 'close');
    }
    // Browsers open connections in advance; Node does not count those without a request as idle. A request may be on its way.
    const unused = setTimeout(() => {
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    }, firstRequestMs);
    const timer = setTimeout(() => server.closeAllConnections(), grace);
    await closed;
    clearTimeout(unused);
    clearTimeout(timer);
  }

  // Any other expectation is ignored (RFC 9110, section 10.1.1); Node would respond with 417 without a body.
  server.on('request', listen).on('checkContinue', listen).on('checkExpectation', listen);
  const handleClientError = createClientErrorListener(onClientError, (socket) => exchanges.get(socket));
  server.on('clientError', handleClientError);
  // Node hands over the raw socket for CONNECT, so it needs an error listener of its own. Without this, Node closes it silently.
  server.on('connect', (_request, socket) =>
    handleClientError(
      new Error('CONNECT'),
      socket.on('error', () => socket.destroy()),
    ),
  );
  server.on('connection', (socket) => {
    accepted += 1;
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
  const { port: actualPort } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return { url: `http://${name}:${actualPort}`, port: actualPort, stop: () => (stopping ??= stop()) };
}

/** Errors that Node's parser does not detect. */
function requestErrorOf(request: IncomingMessage): ClientErrorKind | undefined {
  const { method = '', url = '', rawHeaders } = request;
  // RFC 9112, section 3.2: exactly one. Node silently keeps the first of several.
  const hosts = request.headersDistinct['host']?.length ?? 0;
  if (hosts > 1 || (hosts === 0 && request.httpVersion === '1.1')) return 'malformed-request';
  // The parser counts neither colons nor line breaks: thousands of tiny headers stay below its limit.
  const length = rawHeaders.reduce(
    (sum, text) => sum + text.length + 2,
    method.length + url.length + ' HTTP/1.1\r\n'.length + 1,
  );
  return length > maxHeaderSize ? 'headers-too-large' : undefined;
}
