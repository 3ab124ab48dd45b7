/**
 * Listens on the wire: whatever client of this process talks to a server under test (`fetch`, `node:http`, a bare socket), each
 * request is paired with its answer, byte for byte as they were sent.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { readBody, readHead } from './messages.ts';
import type { Exchange } from './exchange.ts';

type OnExchange = (exchange: Exchange) => void;

const channel = 'net.client.socket';
const taps = new Map<number, OnExchange>();

/** From now on every exchange with this port of this machine is passed on. Returns what ends it. */
export function tapPort(port: number, onExchange: OnExchange): () => void {
  if (taps.size === 0) subscribe(channel, tapSocket);
  taps.set(port, onExchange);
  return () => {
    taps.delete(port);
    if (taps.size === 0) unsubscribe(channel, tapSocket);
  };
}

/** A socket is announced before it connects, so that nothing is missed; only then is it known with whom it talks. */
function tapSocket(message: unknown): void {
  const { socket } = message as { socket: Socket };
  const conversation = createConversation();
  const { _write, _writev, push } = socket;
  // All that is sent passes here, in the order in which it goes out; `write` itself is put back by `connect`.
  socket._write = (chunk: Chunk, encoding, done) => {
    conversation.sent(bytesOf({ chunk, encoding }));
    _write.call(socket, chunk, encoding, done);
  };
  socket._writev = (pieces, done) => {
    conversation.sent(Buffer.concat(pieces.map(bytesOf)));
    _writev?.call(socket, pieces, done);
  };
  // What arrives passes here before any client sees it, in whatever mode the client reads.
  socket.push = (chunk: Buffer | null, ...rest) => {
    if (chunk) conversation.received(chunk);
    return push.call(socket, chunk, ...rest);
  };
  socket.once('connect', () => {
    const onExchange = taps.get(socket.remotePort ?? 0);
    if (onExchange) conversation.begin(onExchange);
    else Object.assign(socket, { _write, _writev, push });
  });
}

type Chunk = string | Uint8Array;
const bytesOf = ({ chunk, encoding }: { chunk: Chunk; encoding: BufferEncoding }) =>
  typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk);

/** Pairs what is sent on one connection with what is received on it. */
export function createConversation() {
  let onExchange: OnExchange | undefined;
  let outgoing = Buffer.alloc(0);
  let incoming = Buffer.alloc(0);

  /** The next answer as a whole, with its request; an interim answer (1xx) is none. */
  function takeExchange(): Exchange | undefined {
    const head = readHead(incoming);
    if (!head) return undefined;
    const status = Number(head.line.split(' ')[1]);
    if (status < 200) {
      incoming = incoming.subarray(head.end);
      return takeExchange();
    }
    const request = readHead(outgoing);
    // What cannot be read has no method, and no path of the contract.
    const [, method = '', path = ''] = /^(\S+) (.*) HTTP\/1\.\d$/.exec(request?.line ?? '') ?? [];
    const body = method === 'HEAD' ? { bytes: Buffer.alloc(0), end: head.end } : readBody(incoming, head);
    if (!body) return undefined;
    const sent = request && readBody(outgoing, request);
    // A request that was answered before its body was sent is the last one of its connection.
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
    begin: (listener: OnExchange) => void (onExchange = listener),
    sent: (bytes: Buffer) => void (outgoing = Buffer.concat([outgoing, bytes])),
    received(bytes: Buffer) {
      incoming = Buffer.concat([incoming, bytes]);
      for (let exchange = takeExchange(); exchange; exchange = takeExchange()) onExchange?.(exchange);
    },
  };
}
