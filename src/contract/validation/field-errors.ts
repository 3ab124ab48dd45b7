/**
 * The errors of Ajv as field errors. Their sentences are our own: those of a library change with it, and are written for people
 * who know JSON Schema.
 */
import type { ErrorObject } from 'ajv';
import { asObject, type JsonObject, type Parameter } from '../../openapi/document.ts';
import { escapeStep, unescapeStep } from '../../openapi/refs.ts';
import type { FieldError, FieldErrorCode } from '../generated/types.ts';
import { kindsOf, schemaAt, shorten } from './schema-at.ts';

/** What the explanation of an error depends on. */
interface Violation {
  readonly params: ErrorObject['params'];
  /** The schema that has the keyword. */
  readonly schema: JsonObject;
}

/** How a violated keyword is reported. */
interface Report {
  readonly code: FieldErrorCode;
  readonly explain: (violation: Violation) => string;
}

/**
 * The keywords that a schema of a request may have, in the order in which they explain an error: of several errors in one place,
 * the first is reported. A string that has another format than expected is often too short as well.
 */
const reports = {
  type: { code: 'invalid-type', explain: ({ params }) => `must be ${typesIn(params).map(named).join(' or ')}` },
  required: { code: 'required', explain: () => 'is required' },
  additionalProperties: { code: 'unknown-field', explain: () => 'is not known here' },
  propertyNames: {
    code: 'unknown-field',
    explain: ({ schema }) => `must have a name of ${asObject(schema['propertyNames'])['x-expected'] as string}`,
  },
  discriminator: { code: 'invalid-value', explain: ({ schema }) => `must be ${listOf(kindsOf(schema))}` },
  enum: { code: 'invalid-value', explain: ({ params }) => `must be ${listOf(params['allowedValues'])}` },
  const: { code: 'invalid-value', explain: ({ params }) => `must be ${listOf([params['allowedValue']])}` },
  format: { code: 'invalid-format', explain: ({ schema }) => `must be ${schema['x-expected'] as string}` },
  pattern: { code: 'invalid-format', explain: ({ schema }) => `must be ${schema['x-expected'] as string}` },
  maxLength: { code: 'too-long', explain: ({ params }) => `must have at most ${count(params, 'character')}` },
  minLength: { code: 'too-short', explain: explainTooShort },
  maximum: { code: 'too-large', explain: ({ params }) => `must be at most ${String(params['limit'])}` },
  minimum: { code: 'too-small', explain: ({ params }) => `must be at least ${String(params['limit'])}` },
  maxItems: { code: 'too-many', explain: ({ params }) => `must have at most ${count(params, 'item')}` },
  maxProperties: { code: 'too-many', explain: ({ params }) => `must have at most ${count(params, 'field')}` },
  minItems: { code: 'required', explain: ({ params }) => `must have at least ${count(params, 'item')}` },
  uniqueItems: {
    code: 'duplicate-item',
    explain: ({ params: { i, j } }) => explainSameItem(i, j),
  },
} satisfies Readonly<Record<string, Report>>;

/** The keywords of requests that are reported; a test compares them with the contract. */
export const reportedKeywords: readonly string[] = Object.keys(reports);

/** Where the parts of a request are in Ajv's paths, and in the contract. */
const places: Readonly<Record<string, Parameter['in']>> = { query: 'query', headers: 'header', params: 'path' };

/** What is needed to explain the errors of a request. */
export interface ErrorContext {
  readonly parameters: readonly Parameter[];
  /** The schema of the body; an empty object if there is none. */
  readonly bodySchema: JsonObject;
  readonly body: unknown;
}

/**
 * Errors of Ajv as field errors, at most one for each place: with a JSON Pointer (RFC 6901) into the body, or the name of the
 * parameter in the spelling of the contract.
 */
export function toFieldErrors(errors: readonly ErrorObject[], context: ErrorContext): FieldError[] {
  const best = new Map<string, { readonly rank: number; readonly error: FieldError }>();
  for (const one of errors) {
    // What is wrong with a name: `propertyNames` itself reports it.
    if (one.propertyName !== undefined) continue;
    const rank = reportedKeywords.indexOf(one.keyword);
    const error = toFieldError(one, context);
    const known = best.get(placeOf(error));
    if (known === undefined || rank < known.rank) best.set(placeOf(error), { rank, error });
  }
  return [...best.values()].map(({ error }) => error);
}

