/** Which status each problem code of the contract stands for. */
import { document as contract } from './generated/document.ts';
import type { ProblemCode } from './generated/types.ts';
import { type Operation, operations } from './operations.ts';
import { allCodesOf } from '../openapi/problem-codes.ts';

/** Every code with its status, as the contract pairs them: the answers of all operations, the gateway's, and the unrouted. */
export function statusByCode(
  all: readonly Operation[],
  unrouted: Readonly<Record<string, number>>,
): ReadonlyMap<ProblemCode, number> {
  const pairs = all.flatMap(({ responses }) =>
    Object.entries(responses).flatMap(([status, response]) =>
      allCodesOf(response).map((code) => [code, Number(status)] as const),
    ),
  );
  return new Map([...pairs, ...(Object.entries(unrouted) as [ProblemCode, number][])]);
}

const statuses = statusByCode(operations, contract['x-unrouted-codes'] ?? {});

/** The HTTP status of a problem code. */
export function statusOf(code: ProblemCode): number {
  const status = statuses.get(code);
  if (status === undefined) throw new Error(`The contract gives no status to the problem code ${code}.`);
  return status;
}
