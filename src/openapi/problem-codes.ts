/** The problem codes of a documented response. */
import { asObject, type JsonObject } from './document.ts';

/** The media type of problems (RFC 9457, section 3). */
export const problemMediaType = 'application/problem+json';

/** The codes of the problems that a response can contain. Empty if it is not a problem, or if only the gateway produces it. */
export function problemCodesOf(response: JsonObject): readonly string[] {
  const { schema } = asObject(asObject(response['content'])[problemMediaType]);
  const parts = (asObject(schema)['allOf'] ?? []) as readonly JsonObject[];
  const { code } = asObject(parts.at(-1)?.['properties']);
  const { enum: allowed, const: only } = asObject(code);
  return (allowed ?? (only === undefined ? [] : [only])) as readonly string[];
}

/** The same, with the code that clients give to the gateway's own response (`x-problem-code`). */
export function problemCodesWithGateway(response: JsonObject): readonly string[] {
  const gateway = response['x-problem-code'] as string | undefined;
  return gateway === undefined ? problemCodesOf(response) : [...problemCodesOf(response), gateway];
}
