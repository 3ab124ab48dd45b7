/** Finds the schema of a part of a value. */
import { asObject, isObject, type JsonObject } from '../../openapi/document.ts';

/** The branch of a union that the discriminator of a value selects; undefined if it selects none. */
export function branchOf(schema: JsonObject, value: unknown): JsonObject | undefined {
  const name = discriminatorOf(schema);
  if (name === undefined || !isObject(value)) return undefined;
  return branchesOf(schema).find((branch) => valuesOf(branch, name).includes(value[name]));
}

/** The values of the discriminator, in the order of the branches; empty if the schema is not such a union. */
export function kindsOf(schema: JsonObject): readonly unknown[] {
  const name = discriminatorOf(schema);
  return name === undefined ? [] : branchesOf(schema).flatMap((branch) => valuesOf(branch, name));
}

/**
 * The schema of the part of a value to which the steps of a JSON Pointer lead; an empty object if the contract does not describe it.
 *
 * @param steps names of members and indexes of arrays, without escapes
 */
export function schemaAt(schema: JsonObject, value: unknown, steps: readonly string[]): JsonObject {
  const [name, ...more] = steps;
  if (name === undefined) return schema;
  const { properties, items, additionalProperties } = branchOf(schema, value) ?? schema;
  const [next, part] = Array.isArray(value)
    ? [items, value[Number(name)] as unknown]
    : [own(asObject(properties), name) ?? additionalProperties, own(asObject(value), name)];
  return schemaAt(asObject(next), part, more);
}

const own = (object: JsonObject, name: string) => (Object.hasOwn(object, name) ? object[name] : undefined);

function discriminatorOf({ discriminator }: JsonObject): string | undefined {
  return asObject(discriminator)['propertyName'] as string | undefined;
}

const branchesOf = ({ oneOf = [] }: JsonObject) => oneOf as readonly JsonObject[];

function valuesOf({ properties }: JsonObject, name: string): readonly unknown[] {
  const { const: only, enum: values = only === undefined ? [] : [only] } = asObject(asObject(properties)[name]);
  return values as readonly unknown[];
}

/** Truncates a pointer to the length that the contract allows, after a complete step: it can contain names from the client. */
export function shorten(pointer: string): string {
  if (pointer.length <= 1024) return pointer;
  return pointer.slice(0, pointer.lastIndexOf('/', 1024));
}
