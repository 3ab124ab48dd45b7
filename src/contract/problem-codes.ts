/** Which status each problem code of the contract stands for. */
import { document as contract } from './generated/document.ts';
import type { ProblemCode } from './generated/types.ts';
import { operations, type JsonObject, type Operation } from './operations.ts';

/** The media type of problems (RFC 9457, section 3). */
export const problemMediaType = 'application/problem+json';

/** The codes that a documented response may carry: none where it is no problem, or where the gateway alone makes it. */
export function codesOf(response: JsonObject): readonly ProblemCode[] {
  const content = response['content'] as JsonObject | undefined;
  const schema = (content?.[problemMediaType] as JsonObject | undefined)?.['schema'] as JsonObject | undefined;
  const parts = (schema?.['allOf'] ?? []) as readonly JsonObject[];
  const narrowed = parts.at(-1)?.['properties'] as JsonObject | undefined;
  return ((narrowed?.['code'] as JsonObject | undefined)?.['enum'] ?? []) as readonly ProblemCode[];
}

/** Every code with its status, as the contract pairs them: the answers of all operations, the gateway's, and the unrouted. */
export function statusByCode(all: readonly Operation[], unrouted: Readonly<Record<string, number>>): ReadonlyMap<ProblemCode, number> {
  const pairs = all.flatMap(({ responses }) =>
    Object.entries(responses).flatMap(([status, response]) => {
      const gateway = response['x-problem-code'] as ProblemCode | undefined;
      return [...codesOf(response), ...(gateway ? [gateway] : [])].map((code) => [code, Number(status)] as const);
    }),
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
