/** Passing requests on to another server, for proxies that do something to some of them. */
import { type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';

interface Passing {
  /** The body, if it has been read already. */
  readonly body?: string;
  /** Whether the connection is closed instead of passing the response. */
  readonly losesResponse?: boolean;
}

/** Returns a function that passes a request on to a server, and its response back. */
export function forwardTo(target: string) {
  const { hostname, port } = new URL(target);
  return (request: IncomingMessage, response: ServerResponse, { body, losesResponse = false }: Passing = {}): void => {
    const { method, url, headers } = request;
    const outgoing = httpRequest({ hostname, port, method, path: url, headers }, (incoming) => {
      if (losesResponse) return void incoming.resume().on('end', () => request.socket.destroy());
      response.writeHead(incoming.statusCode ?? 502, incoming.headers);
      incoming.pipe(response);
    });
    outgoing.on('error', () => request.socket.destroy());
    if (body === undefined) request.pipe(outgoing);
    else outgoing.end(body);
  };
}
