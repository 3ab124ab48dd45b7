/** The catalogue of problems, and the one place that turns an error into one. */
import { IssuerUnavailable, Unauthenticated } from '../auth/errors.ts';
import { document as contract } from '../contract/generated/document.ts';
import type { FieldError, Problem, ProblemCode } from '../contract/generated/types.ts';
import { statusOf } from '../contract/problem-statuses.ts';
import { Unavailable } from '../storage/errors.ts';

/** The words of a problem: what it is in general, and what usually went wrong. */
export interface ProblemText {
  readonly title: string;
  readonly detail: string;
}

/**
 * The words of each problem, from the contract; what is special this time replaces `detail`.
 * That every code has them is a rule of the contract's linter.
 */
export const problemTexts = contract['x-problems'] as Readonly<Record<ProblemCode, ProblemText>>;

/**
 * A problem on its way to the client. Thrown by the middleware; handlers return theirs, so that the compiler sees the codes.
 * It has no stack: it is no fault of ours, nobody reads it, and noting it down costs more than most of the checks that throw it.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly options: ProblemOptions;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(code);
    Error.stackTraceLimit = stackTraceLimit;
    this.code = code;
    this.options = options;
  }
}

export interface ProblemOptions {
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that is ready to be written. */
export interface ProblemAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Problem;
}

/** The most field errors that one problem lists: 16,000 wrong tags would otherwise make an answer of a megabyte. */
const maxFieldErrors = 100;

/** Builds the document (RFC 9457) for a code; the status is the contract's. */
export function problem(
  code: ProblemCode,
  requestId: string,
  { detail, errors, headers = {} }: ProblemOptions = {},
): ProblemAnswer {
  const status = statusOf(code);
  const { title, detail: usualDetail } = problemTexts[code];
  return {
    status,
    headers,
    body: {
      type: `urn:problem:event-management:${code}`,
      title,
      status,
      detail: detail ?? usualDetail,
      instance: `urn:request:${requestId}`,
      code,
      requestId,
      ...(errors && errors.length > 0 ? { errors: errors.slice(0, maxFieldErrors) } : {}),
    },
  };
}

/** What an error means to the client. Whatever is not known here is our own fault and says nothing about the inside. */
export function problemOf(error: unknown, requestId: string): ProblemAnswer {
  if (error instanceof ProblemError) return problem(error.code, requestId, error.options);
  if (error instanceof Unauthenticated) {
    return problem('unauthenticated', requestId, {
      detail: error.detail,
      headers: { 'WWW-Authenticate': error.challenge },
    });
  }
  if (error instanceof IssuerUnavailable) return unavailable(requestId, error.retryAfterSeconds);
  if (error instanceof Unavailable) return unavailable(requestId, error.nothingWritten ? 1 : undefined);
  return problem('internal-error', requestId);
}

function unavailable(requestId: string, retryAfterSeconds?: number): ProblemAnswer {
  const headers = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
  return problem('service-unavailable', requestId, { headers });
}
