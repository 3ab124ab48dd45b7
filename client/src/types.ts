/** The inputs of the client: its options, those of a call, and the target of a call. */
import type { EventsApiError } from './errors.ts';
import type { OperationId } from './generated/operations.ts';

/**
 * Members of `RequestInit`, or of that of another `fetch`, which the client passes on: `next` and `cache` in Next.js, `dispatcher` of undici,
 * `keepalive`, `credentials`. The client itself sets the omitted ones.
 */
export type FetchOptions = Omit<RequestInit, SetByClient> & {
  readonly [name: string]: unknown;
} & { readonly [Name in SetByClient]?: never };

type SetByClient = 'method' | 'headers' | 'body' | 'redirect' | 'signal';

/** The options of a single call. */
export interface CallOptions {
  /** Aborts the call, which then rejects with the code `aborted`. */
  signal?: AbortSignal | undefined;
  /** The revision that the change applies to, instead of the target's `etag`; the call is refused if neither is known. */
  ifMatch?: string | undefined;
  /** The key that identifies retries of this call; by default a new random one for each call. */
  idempotencyKey?: string | undefined;
  /** Additional headers. They replace all headers of the same name except `Authorization` if the client has a token. */
  headers?: Headers | Readonly<Record<string, string>> | undefined;
  /** The maximum number of retries of a call that may be retried: 2. A retry with a fresh token after a 401 does not count. */
  maxRetries?: number | undefined;
  /** The timeout of one attempt including its body, in milliseconds: 10,000. */
  timeoutMs?: number | undefined;
  /** The deadline of the whole call including delays, in milliseconds: 60,000. */
  deadlineMs?: number | undefined;
  /** What else `fetch` gets. Those of the client and of the call are merged. */
  fetchOptions?: FetchOptions | undefined;
}

/** The options of a call whose response is wanted in a media type other than JSON; the data is then its text. */
export interface TextOptions<MediaType extends string> extends CallOptions {
  mediaType: MediaType;
}

/** The options of any call, as the runtime reads them. */
export type AnyCallOptions = CallOptions & Partial<TextOptions<string>>;

/** The options of a client. Options of a call take precedence. */
export interface ClientOptions extends Pick<CallOptions, 'maxRetries' | 'timeoutMs' | 'deadlineMs' | 'fetchOptions'> {
  /**
   * The URL of the API with its base path, such as `https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/api/v1`, without user name,
   * password, query and fragment. In a web page it may be relative.
   */
  baseUrl: string | URL;
  /** Additional headers of all calls. They replace `Client-Version`, and no header that depends on the call, such as `If-Match`. */
  headers?: CallOptions['headers'];
  /** Replaces the global `fetch`. It is called with the URL as text and with `method`, `headers` (a plain object), `body`, `redirect`, `signal` and the `fetchOptions`. */
  fetch?: typeof globalThis.fetch | undefined;
  /**
   * Called before each attempt, and awaited. It may set headers, such as `traceparent`, which apply to this attempt. If it throws, the call
   * fails as `invalid-request`.
   */
  onRequest?: ((request: AttemptedRequest) => void | Promise<void>) | undefined;
  /** Called after each attempt, for metrics. Errors that it throws are logged. */
  onAttempt?: ((attempt: Attempt) => void | Promise<void>) | undefined;
  /**
   * Where warnings of deprecation and errors of `onAttempt` are written: the console by default. A logger with `debug` gets a line for each
   * attempt, without URL, headers and bodies.
   */
  logger?: Logger | undefined;
  /**
   * The access token, or a function that returns it. The function is called before each attempt, so it should cache the token;
   * `forceRefresh` means that the API has rejected the cached one. If it is undefined, no one has signed in: calls without a token are
   * sent, such as `getEvent` for a public event, and all others fail as `unauthenticated`, without being sent. Leave the option out if
   * something else authenticates the requests, such as a proxy of your page.
   */
  token?:
    string | ((options: { forceRefresh: boolean }) => string | undefined | Promise<string | undefined>) | undefined;
}

/** The methods of a console, or of any logger, that the client calls with one text, or with an error. */
export interface Logger {
  debug?(message: string): void;
  warn(message: string): void;
  error(error: unknown): void;
}

/** Which attempt of which call it is. */
export interface AttemptId {
  operation: OperationId;
  /** A random id that all attempts of a call have in common. */
  callId: string;
  /** The number of the attempt within its call, from 1. */
  attempt: number;
}

/** An attempt that is about to be sent. */
export interface AttemptedRequest extends AttemptId {
  url: string;
  /** The headers, which can be changed. */
  headers: Headers;
}

/** An attempt that has ended. */
export interface Attempt extends AttemptId {
  durationMs: number;
  /** The response, if there was one. */
  response?: Response | undefined;
  /** The error, if the attempt failed. */
  error?: EventsApiError | undefined;
}

/**
 * The target of a call: its ids by name. An `etag` beside them protects a change from overwriting a newer revision; the change is
 * refused if it is undefined.
 */
export type Targets<Id extends string, Numeric extends string = never> = { readonly [Name in Id]: string } & {
  readonly [Name in Numeric]: number;
} & { readonly etag?: string | undefined };

/** The target of a call: an id, or an object that has it, such as an event. */
export type Target<Id extends string> = string | Targets<Id>;

/** How an operation is sent. */
export interface OperationEntry {
  readonly method: 'get' | 'put' | 'post' | 'delete' | 'patch';
  readonly path: string;
  /** The ids in the path that are numbers. */
  readonly numbers?: readonly string[];
  /** The media type of the body. */
  readonly body?: string;
  /** Whether there must be an input. */
  readonly inputRequired?: true;
  /** The fields of the input that go into the query; the others are the body. */
  readonly query?: readonly string[];
  /** Whether it takes an Idempotency-Key, so that it may be retried. */
  readonly idempotent?: true;
  /** Whether it takes If-Match. */
  readonly ifMatch?: true;
  /** Whether it reads no token. */
  readonly public?: true;
  /** Whether it takes a token or none. */
  readonly tokenOptional?: true;
  /** The media type of the response if it is text instead of JSON. */
  readonly text?: string;
  /** Whether it returns a page of a list. */
  readonly paged?: true;
  /** The operation that reads what this one changes. */
  readonly readOperation?: OperationId;
}
