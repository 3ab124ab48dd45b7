import type { ErrorObject } from 'ajv';
import type { FieldError, FieldErrorCode } from '../generated/types.ts';

/** The contract's code for each keyword of JSON Schema that can fail. */
const codes: Readonly<Record<string, FieldErrorCode>> = {
  additionalProperties: 'unknown-field',
  const: 'invalid-value',
  discriminator: 'invalid-value',
  enum: 'invalid-value',
  format: 'invalid-format',
  maxItems: 'too-many',
  maxLength: 'too-long',
  maximum: 'too-large',
  minLength: 'too-short',
  minimum: 'too-small',
  pattern: 'invalid-format',
  required: 'required',
  type: 'invalid-type',
  uniqueItems: 'duplicate-item',
};

const places: Readonly<Record<string, true>> = { query: true, headers: true, params: true };

/**
 * An error of Ajv as a field error: with a JSON Pointer (RFC 6901) into the body, or the name of the parameter.
 *
 * @param names the contract's spelling of each header, by its name in lower case
 */
export function toFieldError(error: ErrorObject, names: ReadonlyMap<string, string>): FieldError {
  const [, place = '', ...steps] = [...error.instancePath.split('/'), ...member(error)];
  const code = codes[error.keyword] ?? 'invalid-format';
  const detail = describe(error);
  if (!places[place]) return { pointer: shorten(steps.map((step) => `/${step}`).join('')), code, detail };
  const name = steps[0] ?? '';
  return { parameter: names.get(name) ?? name, code, detail };
}

/** The member that is missing, unknown or has an invalid discriminator: Ajv points at the object that contains it. */
function member({ keyword, params }: ErrorObject): string[] {
  const name: unknown =
    keyword === 'discriminator' ? params['tag'] : (params['missingProperty'] ?? params['additionalProperty']);
  return typeof name === 'string' ? [name.replaceAll('~', '~0').replaceAll('/', '~1')] : [];
}

function describe({ keyword, params, message = 'is not valid' }: ErrorObject): string {
  if (keyword === 'additionalProperties') return 'is not known here';
  if (keyword === 'required') return 'is required';
  if (keyword === 'discriminator') return 'must be one of the kinds that the contract names';
  if (keyword === 'enum') return `must be one of ${(params['allowedValues'] as unknown[]).map(String).join(', ')}`;
  if (keyword === 'const') return `must be one of ${String(params['allowedValue'])}`;
  if (keyword === 'type') return `must be ${typesIn(params).join(' or ')}`;
  return message;
}

/** The allowed types without null, which the client of a nullable value rarely intended, unless it is the only one. */
function typesIn({ type }: ErrorObject['params']): readonly string[] {
  const types = [type as string | readonly string[]].flat();
  return types.length > 1 ? types.filter((one) => one !== 'null') : types;
}

/** Truncates a pointer to the length that the contract allows, after a complete step: it can contain names from the client. */
function shorten(pointer: string): string {
  if (pointer.length <= 1024) return pointer;
  return pointer.slice(0, pointer.lastIndexOf('/', 1024));
}
