import type { EventsApiError } from './errors.ts';
import { EventsApiError as ApiError, type ErrorDetails, etagOf, requestIdOf } from './errors.ts';
import { foreignCodes, type OperationId } from './generated/operations.ts';
import type { Problem } from './generated/schemas.ts';
import type { Failure, Result } from './promises.ts';
import { retryAfterOf } from './retry.ts';

/** An answer whose body has been read: as text, or, where it is an error in JSON, as what that says. */
export interface Answer {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** What an answer means: the data that the contract promises, or what went wrong. */
export function resultOf<Op extends OperationId>(operation: Op, { data, error, response }: Answer, attempts: number): Result<unknown, Op> {
  const { status, ok } = response;
  const value = ok && typeof data === 'string' ? parse(data) : undefined;
  if (status === 204 || value) return { data: value, response, etag: etagOf(response), requestId: requestIdOf(response) };
  const problem = isProblem(error, response) ? error : undefined;
  const code = problem?.code ?? (ok ? undefined : foreignCodes[status]) ?? 'unexpected-response';
  const body = problem ? undefined : textOf(data ?? error);
  return failure(operation, { code, attempts, problem, body, response, retryAfterMs: retryAfterOf(response) } as ErrorDetails<Op>);
}

export function failure<Op extends OperationId>(operation: Op, details: ErrorDetails<Op>): Failure<Op> {
  const error: EventsApiError<Op> = new ApiError(operation, details);
  const { response, etag, requestId } = error;
  return { error, response, etag, requestId };
}

/** Whether the API itself made the answer (RFC 9457). */
function isProblem(error: unknown, { headers }: Response): error is Problem {
  return !!headers.get('content-type')?.startsWith('application/problem+json') && typeof (error as Problem | undefined)?.code === 'string';
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
}

/** A body of JSON; undefined where it is none: an answer has an object or a list. */
function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
