import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from '../../scripts/stack/listen.ts';
import type { Failure } from './failing-server.ts';
import { forwardTo } from './forward.ts';

type Call = 'PutItem' | 'UpdateItem' | 'GetItem' | 'BatchGetItem' | 'TransactWriteItems' | 'Query';

/** A proxy of the database that can lose responses and run a function between two calls. */
export interface LossyProxy {
  readonly endpoint: string;
  /** The calls that have passed so far, such as `UpdateItem`; one entry for each attempt. */
  readonly calls: string[];
  /** Lets the next call of this kind reach the database, and closes the connection instead of passing its response. */
  loseNextResponse(to: Call): void;
  /** Runs a function before the next call of this kind. */
  beforeNext(call: Call, action: () => Promise<unknown>): void;
  /** Applies a failure to every call of this kind, none of which reaches the database, until it is called without one. */
  fail(call: Call, failure?: Failure): void;
  close(): Promise<void>;
}

/** Starts a proxy of the database at `target`. */
export async function startLossyProxy(target: string): Promise<LossyProxy> {
  const pass = forwardTo(target);
  const calls: string[] = [];
  let callToLose: string | undefined;
  const failures = new Map<string, Failure>();
  let pending: { readonly call: string; action(): Promise<unknown> } | undefined;

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // DynamoDB_20120810.UpdateItem
    const name = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    calls.push(name);
    const lost = name === callToLose;
    if (lost) callToLose = undefined;
    if (name === pending?.call) {
      const { action } = pending;
      pending = undefined;
      await action();
    }
    const failure = failures.get(name);
    if (failure !== undefined) return failure(request, response);
    pass(request, response, { losesResponse: lost });
  }

  const listening = await listen((request, response) => void forward(request, response));
  return {
    endpoint: listening.url,
    calls,
    loseNextResponse: (to) => void (callToLose = to),
    beforeNext: (call, action) => void (pending = { call, action }),
    fail(call, failure) {
      if (failure === undefined) failures.delete(call);
      else failures.set(call, failure);
    },
    close: listening.close,
  };
}
