import type { Response } from 'express';
import type { Principal } from '../auth/principal.ts';
import type { Operation } from '../contract/operations.ts';

/** What is known about a request while it passes through the middleware. */
export interface RequestState {
  readonly requestId: string;
  /** Milliseconds of a monotonic clock. */
  readonly startedAt: number;
  /** Ends all work for this request when its time is up. */
  readonly signal: AbortSignal;
  operation?: Operation;
  principal?: Principal;
  /** What the log line says about a fault of ours. */
  error?: unknown;
  input?: unknown;
}

const key = Symbol('state');

/** Attaches the state to a response, once. */
export function begin(response: Response, state: RequestState): void {
  response.locals[key as never] = state as never;
}

/** The state that `begin` attached. */
export function stateOf(response: Response): RequestState {
  return response.locals[key as never] as RequestState;
}
