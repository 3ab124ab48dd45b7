import type { OperationId, ProblemCode } from './generated/operations.ts';
import type { Problem } from './generated/schemas.ts';

/** What can go wrong without an answer of the API: no connection, no answer in time, ended by the caller, an answer of something else. */
export type ClientCode = 'network-error' | 'timeout' | 'aborted' | 'unexpected-response';

/** What is known of a failed call beside its code. */
export interface ErrorDetails {
  /** How many requests were sent. */
  readonly attempts: number;
  /** The answer, where the API itself made it: `problem.errors` has each field error with its place. */
  readonly problem?: Problem | undefined;
  /** The text of the answer. */
  readonly body?: string | undefined;
  /** The answer, where there was one; its body has been read. */
  readonly response?: Response | undefined;
  /** How long the API asks to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** What lies behind it: the reason of the caller's signal, the error of `fetch`. */
  readonly cause?: unknown;
}

/** What the headers of an answer say. */
export interface Facts {
  /** The id by which the request is found in the API's log. */
  readonly requestId?: string | undefined;
  /** The present revision of the event, where the answer names it. */
  readonly etag?: string | undefined;
}

// The same in every copy of this package: an application may hold two, one for `import` and one for `require`.
const brand = Symbol.for('EventsApiError');

/** Every failed call is one of these. Decide by `code`; a code that is newer than this package reaches your `default:`. */
export class EventsApiError<Op extends OperationId = OperationId> extends Error {
  /** What went wrong. */
  declare readonly code: ProblemCode<Op> | ClientCode;
  declare readonly operation: Op;
  /** The status, where there was an answer. */
  declare readonly status?: number | undefined;
  declare readonly attempts: ErrorDetails['attempts'];
  declare readonly problem?: ErrorDetails['problem'];
  declare readonly body?: ErrorDetails['body'];
  declare readonly response?: ErrorDetails['response'];
  declare readonly retryAfterMs?: ErrorDetails['retryAfterMs'];
  declare readonly requestId?: Facts['requestId'];
  declare readonly etag?: Facts['etag'];

  constructor(operation: Op, code: ProblemCode<Op> | ClientCode, { cause, ...details }: ErrorDetails) {
    const { problem, response } = details;
    const { status } = response ?? {};
    const facts = factsOf(response);
    super([operation, status, code, problem?.detail, facts.requestId].filter(Boolean).join(' - '), { cause });
    Object.assign(this, { name: 'EventsApiError', [brand]: true, operation, code, status }, details, facts);
  }
}

/** Whether something that was caught is an error of this package, of this operation where one is named. */
export function isEventsApiError<Op extends OperationId = OperationId>(
  error: unknown,
  operation?: Op,
): error is EventsApiError<Op> {
  const ours = (error as { [brand]?: true } | undefined)?.[brand] === true;
  return ours && (!operation || (error as EventsApiError).operation === operation);
}

/** The request's id is the API's own, or that of the gateway where it answered itself. */
export function factsOf(response: Response | undefined): Facts {
  const header = (name: string) => response?.headers.get(name) ?? undefined;
  return { etag: header('etag'), requestId: header('x-request-id') ?? header('apigw-requestid') };
}
