import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from '../../scripts/stack/listen.ts';

/** What a failing database does with one request. */
export type Failure = (request: IncomingMessage, response: ServerResponse) => void;

/** Accepts the request and never responds. */
export const silence: Failure = () => {};

/** Resets the connection after the complete request. */
export const reset: Failure = (request) => {
  request.resume().on('end', () => request.socket.resetAndDestroy());
};

/** Starts a response and never finishes it. */
export const stall: Failure = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0', 'content-length': '100' }).write('{"It');
};

/** Sends the response so slowly that it never ends, but is never idle. */
export const drip: Failure = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).write('{');
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};

/** Responds as DynamoDB does: with an error if `type` is given, otherwise with success; `output` is the rest of the body. */
export function respond(status: number, type?: string, output: object = {}): Failure {
  const error = type === undefined ? {} : { __type: `com.amazonaws.dynamodb.v20120810#${type}` };
  const body = JSON.stringify({ ...error, ...output });
  return (request, response) => {
    request
      .resume()
      .on('end', () => response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body));
  };
}

/** Responds with 200 and a body that is not JSON. */
export const garbage: Failure = (request, response) => {
  request.resume().on('end', () => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>'));
};

export interface FailingServer {
  readonly endpoint: string;
  /** How many requests have arrived. */
  attempts(): number;
  close(): Promise<void>;
}

/** A database on 127.0.0.1 that applies the first failure to its first request, and so on; the last one is repeated. */
export async function startFailingServer(...failures: readonly [Failure, ...Failure[]]): Promise<FailingServer> {
  let attempts = 0;
  const { url, close } = await listen((request, response) => {
    const failure = failures[Math.min(attempts, failures.length - 1)] ?? silence;
    attempts += 1;
    failure(request, response);
  });
  return { endpoint: url, attempts: () => attempts, close };
}
