import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from '../../scripts/stack/listen.ts';

/** What a faulty database does with one request. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => void;

/** Accepts the request and never answers. */
export const silence: Fault = () => {};

/** Cuts the connection when the request has come in whole. */
export const reset: Fault = (request) => {
  request.resume().on('end', () => request.socket.resetAndDestroy());
};

/** Announces an answer and never finishes it. */
export const stall: Fault = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0', 'content-length': '100' }).write('{"It');
};

/** Sends the answer so slowly that it never ends, yet is never idle either. */
export const drip: Fault = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).write('{');
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};

/** Responds as DynamoDB does: with an error if `type` is given, else with success; `output` is the rest of the body. */
export function answer(status: number, type?: string, output: object = {}): Fault {
  const error = type === undefined ? {} : { __type: `com.amazonaws.dynamodb.v20120810#${type}` };
  const body = JSON.stringify({ ...error, ...output });
  return (request, response) => {
    request
      .resume()
      .on('end', () => response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body));
  };
}

/** Answers 200 with something that is not JSON. */
export const garbage: Fault = (request, response) => {
  request.resume().on('end', () => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>'));
};

export interface FaultyServer {
  readonly endpoint: string;
  /** How many requests have come in. */
  attempts(): number;
  close(): Promise<void>;
}

/** A database on 127.0.0.1 that treats its first request as the first fault says, and so on; the last one stays. */
export async function startFaultyServer(...faults: readonly [Fault, ...Fault[]]): Promise<FaultyServer> {
  let attempts = 0;
  const { url, close } = await listen((request, response) => {
    const fault = faults[Math.min(attempts, faults.length - 1)] ?? silence;
    attempts += 1;
    fault(request, response);
  });
  return { endpoint: url, attempts: () => attempts, close };
}
