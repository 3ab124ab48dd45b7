import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '../../scripts/stack/listen.ts';
import { forwardTo } from './forward.ts';

/** A call to the database on its way, before it is applied. */
export interface Sent {
  /** Such as `UpdateItem`. */
  readonly name: string;
  /** How many writes a transaction has; 1 for other calls. */
  readonly writes: number;
  /** How often the same call was sent before. */
  readonly earlier: number;
}

/** A proxy of the database in which calls conflict with transactions. Neither local database emulates that. */
export interface ContendingProxy {
  readonly endpoint: string;
  /** What has arrived so far, in order. */
  readonly sent: Sent[];
  /** Selects the writes that conflict from now on; they are not applied. */
  conflictIf(conflicts: (sent: Sent) => boolean): void;
  close(): Promise<void>;
}

const writing = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems']);

/** Starts a proxy of the database at `target`, in which nothing conflicts at first. */
export async function startContendingProxy(target: string): Promise<ContendingProxy> {
  const pass = forwardTo(target);
  const sent: Sent[] = [];
  const times = new Map<string, number>();
  let conflicts: (sent: Sent) => boolean = () => false;

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const name = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const earlier = times.get(body) ?? 0;
    times.set(body, earlier + 1);
    const { TransactItems } = JSON.parse(body) as { TransactItems?: unknown[] };
    const one: Sent = { name, writes: TransactItems?.length ?? 1, earlier };
    sent.push(one);
    if (writing.has(name) && conflicts(one)) return void respondWithConflict(one, response);
    pass(request, response, { body });
  }

  const listening = await listen((request, response) => void forward(request, response));
  return {
    endpoint: listening.url,
    sent,
    conflictIf: (next) => void (conflicts = next),
    close: listening.close,
  };
}

/** As DynamoDB responds: a single write with an error of its own, a transaction with the reason of each of its writes. */
function respondWithConflict({ name, writes }: Sent, response: ServerResponse): void {
  const isTransaction = name === 'TransactWriteItems';
  const type = isTransaction ? 'TransactionCanceledException' : 'TransactionConflictException';
  const reasons = Array.from({ length: writes }, (_, index) => ({
    Code: index === writes - 1 ? 'TransactionConflict' : 'None',
  }));
  const error = {
    __type: `com.amazonaws.dynamodb.v20120810#${type}`,
    message: 'Transaction is ongoing for the item',
    ...(isTransaction ? { CancellationReasons: reasons } : {}),
  };
  response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(error));
}
