import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** Why the HTTP parser rejected the input of a client. */
export type ClientErrorKind = 'malformed-request' | 'request-timeout' | 'headers-too-large';

/** A response without a request. `Connection`, `Content-Length` and `X-Request-Id` are added to its headers. */
export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Makes the response; `requestId` is sent in the header. */
export type OnClientError = (kind: ClientErrorKind, requestId: string) => RawResponse;

/** The latest request of a connection, and its response. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** How long a client may take to read the response before its connection is closed, in milliseconds. */
const lingerMs = 1_000;

/**
 * Responds to what Node's parser rejects, and closes the connection. Node itself would respond without a body, even while the
 * response to an earlier request is pending.
 */
export function createClientErrorListener(
  onClientError: OnClientError,
  exchangeOf: (socket: Duplex) => Exchange | undefined,
) {
  const handled = new WeakSet<Duplex>();

  return function handleClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
    // The parser fails again on all further input of the client.
    if (handled.has(socket)) return;
    handled.add(socket);
    if (!socket.writable || error.code === 'ECONNRESET' || error.code === 'EPIPE') return void socket.destroy();

    const exchange = exchangeOf(socket);
    if (exchange !== undefined && !exchange.response.writableFinished && exchange.request.complete) {
      // The response to an earlier request is pending: the client would take this one for it.
      exchange.response.once('close', () => socket.destroy());
      return;
    }
    // The unfinished request has a response already; a second one is invalid.
    if (exchange !== undefined && !exchange.request.complete && exchange.response.headersSent)
      return void socket.destroy();

    socket.end(serialize(toRawResponse(onClientError, kindOf(error))));
    // Closing immediately would reset the connection while the client is sending, and it would lose the response.
    setTimeout(() => socket.destroy(), lingerMs).unref();
  };
}

function kindOf({ code }: NodeJS.ErrnoException): ClientErrorKind {
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers-too-large';
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request-timeout';
  return 'malformed-request';
}

/** The response to rejected input, with a new request id and all of its headers. */
export function toRawResponse(onClientError: OnClientError, kind: ClientErrorKind): RawResponse {
  const requestId = randomUUID();
  const { status, headers, body } = onClientError(kind, requestId);
  const own = { 'Content-Length': String(Buffer.byteLength(body)), Connection: 'close', 'X-Request-Id': requestId };
  return { status, headers: { ...headers, ...own }, body };
}

function serialize({ status, headers, body }: RawResponse): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`;
}
