import type { OperationId, ProblemCode } from './generated/operations.ts';
import type { Problem } from './generated/schemas.ts';

/** What can go wrong without an answer of the API: no connection, no answer in time, ended by the caller, an answer of something else. */
export type ClientCode = 'network-error' | 'timeout' | 'aborted' | 'unexpected-response';

/** What an error is made of. */
export interface ErrorDetails<Op extends OperationId> {
  readonly code: ProblemCode<Op> | ClientCode;
  readonly attempts: number;
  readonly problem?: Problem | undefined;
  readonly body?: string | undefined;
  readonly response?: Response | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

// Known to every copy of this package: an application may hold two, say one for `import` and one for `require`.
const brand = Symbol.for('@event-management/client: error');

/** Every failed call is one of these. Decide by `code`; a code that is newer than this package reaches your `default:`. */
export class EventsApiError<Op extends OperationId = OperationId> extends Error {
  override readonly name: string = 'EventsApiError';
  readonly code: ProblemCode<Op> | ClientCode;
  readonly operation: Op;
  /** How many requests were sent, as far as one knows: 0 where the call ended before. */
  readonly attempts: number;
  /** The status, where there was an answer. */
  readonly status: number | undefined;
  /** The answer, where the API itself made it: `problem.errors` has each fault with its place. */
  readonly problem: Problem | undefined;
  /** The answer's text, where something else made it. */
  readonly body: string | undefined;
  /** The answer; its body has been read. */
  readonly response: Response | undefined;
  /** By which the request is found in the API's log. */
  readonly requestId: string | undefined;
  /** The present revision, where the answer names it (412). */
  readonly etag: string | undefined;
  /** How long the API asks to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(operation: Op, { code, attempts, problem, body, response, retryAfterMs, cause }: ErrorDetails<Op>) {
    const status = response?.status;
    const requestId = requestIdOf(response);
    const words = [`${operation}: ${code}`, status && `(${status})`, problem && `- ${problem.detail}`, requestId && `[request ${requestId}]`];
    super(words.filter(Boolean).join(' '), { cause });
    Object.defineProperty(this, brand, { value: true });
    this.code = code;
    this.operation = operation;
    this.attempts = attempts;
    this.status = status;
    this.problem = problem;
    this.body = body;
    this.response = response;
    this.requestId = requestId;
    this.etag = etagOf(response);
    this.retryAfterMs = retryAfterMs;
  }
}

/** Whether something that was caught is an error of this package, of this operation where one is named. */
export function isEventsApiError<Op extends OperationId = OperationId>(error: unknown, operation?: Op): error is EventsApiError<Op> {
  return error instanceof Error && brand in error && (!operation || (error as unknown as EventsApiError).operation === operation);
}

/** The id of the request: the API's own, or the one of the gateway that answered in its place. */
export function requestIdOf(response: Response | undefined): string | undefined {
  return header(response, 'x-request-id') ?? header(response, 'apigw-requestid');
}

export function etagOf(response: Response | undefined): string | undefined {
  return header(response, 'etag');
}

function header(response: Response | undefined, name: string): string | undefined {
  return response?.headers.get(name) ?? undefined;
}
