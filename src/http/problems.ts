/** The texts of problems, and the conversion of errors to problems. */
import { IssuerUnavailable, Unauthenticated } from '../auth/errors.ts';
import { document as contract } from '../contract/generated/document.ts';
import type { FieldError, Problem, ProblemCode } from '../contract/generated/types.ts';
import { statusOf } from '../contract/problem-statuses.ts';
import { DatabaseUnavailable } from '../storage/errors.ts';

/** The texts of a problem: its title, and the default explanation. */
export interface ProblemText {
  readonly title: string;
  readonly detail: string;
}

/**
 * The texts of each problem, from the contract; an explanation of one occurrence replaces `detail`.
 * The contract's linter requires them for every code.
 */
export const problemTexts = contract['x-problems'] as Readonly<Record<ProblemCode, ProblemText>>;

/** The `type` of a problem: the URL of the documentation of its code (RFC 9457, section 3.1.1). */
export const problemType = (code: ProblemCode): string => `${contract.externalDocs.url}errors.html#${code}`;

export interface ProblemOptions {
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** The problem that ends a request, as checks and handlers return it. Its status follows from the code. */
export interface ProblemResult extends ProblemOptions {
  readonly problem: ProblemCode;
}

/** A problem that is ready to be sent. */
export interface ProblemResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Problem;
}

/** The number of field errors that one problem lists: 16,000 invalid tags would otherwise make a response of a megabyte. */
export const maxFieldErrors = 100;

/** Builds the document (RFC 9457) for a problem; the status is the contract's. */
export function toProblemResponse(
  { problem: code, detail, errors, headers = {} }: ProblemResult,
  requestId: string,
): ProblemResponse {
  const status = statusOf(code);
  const { title, detail: defaultDetail } = problemTexts[code];
  return {
    status,
    headers,
    body: {
      type: problemType(code),
      title,
      status,
      detail: detail ?? defaultDetail,
      instance: `urn:request:${requestId}`,
      code,
      requestId,
      ...(errors && errors.length > 0 ? { errors: errors.slice(0, maxFieldErrors) } : {}),
    },
  };
}

/**
 * Converts an error to a problem. An unknown error is a bug; the response contains no details of it.
 *
 * @param method of the request: a GET is safe to retry, regardless of what was written on the way
 */
export function problemOf(error: unknown, method?: string): ProblemResult {
  if (error instanceof Unauthenticated) {
    return {
      problem: 'unauthenticated',
      detail: error.detail,
      headers: { 'WWW-Authenticate': error.challenge },
    };
  }
  if (error instanceof IssuerUnavailable) return unavailable(error.retryAfterSeconds);
  if (error instanceof DatabaseUnavailable) return unavailable(error.safeToRetry || method === 'GET' ? 1 : undefined);
  return { problem: 'internal-error' };
}

function unavailable(retryAfterSeconds?: number): ProblemResult {
  const headers = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
  return { problem: 'service-unavailable', headers };
}
