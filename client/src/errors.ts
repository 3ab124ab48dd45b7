import type { OperationId, ProblemCode } from './generated/operations.ts';
import type { Problem } from './generated/schemas.ts';

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
    super([operation, status, code, problem?.detail, meta.requestId].filter(Boolean).join(' - '), { cause });
    Object.assign(this, { name: 'EventsApiError', [brand]: true, operation, code, status }, details, meta);
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

/** The request id is the API's, or the gateway's if the gateway itself responded. */
export function responseMeta(response: Response | undefined): ResponseMeta {
  const header = (name: string) => response?.headers.get(name) ?? undefined;
  return { etag: header('etag'), requestId: header('x-request-id') ?? header('apigw-requestid') };
}
