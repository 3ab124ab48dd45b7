import { createServer, type AddressInfo } from 'node:net';

/** The only address that the local stack listens on. */
export const loopback = '127.0.0.1';

/** A port that cannot be used; the message is one sentence that can be shown as it is. */
export class PortError extends Error {}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, loopback, () => {
      const { port: taken } = server.address() as AddressInfo;
      server.close(() => resolve(taken));
    });
  });
}

/** A port that is free at the moment. */
export function freePort(): Promise<number> {
  return listenOnce(0);
}

/**
 * Makes sure that `port` can be listened on.
 *
 * @param setting the setting that chooses the port, named in the message
 * @throws PortError when another program has the port, or when listening on it is not permitted
 */
export async function requireFreePort(port: number, setting: string): Promise<void> {
  try {
    await listenOnce(port);
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
        ? 'is already in use by another program'
        : 'may not be used';
    throw new PortError(`Port ${port} ${reason}: stop that program or choose another port with ${setting}=<port>.`);
  }
}