/** The first error of each place. */
export function firstOfEachPlace(errors: readonly FieldError[]): FieldError[] {
  const first = new Map<string, FieldError>();
  for (const error of errors) if (!first.has(placeOf(error))) first.set(placeOf(error), error);
  return [...first.values()];
}

const placeOf = ({ parameter, pointer }: FieldError) => parameter ?? `pointer ${pointer}`;

function toFieldError(error: ErrorObject, { parameters, bodySchema, body }: ErrorContext): FieldError {
  const [, part = '', ...at] = error.instancePath.split('/');
  const steps = [...at, ...memberOf(error)];
  const place = places[part];
  if (place === undefined) {
    const pointer = shorten(steps.map((step) => `/${step}`).join(''));
    return { pointer, ...explanation(error, schemaAt(bodySchema, body, at.map(unescapeStep))) };
  }
  const [name = ''] = steps;
  const isNamed = (one: Parameter) => one.in === place && one.name.toLowerCase() === name.toLowerCase();
  const parameter: Pick<Parameter, 'name' | 'schema'> = parameters.find(isNamed) ?? { name, schema: {} };
  // The items of an array have no place of their own.
  const schema = at.length > 1 ? asObject(parameter.schema['items']) : parameter.schema;
  return { parameter: parameter.name, ...explanation(error, schema) };
}

/** @param schema the one that has the keyword */
function explanation({ keyword, params }: ErrorObject, schema: JsonObject): Pick<FieldError, 'code' | 'detail'> {
  const kinds = kindsOf(schema);
  // A discriminator that is missing selects no branch, which is all that Ajv says.
  if (keyword === 'discriminator' && params['tagValue'] === undefined)
    return { code: 'required', detail: `is required: ${listOf(kinds)}` };
  const { code, explain } = isReported(keyword) ? reports[keyword] : unknownKeyword;
  return { code, detail: explain({ params, schema }) };
}

/** A test does not let the contract have a keyword without a report. */
const unknownKeyword: Report = { code: 'invalid-format', explain: () => 'is not valid' };

const isReported = (keyword: string): keyword is keyof typeof reports => Object.hasOwn(reports, keyword);

/** The member that is missing, unknown or has an invalid name or discriminator, escaped: Ajv points at the object that contains it. */
function memberOf({ keyword, params }: ErrorObject): string[] {
  const name: unknown =
    keyword === 'discriminator'
      ? params['tag']
      : (params['missingProperty'] ?? params['additionalProperty'] ?? params['propertyName']);
  return typeof name === 'string' ? [escapeStep(name)] : [];
}

function explainTooShort({ params, schema }: Violation): string {
  const isText = schema['x-text'] === 'single-line' || schema['x-text'] === 'multi-line';
  if (params['limit'] !== 1) return `must have at least ${count(params, 'character')}`;
  return isText ? 'must have a visible character' : 'must not be empty';
}

/** The allowed types without null, which the client of a nullable value rarely intended, unless it is the only one. */
function typesIn({ type }: ErrorObject['params']): readonly string[] {
  const types = [type as string | readonly string[]].flat();
  return types.length > 1 ? types.filter((one) => one !== 'null') : types;
}

/** The types of JSON as people say them. */
const typeNames: Readonly<Record<string, string>> = {
  array: 'an array',
  boolean: 'true or false',
  integer: 'an integer',
  number: 'a number',
  object: 'an object',
  string: 'a string',
};
const named = (type: string) => typeNames[type] ?? type;

/** Values to choose from; null is left out, as in {@link typesIn}. */
function listOf(values: unknown): string {
  const all = (values as readonly unknown[]).filter((value) => value !== null).map(String);
  return all.length === 1 ? all.join() : `one of ${all.join(', ')}`;
}

function count({ limit }: ErrorObject['params'], noun: string): string {
  return `${Number(limit).toLocaleString('en')} ${noun}${limit === 1 ? '' : 's'}`;
}

/** Says which two items of an array are the same, by their indexes. */
export function explainSameItem(earlier: unknown, later: unknown): string {
  return `must not have the same item twice: items ${position(later)} and ${position(earlier)} are the same`;
}

/** The position of an item as people count. */
const position = (index: unknown) => Number(index) + 1;
