import { connect, type Socket } from 'node:net';

/** A connection on which a test writes exactly what it wants. */
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
  // A reset is one of the ways in which a connection ends.
  socket.on('data', (piece) => (text += String(piece))).on('error', () => undefined);
  await new Promise<void>((resolve, reject) =>
    socket.once('connect', resolve).once('close', () => reject(new Error('refused'))),
  );

  function wait(event: 'data' | 'close', done: () => boolean, timeoutMs: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!done()) return;
        clearTimeout(timer);
        socket.off(event, look);
        resolve(text);
      };
      const timer = setTimeout(
        () => reject(new Error(`Nothing of that kind came: ${JSON.stringify(text)}`)),
        timeoutMs,
      );
      socket.on(event, look);
      look();
    });
  }

  return {
    socket,
    received: () => text,
    send: (piece) => void socket.write(piece, 'latin1'),
    until: (pattern, timeoutMs = 5_000) => wait('data', () => pattern.test(text), timeoutMs),
    closed: (timeoutMs = 5_000) => wait('close', () => socket.closed, timeoutMs),
  };
}
