/**
 * Captures the exchanges of any client in this process (`fetch`, `node:http`, a socket) with a server under test: each request with
 * its response, byte for byte as they were sent.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { readBody, readHead } from './messages.ts';
import type { Exchange } from './exchange.ts';

type OnExchange = (exchange: Exchange) => void;

const channel = 'net.client.socket';
const listeners = new Map<number, OnExchange>();

/** Passes every exchange with this local port to `onExchange`. Returns a function that stops the capture. */
export function captureExchanges(port: number, onExchange: OnExchange): () => void {
  if (listeners.size === 0) subscribe(channel, captureSocket);
  listeners.set(port, onExchange);
  return () => {
    listeners.delete(port);
    if (listeners.size === 0) unsubscribe(channel, captureSocket);
  };
}

/** Called for each socket before it connects, so that no byte is missed; the port is known only after it has connected. */
function captureSocket(message: unknown): void {
  const { socket } = message as { socket: Socket };
  const reader = createExchangeReader();
  const { _write, _writev, push } = socket;
  // Everything that is sent passes through these in order. Overriding `write` would not work: `connect` resets it.
  socket._write = (chunk: Chunk, encoding, done) => {
    reader.sent(bytesOf({ chunk, encoding }));
    _write.call(socket, chunk, encoding, done);
  };
  socket._writev = (pieces, done) => {
    reader.sent(Buffer.concat(pieces.map(bytesOf)));
    _writev?.call(socket, pieces, done);
  };
  // Everything that is received passes through `push` before the client reads it, in any reading mode.
  socket.push = (chunk: Buffer | null, ...rest) => {
    if (chunk) reader.received(chunk);
    return push.call(socket, chunk, ...rest);
  };
  socket.once('connect', () => {
    const onExchange = listeners.get(socket.remotePort ?? 0);
    if (onExchange) reader.start(onExchange);
    else Object.assign(socket, { _write, _writev, push });
  });
}

type Chunk = string | Uint8Array;
const bytesOf = ({ chunk, encoding }: { chunk: Chunk; encoding: BufferEncoding }) =>
  typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk);

/** Pairs the requests and the responses of one connection. */
export function createExchangeReader() {
  let onExchange: OnExchange | undefined;
  let outgoing = Buffer.alloc(0);
  let incoming = Buffer.alloc(0);

  /** Removes the next complete response with its request from the buffers; skips interim responses (1xx). */
  function takeExchange(): Exchange | undefined {
    const head = readHead(incoming);
    if (!head) return undefined;
    const status = Number(head.line.split(' ')[1]);
    if (status < 200) {
      incoming = incoming.subarray(head.end);
      return takeExchange();
    }
    const request = readHead(outgoing);
    // A request that cannot be parsed has an empty method and path.
    const [, method = '', path = ''] = /^(\S+) (.*) HTTP\/1\.\d$/.exec(request?.line ?? '') ?? [];
    const body = method === 'HEAD' ? { bytes: Buffer.alloc(0), end: head.end } : readBody(incoming, head);
    if (!body) return undefined;
    const sent = request && readBody(outgoing, request);
    // If the response came before the whole request body, the request is the last one of its connection.
    outgoing = outgoing.subarray(sent ? sent.end : outgoing.length);
    incoming = incoming.subarray(body.end);
    const requestHeaders = request?.headers ?? {};
    return {
      transport: 'socket',
      method,
      path,
      requestHeaders,
      requestBody: sent?.bytes,
      status,
      headers: head.headers,
      text: body.bytes.toString(),
    };
  }

  return {
    start: (listener: OnExchange) => void (onExchange = listener),
    sent: (bytes: Buffer) => void (outgoing = Buffer.concat([outgoing, bytes])),
    received(bytes: Buffer) {
      incoming = Buffer.concat([incoming, bytes]);
      for (let exchange = takeExchange(); exchange; exchange = takeExchange()) onExchange?.(exchange);
    },
  };
}
