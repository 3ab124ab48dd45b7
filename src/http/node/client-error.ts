import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** Why something that never became a request was refused. */
export type ClientErrorKind = 'malformed-request' | 'request-timeout' | 'headers-too-large';

/** An answer without a request. `Connection`, `Content-Length` and `X-Request-Id` are added to its headers. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Makes the answer; `requestId` is the one that goes into the header. */
export type OnClientError = (kind: ClientErrorKind, requestId: string) => RawAnswer;

/** What a connection is busy with: its latest request and the answer to it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** How long a client may take to read the answer before its connection is cut, in milliseconds. */
const lingerMs = 1_000;

/**
 * Answers what the parser of Node refuses; the connection ends in every case. Node itself would answer without a body, and
 * also where the answer to an earlier request is still to come.
 */
export function createClientErrorListener(answer: OnClientError, exchangeOf: (socket: Duplex) => Exchange | undefined) {
  const refused = new WeakSet<Duplex>();

  return function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
    // The parser fails again with everything else that the client sends.
    if (refused.has(socket)) return;
    refused.add(socket);
    if (!socket.writable || error.code === 'ECONNRESET' || error.code === 'EPIPE') return void socket.destroy();

    const exchange = exchangeOf(socket);
    if (exchange !== undefined && !exchange.response.writableFinished && exchange.request.complete) {
      // The answer to an earlier request is still to come: this one would be taken for it.
      exchange.response.once('close', () => socket.destroy());
      return;
    }
    // An answer to the unfinished request has begun or is out already; there is none after it.
    if (exchange !== undefined && !exchange.request.complete && exchange.response.headersSent)
      return void socket.destroy();

    socket.end(serialise(complete(answer, kindOf(error))));
    // Closing at once would reset the connection while the client still sends, and the answer would be lost.
    setTimeout(() => socket.destroy(), lingerMs).unref();
  };
}

function kindOf({ code }: NodeJS.ErrnoException): ClientErrorKind {
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers-too-large';
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request-timeout';
  return 'malformed-request';
}

/** The answer to something that was refused, under a new id and with all of its headers. */
export function complete(answer: OnClientError, kind: ClientErrorKind): RawAnswer {
  const requestId = randomUUID();
  const { status, headers, body } = answer(kind, requestId);
  const own = { 'Content-Length': String(Buffer.byteLength(body)), Connection: 'close', 'X-Request-Id': requestId };
  return { status, headers: { ...headers, ...own }, body };
}

function serialise({ status, headers, body }: RawAnswer): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`;
}
