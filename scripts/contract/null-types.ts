/** Schemas that allow null beside another schema, as one schema with a list of types. */
import { lookUp } from '../../src/openapi/refs.ts';
import type { Json, JsonObject } from '../../src/openapi/document.ts';

/**
 * A copy of a document in which every `anyOf` or `oneOf` of one schema and `type: 'null'` is that schema with null among its
 * types: `{ anyOf: [{ $ref: EventName }, { type: 'null' }] }` becomes `{ type: ['string', 'null'], minLength: 3, … }`. Keywords
 * beside the `anyOf`, such as `description`, replace those of the schema.
 *
 * Both forms allow the same values, but of a value that is not allowed a validator reports the errors of all alternatives of an
 * `anyOf`, and Redoc shows a choice where there is none. A schema to which null could not be added by its `type` alone stays.
 */
export function nullsAsTypes<T>(document: T): T {
  const convert = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(convert);
    if (node === null || typeof node !== 'object') return node;
    const converted =
      withNullAsType(node as JsonObject, (ref) => lookUp(document as JsonObject, ref)) ?? (node as JsonObject);
    return Object.fromEntries(Object.entries(converted).map(([key, value]) => [key, convert(value)]));
  };
  return convert(document) as T;
}

/**
 * One schema that may be null, with null among its types.
 *
 * @param lookUpRef what a `$ref` names
 * @returns undefined if the schema does not consist of one other schema and null, or if that one cannot take null by its `type` alone
 */
export function withNullAsType(schema: JsonObject, lookUpRef: (ref: string) => unknown): JsonObject | undefined {
  const other = besideNull(schema);
  if (other === undefined) return undefined;
  const { anyOf: _, oneOf: __, ...own } = schema;
  const target = typeof other['$ref'] === 'string' ? (lookUpRef(other['$ref']) as JsonObject) : other;
  if (target['type'] === undefined || appliedToNull.some((keyword) => keyword in target)) return undefined;
  // Without a discriminator each alternative would see the null.
  if (target['oneOf'] !== undefined && target['discriminator'] === undefined) return undefined;
  const { const: only, enum: values = only === undefined ? undefined : [only], ...rest } = target;
  return {
    ...rest,
    ...own,
    type: [...new Set([target['type'], 'null'].flat())],
    ...(Array.isArray(values) ? { enum: [...new Set([...(values as Json[]), null])] } : {}),
  };
}

/** The schema beside `type: 'null'` in a union of these two. Undefined if the schema is something else. */
export function besideNull({ anyOf, oneOf }: JsonObject): JsonObject | undefined {
  const alternatives = (anyOf ?? oneOf) as readonly JsonObject[] | undefined;
  if (alternatives?.length !== 2 || (anyOf !== undefined && oneOf !== undefined)) return undefined;
  const others = alternatives.filter(({ type }) => type !== 'null');
  return others.length === 1 ? others[0] : undefined;
}

/** Keywords that apply to any type, and would reject null. */
const appliedToNull = ['$ref', 'allOf', 'anyOf', 'not', 'if'];
