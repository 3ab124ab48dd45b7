import { asObject, type JsonObject } from '../../../src/openapi/document.ts';
import { pairs, same } from './dereference.ts';
import { spelledAlike } from './spelling.ts';

/** What holds where both parts of an `allOf` have the keyword. */
type Intersect = (one: unknown, other: unknown) => unknown;

const smaller: Intersect = (one, other) => Math.min(Number(one), Number(other));
const larger: Intersect = (one, other) => Math.max(Number(one), Number(other));
const either: Intersect = (one, other) => one === true || other === true;
const allOf: Intersect = (one, other) => ({ allOf: [one, other] });

const intersections: Readonly<Record<string, Intersect>> = {
  maximum: smaller,
  maxLength: smaller,
  maxItems: smaller,
  maxProperties: smaller,
  minimum: larger,
  minLength: larger,
  minItems: larger,
  minProperties: larger,
  uniqueItems: either,
  exclusiveMinimum: either,
  exclusiveMaximum: either,
  enum: (one, other) => (one as unknown[]).filter((value) => (other as unknown[]).includes(value)),
  required: (one, other) => [...new Set([...(one as string[]), ...(other as string[])])],
  properties: (one, other) =>
    Object.fromEntries(pairs<unknown>(one, other).map(([name, a, b]) => [name, a && b ? allOf(a, b) : (a ?? b)])),
  additionalProperties: (one, other) =>
    one === false || other === false ? false : one === true ? other : other === true ? one : allOf(one, other),
  items: allOf,
  pattern: (one, other) => `${String(one)} and ${String(other)}`,
};
/** Keywords that say nothing about what is valid: the last part has its way. */
const annotations = new Set(['title', 'description', 'example', 'default', 'deprecated', 'externalDocs']);

const known = new WeakMap<object, JsonObject>();

/**
 * A schema with the parts of its `allOf` put together, one level deep, in the spelling that `spelledAlike` makes. The same schema always
 * gives the same object.
 *
 * @throws Error where two parts say something that has no common form here, such as two `oneOf`
 */
export function effective(schema: JsonObject): JsonObject {
  let result = known.get(schema);
  if (result === undefined) {
    const { allOf: parts = [], ...own } = spelledAlike(schema);
    result = [...(parts as JsonObject[]).map(effective), own].reduce(intersect);
    known.set(schema, result);
  }
  return result;
}

function intersect(one: JsonObject, other: JsonObject): JsonObject {
  const both = Object.fromEntries(
    pairs<unknown>(allowedBy(other, one), allowedBy(one, other))
      .filter(([keyword]) => keyword !== 'nullable')
      .map(([keyword, a, b]) => [
        keyword,
        a === undefined ? b : b === undefined || same(a, b) ? a : intersectKeyword(keyword, a, b),
      ]),
  ) as JsonObject;
  return takesNull(one) && takesNull(other) && both['type'] !== undefined ? { ...both, nullable: true } : both;
}

/** A part without the members that the other part refuses. */
function allowedBy(other: JsonObject, part: JsonObject): JsonObject {
  if (other['additionalProperties'] !== false || part['properties'] === undefined) return part;
  const allowed = asObject(other['properties']);
  const properties = Object.entries(asObject(part['properties'])).filter(([name]) => name in allowed);
  return { ...part, properties: Object.fromEntries(properties) };
}

function intersectKeyword(keyword: string, one: unknown, other: unknown): unknown {
  if (annotations.has(keyword) || keyword.startsWith('x-')) return other;
  if (keyword === 'type') return intersectTypes([one].flat() as string[], [other].flat() as string[]);
  const intersection = intersections[keyword];
  if (intersection === undefined)
    throw new Error(`Two parts of an allOf have different ${keyword}: such contracts cannot be compared yet.`);
  return intersection(one, other);
}

/** The types that both have; every integer is a number. */
function intersectTypes(one: readonly string[], other: readonly string[]): string | string[] {
  const has = (types: readonly string[], type: string) =>
    types.includes(type) || (type === 'integer' && types.includes('number'));
  const both = [...new Set([...one, ...other])].filter((type) => has(one, type) && has(other, type)).sort();
  const [first] = both;
  if (first === undefined)
    throw new Error('Two parts of an allOf have different type: such contracts cannot be compared yet.');
  return both.length === 1 ? first : both;
}

/** In this spelling, as in OpenAPI 3.0, `null` is refused by a schema that has a `type` and no `nullable: true`, and by nothing else. */
function takesNull(schema: JsonObject): boolean {
  return schema['nullable'] === true || schema['type'] === undefined;
}

/**
 * The members of an object, each with its schema. A member that is required without being described has the schema of all
 * undescribed members; an object that allows none of those does not have it.
 */
export function membersOf(schema: JsonObject): Readonly<Record<string, JsonObject>> {
  const rest = schema['additionalProperties'] ?? true;
  const required = rest === false ? [] : ((schema['required'] ?? []) as string[]);
  return {
    ...Object.fromEntries(required.map((name) => [name, asObject(rest)])),
    ...(asObject(schema['properties']) as Record<string, JsonObject>),
  };
}
