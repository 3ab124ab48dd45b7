import { problemTexts } from '../../src/app/problems.ts';
import type { Fault, FaultCode, ProblemCode } from '../../src/contract/generated/types.ts';
import { problemMediaType, statusOf } from '../../src/contract/problem-codes.ts';
import type { TestResponse } from './api.ts';

/** What a problem says this time, beside the words of its code. */
export interface ProblemExtra {
  readonly detail?: string;
  /** All faults, in any order, each as the place (`/pointer` or parameter) and the code; see `faultsOf`. */
  readonly faults?: readonly (readonly [place: string, code: FaultCode])[];
}

/** Checks a whole problem: the contract's status, the media type, and a body that fits its code and the request's id. */
export function expectProblem(response: TestResponse, code: ProblemCode, { detail, faults }: ProblemExtra = {}): void {
  const { status, headers, body } = response;
  const requestId = headers['x-request-id'];
  const { title, detail: usualDetail } = problemTexts[code];
  expect({ status, contentType: headers['content-type'], body: body as unknown }).toEqual({
    status: statusOf(code),
    contentType: problemMediaType,
    body: {
      type: `urn:problem:event-management:${code}`,
      title,
      status: statusOf(code),
      detail: detail ?? usualDetail,
      instance: `urn:request:${requestId}`,
      code,
      requestId,
      ...(faults ? { errors: expect.any(Array) as unknown } : {}),
    },
  });
  expect(requestId).toMatch(/^[\w=-]{8,128}$/);
  if (faults) expect(faultsOf(response)).toEqual([...faults].sort(byPlace));
}

/** The faults that a problem lists, without their words: pairs of place and code, sorted. The pointer to the whole body is empty. */
export function faultsOf({ body }: TestResponse): (readonly [string, FaultCode])[] {
  const { errors = [] } = body as { errors?: readonly Fault[] };
  return errors.map((fault) => [('pointer' in fault ? fault.pointer : fault.parameter) ?? '', fault.code] as const).sort(byPlace);
}

const byPlace = (a: readonly string[], b: readonly string[]) => (a.join(' ') < b.join(' ') ? -1 : 1);
