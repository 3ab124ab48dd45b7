/** What is handed in: the options of a client and of a call, and what a call is about. */
import type { EventsApiError } from './errors.ts';
import type { OperationId } from './generated/operations.ts';

/** What may be said about a single call. */
export interface CallOptions {
  /** Ends the call; it is rejected with the code `aborted`. */
  signal?: AbortSignal | undefined;
  /** The revision that must still be there, in place of the target's `etag`. */
  ifMatch?: string | undefined;
  /** The key under which a repetition is recognised; by default a new random one for each call. */
  idempotencyKey?: string | undefined;
  /** Further headers. What the client itself sends under the same name goes before. */
  headers?: Record<string, string> | undefined;
  /** How many times a call is repeated at most, where it may be repeated at all: 2. A new try after a 401, with a fresh token, does not count. */
  maxRetries?: number | undefined;
  /** How long one attempt may take, its body included, in milliseconds: 10,000. */
  timeoutMs?: number | undefined;
  /** How long the call may take in all, waits included, in milliseconds: 60,000. */
  deadlineMs?: number | undefined;
}

/** How a client reaches the API. What a call says for itself goes before. */
export interface ClientOptions extends Pick<CallOptions, 'headers' | 'maxRetries' | 'timeoutMs' | 'deadlineMs'> {
  /** Where the API is, with its base path, such as `https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/api/v1`. In a page it may be relative. */
  baseUrl: string;
  /** In place of the global `fetch`. It is called with a `Request`. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Told about each attempt when it is over, for logs and measurements. What it throws is shown on the console. */
  onAttempt?: ((attempt: Attempt) => void) | undefined;
  /**
   * The access token, or where it comes from. A function is asked before each attempt, so it should keep its token; `forceRefresh` says that the API
   * has refused that one.
   */
  token?:
    string | ((options: { forceRefresh: boolean }) => string | undefined | Promise<string | undefined>) | undefined;
}

/** An attempt that is over. */
export interface Attempt {
  operation: OperationId;
  /** Which one of its call it was, from 1. */
  attempt: number;
  durationMs: number;
  /** The answer, where there was one. */
  response?: Response | undefined;
  /** What went wrong. */
  error?: EventsApiError | undefined;
}

/** What a call is about: its ids by their names. An `etag` beside them guards a change against overwriting. */
export type Targets<Id extends string> = { readonly [Name in Id]: string } & { readonly etag?: string | undefined };

/** What a call is about: an id, or something that has it, such as an event that was read. */
export type Target<Id extends string> = string | Targets<Id>;

/** How an operation is sent. */
export interface OperationEntry {
  readonly method: 'get' | 'put' | 'post' | 'delete' | 'patch';
  readonly path: string;
  /** The media type of the body. */
  readonly body?: string;
  /** Which members of the input go into the query, where the others make the body. */
  readonly query?: readonly string[];
  /** Whether it takes an Idempotency-Key, and may so be repeated. */
  readonly key?: true;
  /** Whether it takes an If-Match. */
  readonly match?: true;
  /** Whether it needs no token. */
  readonly open?: true;
  /** Whether it answers a page of a list. */
  readonly paged?: true;
  /** The operation that reads what this one changes. */
  readonly read?: OperationId;
}
