import type { Response } from 'express';
import type { Principal } from '../../auth/principal.ts';
import type { Operation } from '../../contract/operations.ts';

/** The context of one request: its id, its deadline, and the content of its log line. */
export interface RequestContext {
  readonly requestId: string;
  /** Milliseconds of a monotonic clock. */
  readonly startedAt: number;
  /** Aborts all work for this request at its deadline. */
  readonly signal: AbortSignal;
  /** For the log line: the operation, once a route has matched. */
  operation?: Operation;
  /** For the log line: the caller, once the token has been verified. */
  principal?: Principal | undefined;
  /** For the log line: whether the request is a dry run, once it has been validated. */
  dryRun?: boolean;
  /** For the log line: the error that led to a response of 5xx. */
  error?: unknown;
}

const contexts = new WeakMap<Response, RequestContext>();

/** Attaches the context to a response, once. */
export function attachContext(response: Response, context: RequestContext): void {
  contexts.set(response, context);
}

/**
 * The context of the request that this response belongs to.
 *
 * @throws Error if none was attached: the middleware is in the wrong order
 */
export function contextOf(response: Response): RequestContext {
  const context = contexts.get(response);
  if (!context) throw new Error('No request context is attached to this response.');
  return context;
}
