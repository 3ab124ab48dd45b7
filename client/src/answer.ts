import { warnOnce } from './deprecation.ts';
import type { ErrorDetails } from './errors.ts';
import { foreignCodes, type OperationId, type ProblemCode } from './generated/operations.ts';
import type { Problem } from './generated/schemas.ts';
import type { Answer } from './promises.ts';
import { retryAfterOf } from './retry.ts';

/** A response whose body has been read: success as text, an error as JSON where it is some. */
export interface Exchange {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * What the contract promises, out of a response.
 *
 * @throws what `fail` makes, where the API says that something went wrong, or where something else than the API made the answer
 */
export function answerOf(
  operation: OperationId,
  { data, error, response }: Exchange,
  fail: (code: ProblemCode | 'unexpected-response', details: Partial<ErrorDetails>) => Error,
): Answer<unknown> {
  warnOnce(operation, response);
  const { status } = response;
  const value = parse(data);
  if (value || status === 204) return { data: value, response };
  const problem = isProblem(error, response) ? error : undefined;
  const text = data ?? error;
  throw fail(problem?.code ?? foreignCodes[status] ?? 'unexpected-response', {
    response,
    problem,
    body: typeof text === 'string' ? text : JSON.stringify(text),
    retryAfterMs: retryAfterOf(response),
  });
}

/** Whether the API itself made it (RFC 9457). */
function isProblem(error: unknown, { headers }: Response): error is Problem {
  return !!headers.get('content-type')?.includes('problem+json') && !!(error as Problem | undefined)?.code;
}

/** The object or list that a text is as JSON; undefined where it is neither. */
function parse(text: unknown): object | undefined {
  try {
    const value: unknown = JSON.parse(text as string);
    return value instanceof Object ? value : undefined;
  } catch {
    return undefined;
  }
}
