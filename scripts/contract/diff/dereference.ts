import { isDeepStrictEqual } from 'node:util';
import { asObject, isObject, type Json, type JsonObject, type OpenApiDocument } from '../../../src/openapi/document.ts';
import { deepResolver } from '../../../src/openapi/refs.ts';

/**
 * A contract with every `$ref` replaced by its target, so that a comparison sees what applies and not how it is written. Each
 * target becomes one object, however often it is referred to: a schema that contains itself becomes a cycle.
 */
export function dereference(contract: JsonObject): OpenApiDocument {
  const source = withMappingReferences(contract) as JsonObject;
  return deepResolver(source)(source) as OpenApiDocument;
}

/** The values of a discriminator's mapping are references without a `$ref`: here they get one. */
function withMappingReferences(node: Json | undefined): Json | undefined {
  if (Array.isArray(node)) return (node as readonly Json[]).map((item) => withMappingReferences(item) as Json);
  if (!isObject(node)) return node;
  const members = Object.entries(node).map(([key, value]) => [key, withMappingReferences(value)] as const);
  const copy: JsonObject = Object.fromEntries(members);
  if (typeof copy['propertyName'] !== 'string' || copy['mapping'] === undefined) return copy;
  const mapping = Object.entries(asObject(copy['mapping'])).map(([value, target]) => [
    value,
    typeof target === 'string' && target.startsWith('#/') ? { $ref: target } : target,
  ]);
  return { ...copy, mapping: Object.fromEntries(mapping) as JsonObject };
}

/** Every key of either object, with its value in both. */
export function pairs<T = JsonObject>(
  before: unknown,
  after: unknown,
): [key: string, before: T | undefined, after: T | undefined][] {
  const [old, young] = [asObject(before), asObject(after)] as [Record<string, T>, Record<string, T>];
  return [...new Set([...Object.keys(old), ...Object.keys(young)])].map((key) => [key, old[key], young[key]]);
}

/** Whether two nodes are equal, regardless of the order of members. The nodes may contain cycles. */
export function same(before: unknown, after: unknown): boolean {
  return isDeepStrictEqual(before, after);
}
