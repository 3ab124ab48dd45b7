import { problemTexts } from '../../src/http/problems.ts';
import type { FieldError, FieldErrorCode, ProblemCode } from '../../src/contract/generated/types.ts';
import type { TestResponse } from './api.ts';
import { domains } from './domains.ts';

/**
 * The status of each code, written a second time: read from the contract, it would change with the contract. Those of one domain are in
 * its file in `test/domains/`.
 */
export const statuses: { readonly [Code in ProblemCode]?: number } = {
  'body-too-large': 413,
  'concurrent-change': 409,
  forbidden: 403,
  'headers-too-large': 431,
  'idempotency-key-consumed': 409,
  'idempotency-key-reused': 422,
  'internal-error': 500,
  'invalid-cursor': 422,
  'invalid-filter': 422,
  'invalid-request': 400,
  'malformed-body': 400,
  'malformed-request': 400,
  'method-not-allowed': 405,
  'precondition-failed': 412,
  'request-timeout': 408,
  'route-not-found': 404,
  'service-unavailable': 503,
  'too-many-requests': 429,
  unauthenticated: 401,
  'unsupported-media-type': 415,
  ...(Object.assign({}, ...domains.map(({ problemStatuses }) => problemStatuses)) as object),
};

/** What this occurrence of a problem has besides the texts of its code. */
export interface ProblemExtra {
  readonly detail?: string;
  /** All field errors, in any order, each as the place (`/pointer` or parameter) and the code; see `fieldErrorsOf`. */
  readonly errors?: readonly (readonly [place: string, code: FieldErrorCode])[];
}

/** Checks a complete problem: its status, media type and body, with the texts of its code and the request id. */
export function expectProblem(response: TestResponse, code: ProblemCode, { detail, errors }: ProblemExtra = {}): void {
  const { status, headers, body } = response;
  const requestId = headers['x-request-id'];
  const { title, detail: defaultDetail } = problemTexts[code];
  expect({ status, contentType: headers['content-type'], body: body as unknown }).toEqual({
    status: statuses[code],
    contentType: 'application/problem+json',
    body: {
      type: `https://event-management-api.github.io/event-management-api/errors.html#${code}`,
      title,
      status: statuses[code],
      detail: detail ?? defaultDetail,
      instance: `urn:request:${requestId}`,
      code,
      requestId,
      ...(errors ? { errors: expect.any(Array) as unknown } : {}),
    },
  });
  expect(requestId).toMatch(/^[\w=-]{8,128}$/);
  if (errors) expect(fieldErrorsOf(response)).toEqual([...errors].sort(byPlace));
}

/** The field errors of a problem as sorted pairs of place and code. The pointer to the whole body is empty. */
export function fieldErrorsOf({ body }: TestResponse): (readonly [string, FieldErrorCode])[] {
  const { errors = [] } = body as { errors?: readonly FieldError[] };
  return errors
    .map((error) => [('pointer' in error ? error.pointer : error.parameter) ?? '', error.code] as const)
    .sort(byPlace);
}

const byPlace = (a: readonly string[], b: readonly string[]) => (a.join(' ') < b.join(' ') ? -1 : 1);
