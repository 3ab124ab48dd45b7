import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

import { loopback } from './ports.ts';

/** A server that accepts requests. */
export interface Listening {
  /** Its base URL, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Closes the port and all connections; resolves when they are closed. May be called twice. */
  close(): Promise<void>;
}

/** Serves requests on 127.0.0.1, on a free port unless one is named. Resolves when it listens. */
export async function listen(listener: RequestListener, port = 0): Promise<Listening> {
  const server = createServer(listener).listen(port, loopback);
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${loopback}:${taken}`,
    port: taken,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
