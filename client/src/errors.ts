import type { OperationId, ProblemCode } from './generated/operations.ts';
import type { FieldError, Problem } from './generated/schemas.ts';

/** Failures without a response of the API: no connection, no response in time, aborted by the caller, a response of another server. */
export type ClientCode = 'network-error' | 'timeout' | 'aborted' | 'unexpected-response';

/** What is known about a failed call in addition to its code. */
export interface ErrorDetails {
  /** The number of requests that were sent. */
  readonly attempts: number;
  /** The problem document, if the API made the response: `problem.errors` lists each field error with its location. */
  readonly problem?: Problem | undefined;
  /** The text of the response. */
  readonly body?: string | undefined;
  /** The response, if there was one; its body has been read. */
  readonly response?: Response | undefined;
  /** The delay that the API asks for (`Retry-After`), in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** The underlying error: that of `fetch`, or the reason of the caller's signal. */
  readonly cause?: unknown;
}

/** What the headers of a response say. */
export interface ResponseMeta {
  /** The id of the request in the API's log. */
  readonly requestId?: string | undefined;
  /** The current revision of the event, if the response names it. */
  readonly etag?: string | undefined;
}

/** An error as a plain object: what workers, Server Actions and logs can take. It has neither response, nor body, nor cause. */
export type PlainError<Op extends OperationId = OperationId> = Pick<
  EventsApiError<Op>,
  'name' | 'message' | 'code' | 'operation' | 'status' | 'attempts' | 'problem' | 'retryAfterMs' | 'requestId' | 'etag'
>;

// Shared by all copies of this package: an application may load two, one by `import` and one by `require`.
const brand = Symbol.for('EventsApiError');

/** The error of every failed call. Branch on `code`; a code that is newer than this package reaches your `default:`. */
export class EventsApiError<Op extends OperationId = OperationId> extends Error {
  /** A stable, machine-readable code. */
  declare readonly code: ProblemCode<Op> | ClientCode;
  declare readonly operation: Op;
  /** The HTTP status, if there was a response. */
  declare readonly status?: number | undefined;
  declare readonly attempts: ErrorDetails['attempts'];
  declare readonly problem?: ErrorDetails['problem'];
  declare readonly body?: ErrorDetails['body'];
  declare readonly response?: ErrorDetails['response'];
  declare readonly retryAfterMs?: ErrorDetails['retryAfterMs'];
  declare readonly requestId?: ResponseMeta['requestId'];
  declare readonly etag?: ResponseMeta['etag'];

  constructor(operation: Op, code: ProblemCode<Op> | ClientCode, { cause, ...details }: ErrorDetails) {
    const { problem, response } = details;
    const { status } = response ?? {};
    const meta = responseMeta(response);
    const reason = fieldErrorsOf(problem) || problem?.detail || reasonOf(cause);
    super(
      [operation, status, code, reason, meta.requestId].filter(Boolean).join(' - '),
      cause === undefined ? undefined : { cause },
    );
    const members = { operation, code, status, ...details, ...meta, name: 'EventsApiError', [brand]: true };
    for (const key of Reflect.ownKeys(members) as (keyof typeof members)[]) {
      const value = members[key];
      // Consoles print what is enumerable: a response and its body would hide the rest.
      const enumerable = value !== undefined && !['response', 'body', 'name', brand].includes(key);
      Object.defineProperty(this, key, { value, enumerable, writable: true });
    }
  }

  /** The error as a plain object; `JSON.stringify` calls it. */
  toJSON(): PlainError<Op> {
    return { ...(this as PlainError<Op>), name: this.name, message: this.message };
  }
}

/** Whether a caught value is an error of this package, and of this operation if one is given. */
export function isEventsApiError<Op extends OperationId = OperationId>(
  error: unknown,
  operation?: Op,
): error is EventsApiError<Op> {
  const ours = (error as { [brand]?: true } | undefined)?.[brand] === true;
  return ours && (!operation || (error as EventsApiError).operation === operation);
}

/** The field errors of a problem in one line, such as `endsAt: is required; startsAt: …`. */
function fieldErrorsOf(problem: Partial<Problem> | undefined): string {
  const errors: unknown = problem?.errors;
  return Array.isArray(errors)
    ? (errors as readonly (Partial<FieldError> | null)[])
        .map((one) => `${one?.pointer?.slice(1) || one?.parameter || 'body'}: ${one?.detail}`)
        .join('; ')
    : '';
}

/** The message of an error and of its cause: that of `fetch` says only that it failed. */
function reasonOf(error: unknown): string | undefined {
  const { message, cause } = (error ?? {}) as Error;
  return [message, (cause as Error | undefined)?.message].filter(Boolean).join(': ');
}

/** The request id is the API's, or the gateway's if the gateway itself responded. The ETag of the data comes first: proxies change the header. */
export function responseMeta(response: Response | undefined, data?: unknown): ResponseMeta {
  const header = (name: string) => response?.headers.get(name) ?? undefined;
  const { etag = header('etag') } = (data ?? {}) as ResponseMeta;
  return { etag: strongETag(etag), requestId: header('x-request-id') ?? header('apigw-requestid') };
}

/** ETags as the API made them: proxies that compress make them weak (`W/"…"`) or append the coding (`"…-gzip"`). If-Match takes neither. */
export function strongETag<T>(etags: T): T {
  return typeof etags === 'string'
    ? (etags.replace(/W\/(?=")|[-:;]+(?:gzip|gz|br|zstd|deflate)(?=")/gi, '') as T & string)
    : etags;
}
