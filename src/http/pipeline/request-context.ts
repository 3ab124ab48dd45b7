import type { Response } from 'express';
import type { Principal } from '../../auth/principal.ts';
import type { Operation } from '../../contract/operations.ts';
import type { ValidInput } from '../../contract/validation/validator.ts';

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
  /** What the contract found valid. */
  input?: ValidInput;
}

const states = new WeakMap<Response, RequestState>();

/** Attaches the state to a response, once. */
export function begin(response: Response, state: RequestState): void {
  states.set(response, state);
}

/**
 * The state that `begin` attached.
 *
 * @throws Error where nothing was attached, which is a fault of the order of the middleware
 */
export function stateOf(response: Response): RequestState {
  const state = states.get(response);
  if (!state) throw new Error('The request has not been identified.');
  return state;
}
