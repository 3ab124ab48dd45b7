import { type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';
import { listen } from '../../scripts/stack/listen.ts';

type Call = 'PutItem' | 'UpdateItem' | 'GetItem';

/** A line to the database on which answers can get lost, and something else can happen between two calls. */
export interface LossyProxy {
  readonly endpoint: string;
  /** The calls that have passed so far, such as `UpdateItem`; one entry for each attempt. */
  readonly calls: string[];
  /** Lets the next call of this kind reach the database and cuts the connection in place of its answer. */
  loseNextAnswer(to: Call): void;
  /** Lets the next call of this kind wait until something else has happened. */
  beforeNext(call: Call, happen: () => Promise<unknown>): void;
  close(): Promise<void>;
}

/** Passes everything on to the database at `target`. */
export async function startLossyProxy(target: string): Promise<LossyProxy> {
  const { hostname, port } = new URL(target);
  const calls: string[] = [];
  let doomed: string | undefined;
  let awaited: { readonly call: string; happen(): Promise<unknown> } | undefined;

  async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // DynamoDB_20120810.UpdateItem
    const name = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    calls.push(name);
    const lost = name === doomed;
    if (lost) doomed = undefined;
    if (name === awaited?.call) {
      const { happen } = awaited;
      awaited = undefined;
      await happen();
    }
    const { method, url, headers } = request;
    const onward = httpRequest({ hostname, port, method, path: url, headers }, (answer) => {
      if (lost) return void answer.resume().on('end', () => request.socket.destroy());
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => request.socket.destroy());
    request.pipe(onward);
  }

  const listening = await listen((request, response) => void passOn(request, response));
  return {
    endpoint: listening.url,
    calls,
    loseNextAnswer: (to) => void (doomed = to),
    beforeNext: (call, happen) => void (awaited = { call, happen }),
    close: listening.close,
  };
}
