import { request as httpRequest } from 'node:http';
import { listen } from '../../scripts/local/listen.ts';

/** A line to the database on which answers can get lost. */
export interface LossyProxy {
  readonly endpoint: string;
  /** The calls that have passed so far, such as `UpdateItem`; one entry for each attempt. */
  readonly calls: string[];
  /** Lets the next call of this kind reach the database and cuts the connection in place of its answer. */
  loseNextAnswer(to: 'PutItem' | 'UpdateItem' | 'GetItem'): void;
  close(): Promise<void>;
}

/** Passes everything on to the database at `target`. */
export async function startLossyProxy(target: string): Promise<LossyProxy> {
  const { hostname, port } = new URL(target);
  const calls: string[] = [];
  let doomed: string | undefined;
  const listening = await listen((request, response) => {
    // DynamoDB_20120810.UpdateItem
    const name = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    calls.push(name);
    const lost = name === doomed;
    if (lost) doomed = undefined;
    const { method, url, headers } = request;
    const onward = httpRequest({ hostname, port, method, path: url, headers }, (answer) => {
      if (lost) return void answer.resume().on('end', () => request.socket.destroy());
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => request.socket.destroy());
    request.pipe(onward);
  });
  return { endpoint: listening.url, calls, loseNextAnswer: (to) => void (doomed = to), close: listening.close };
}
