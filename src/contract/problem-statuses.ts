/** The HTTP status of each problem code of the contract. */
import { problemCodesWithGateway } from '../openapi/problem-codes.ts';
import { lazy } from '../lib/lazy.ts';
import { document as contract } from './generated/document.ts';
import type { ProblemCode } from './generated/types.ts';
import { type Operation, operations } from './operations.ts';

/** The status of each problem code, from the responses of all operations and of the gateway, and from `x-unrouted-codes`. */
export function statusByCode(
  all: readonly Operation[],
  unrouted: Readonly<Record<string, number>>,
): ReadonlyMap<ProblemCode, number> {
  const pairs = all.flatMap(({ responses }) =>
    Object.entries(responses).flatMap(([status, response]) =>
      problemCodesWithGateway(response).map((code) => [code, Number(status)] as const),
    ),
  );
  return new Map([...pairs, ...Object.entries(unrouted)] as [ProblemCode, number][]);
}

const statuses = lazy(() => statusByCode(operations, contract['x-unrouted-codes'] ?? {}));

/**
 * The HTTP status of a problem code.
 *
 * @throws Error if the contract names none
 */
export function statusOf(code: ProblemCode): number {
  const status = statuses().get(code);
  if (status === undefined) throw new Error(`The problem code ${code} has no status in the contract.`);
  return status;
}
