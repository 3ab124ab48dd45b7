import type { ErrorDetails } from './errors.ts';
import { codesByGatewayStatus, type ProblemCode } from './generated/operations.ts';
import type { Problem } from './generated/schemas.ts';
import type { ApiResponse } from './promises.ts';
import { retryAfterOf } from './retry.ts';
import type { Exchange } from './transport.ts';

/**
 * Reads the data of a response, as the contract promises it.
 *
 * @param mediaType the media type that the caller asked for; JSON where absent
 * @param received undefined if there was no response that can be read
 * @throws the error that `fail` makes: for a problem of the API, and for a response that does not come from it
 */
export function readResponse(
  received: Exchange | undefined,
  mediaType: string | undefined,
  fail: (code: ProblemCode | 'unexpected-response', details: Partial<ErrorDetails>) => Error,
): ApiResponse<unknown> {
  if (!received) throw fail('unexpected-response', { cause: new TypeError('fetch returned no readable Response') });
  const { response, text } = received;
  const { status } = response;
  const json = parse(text);
  const data = mediaType ? (hasType(response, mediaType) ? text : undefined) : json;
  if (response.ok && (data !== undefined || status === 204)) return { data, response };
  const problem = isProblem(json, response) ? json : undefined;
  throw fail(problem?.code ?? codesByGatewayStatus[status] ?? 'unexpected-response', {
    response,
    problem,
    body: text,
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
