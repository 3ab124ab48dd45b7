import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from '../../scripts/stack/listen.ts';
import { forwardTo } from './forward.ts';

/** What becomes of a request: without a network it does not arrive, or its response does not. */
export type Fate = 'passes' | 'request lost' | 'response lost';

/** A network between a device and the API that can be cut. */
export interface UnreliableNetwork {
  /** The address of the API through this network. */
  readonly url: string;
  /** How many requests have reached the API. */
  arrived(): number;
  /** Decides about each request from now on. */
  behave(fateOf: () => Fate): void;
  close(): Promise<void>;
}

/** Starts a proxy in front of the API at `target`, in which every request passes at first. */
export async function startUnreliableNetwork(target: string): Promise<UnreliableNetwork> {
  const pass = forwardTo(target);
  let fateOf: () => Fate = () => 'passes';
  let arrived = 0;

  function forward(request: IncomingMessage, response: ServerResponse): void {
    const fate = fateOf();
    if (fate === 'request lost') return void request.socket.destroy();
    arrived += 1;
    pass(request, response, { losesResponse: fate === 'response lost' });
  }

  const listening = await listen(forward);
  return {
    url: listening.url,
    arrived: () => arrived,
    behave: (next) => void (fateOf = next),
    close: listening.close,
  };
}
