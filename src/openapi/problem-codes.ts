/** The problem codes of a documented response. Nothing generated is needed here, so that the generators can read it too. */
import type { ProblemCode } from '../contract/generated/types.ts';
import type { JsonObject } from '../contract/operations.ts';

/** The media type of problems (RFC 9457, section 3). */
export const problemMediaType = 'application/problem+json';

/** The codes to which a response narrows its problem: none where it is no problem, or where the gateway alone makes it. */
export function codesOf(response: JsonObject): readonly ProblemCode[] {
  const content = response['content'] as JsonObject | undefined;
  const schema = (content?.[problemMediaType] as JsonObject | undefined)?.['schema'] as JsonObject | undefined;
  const parts = (schema?.['allOf'] ?? []) as readonly JsonObject[];
  const narrowed = parts.at(-1)?.['properties'] as JsonObject | undefined;
  const code = narrowed?.['code'] as JsonObject | undefined;
  return (code?.['enum'] ?? (code?.['const'] === undefined ? [] : [code['const']])) as readonly ProblemCode[];
}

/** The same with the code that stands for the gateway's own answer, which is no problem of ours. */
export function allCodesOf(response: JsonObject): readonly ProblemCode[] {
  const gateway = response['x-problem-code'] as ProblemCode | undefined;
  return gateway === undefined ? codesOf(response) : [...codesOf(response), gateway];
}
