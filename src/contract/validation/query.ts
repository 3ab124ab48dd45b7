import type { FieldError } from '../generated/types.ts';
import type { Parameter } from '../../openapi/document.ts';

/** The declared parameters in a query, and its errors. */
export interface ParsedQuery {
  readonly values: Readonly<Record<string, string | string[]>>;
  readonly errors: readonly FieldError[];
  /** The parameters in which a raw `+` was read as a space, perhaps against the intention. */
  readonly withRawPlus: ReadonlySet<string>;
}

/** The error of a raw `+` where a space cannot be meant: at the end of a value, as in `tag=c++`. */
const rawPlus = {
  code: 'invalid-encoding',
  detail: 'must not end with a raw "+", which is a space: write %2B',
} as const;

export const notAnInteger = { code: 'invalid-type', detail: 'must be an integer' } as const;

/**
 * Reads a query string (without `?`) strictly: unknown and repeated parameters and broken percent-encoding are errors, where
 * `URLSearchParams` and `node:querystring` would silently drop or replace characters. Raw colons are allowed. A `+` is a space, as in
 * HTML forms (https://url.spec.whatwg.org/#concept-urlencoded-parser), because `URLSearchParams` and many clients send it for one.
 */
export function parseQuery(query: string, parameters: readonly Parameter[]): ParsedQuery {
  const declared = new Map<string | undefined, Parameter>(
    parameters.filter((one) => one.in === 'query').map((one) => [one.name, one]),
  );
  const texts = new Map<Parameter, string[]>();
  const errors: FieldError[] = [];
  const withRawPlus = new Set<string>();
  for (const pair of query.split('&').filter((text) => text !== '')) {
    const [rawName = '', ...rest] = pair.split('=');
    const name = decode(rawName);
    const rawValue = rest.join('=');
    const value = decode(rawValue);
    const parameter = declared.get(name);
    if (parameter && rawValue.includes('+')) withRawPlus.add(parameter.name);
    if (!parameter)
      errors.push({ parameter: shorten(name ?? rawName), code: 'unknown-parameter', detail: 'is not known here' });
    else if (value === undefined)
      errors.push({
        parameter: parameter.name,
        code: 'invalid-encoding',
        detail: 'is not valid percent-encoded UTF-8',
      });
    else if (rawValue.endsWith('+')) errors.push({ parameter: parameter.name, ...rawPlus });
    else texts.set(parameter, [...(texts.get(parameter) ?? []), value]);
  }
  const values: Record<string, string | string[]> = {};
  for (const [{ name, schema }, all] of texts) {
    const [first = '', ...more] = all;
    if (schema['type'] === 'array') values[name] = all;
    else if (more.length > 0)
      errors.push({ parameter: name, code: 'duplicate-parameter', detail: 'must be given only once' });
    // Ajv would also coerce `0x10`, ` 5` and `1e1`.
    else if (schema['type'] === 'integer' && !/^-?\d+$/.test(first)) errors.push({ parameter: name, ...notAnInteger });
    else values[name] = first;
  }
  return { values, errors, withRawPlus };
}

function decode(text: string): string | undefined {
  // The query of an event from the gateway can contain half of a surrogate pair, which UTF-8 and the database cannot.
  if (!text.isWellFormed()) return undefined;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/** Truncates a name from the client to the length that the contract allows. */
function shorten(name: string): string {
  return [...name].slice(0, 256).join('') || '(empty)';
}
