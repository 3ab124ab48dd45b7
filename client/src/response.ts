import { warnOnce } from './deprecation.ts';
import type { ErrorDetails } from './errors.ts';
import { codesByGatewayStatus, type OperationId, type ProblemCode } from './generated/operations.ts';
import type { Problem } from './generated/schemas.ts';
import type { ApiResponse } from './promises.ts';
import { retryAfterOf } from './retry.ts';

/** A response whose body has been read: a success as text, an error as JSON if it is JSON. */
export interface Exchange {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * Reads the data of a response, as the contract promises it.
 *
 * @param mediaType the media type that the caller asked for; JSON where absent
 * @throws the error that `fail` makes: for a problem of the API, and for a response that does not come from it
 */
export function readResponse(
  operation: OperationId,
  { data, error, response }: Exchange,
  mediaType: string | undefined,
  fail: (code: ProblemCode | 'unexpected-response', details: Partial<ErrorDetails>) => Error,
): ApiResponse<unknown> {
  warnOnce(operation, response);
  const { status } = response;
  const value = mediaType ? hasType(response, mediaType) && data : parse(data);
  if (value || status === 204) return { data: value, response };
  const problem = isProblem(error, response) ? error : undefined;
  const text = data ?? error;
  throw fail(problem?.code ?? codesByGatewayStatus[status] ?? 'unexpected-response', {
    response,
    problem,
    body: typeof text === 'string' ? text : JSON.stringify(text),
    retryAfterMs: retryAfterOf(response),
  });
}

/** Whether the API itself made this error (RFC 9457). */
function isProblem(error: unknown, response: Response): error is Problem {
  return hasType(response, 'problem+json') && !!(error as Problem | undefined)?.code;
}

function hasType({ headers }: Response, mediaType: string): boolean {
  return !!headers.get('content-type')?.includes(mediaType);
}

/** The object or array that a JSON text contains; undefined for anything else. */
function parse(text: unknown): object | undefined {
  try {
    const value: unknown = JSON.parse(text as string);
    return value instanceof Object ? value : undefined;
  } catch {
    return undefined;
  }
}
