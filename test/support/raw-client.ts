import { connect, type Socket } from 'node:net';

/** A connection on which a test sends arbitrary bytes. */
export interface RawClient {
  readonly socket: Socket;
  /** Everything that has arrived so far. */
  readonly received: () => string;
  send(text: string): void;
  /** Resolves with everything that has arrived once it matches; rejects after `timeoutMs`. */
  until(pattern: RegExp, timeoutMs?: number): Promise<string>;
  /** Resolves with everything that has arrived once the connection is closed; rejects after `timeoutMs`. */
  closed(timeoutMs?: number): Promise<string>;
}

/** Opens a connection to a port of this machine. */
export async function rawConnect(port: number): Promise<RawClient> {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  let text = '';
  // A connection may end with a reset.
  socket.on('data', (chunk) => (text += String(chunk))).on('error', () => undefined);
  await new Promise<void>((resolve, reject) =>
    socket.once('connect', resolve).once('close', () => reject(new Error('refused'))),
  );

  function wait(event: 'data' | 'close', done: () => boolean, timeoutMs: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!done()) return;
        clearTimeout(timer);
        socket.off(event, check);
        resolve(text);
      };
      const timer = setTimeout(() => reject(new Error(`Timed out; received ${JSON.stringify(text)}`)), timeoutMs);
      socket.on(event, check);
      check();
    });
  }

  return {
    socket,
    received: () => text,
    send: (chunk) => void socket.write(chunk, 'latin1'),
    until: (pattern, timeoutMs = 5_000) => wait('data', () => pattern.test(text), timeoutMs),
    closed: (timeoutMs = 5_000) => wait('close', () => socket.closed, timeoutMs),
  };
}
