/** Resolves the references of a document. */
import { type EditableJsonObject, isObject, type Json, type JsonObject } from './document.ts';

/** Replaces references in a node. */
export type Resolve = (node: Json) => Json;

/**
 * The node that a `$ref` names: a JSON Pointer (RFC 6901) into this document, as a URI fragment.
 *
 * @returns undefined if there is no such node, or if the `$ref` names another document
 */
export function lookUp(document: JsonObject, ref: string): Json | undefined {
  if (!/^#(\/|$)/.test(ref)) return undefined;
  return ref
    .split('/')
    .slice(1)
    .map(keyOf)
    .reduce<Json | undefined>(
      (node, key) =>
        key !== undefined && node !== null && typeof node === 'object' && Object.hasOwn(node, key)
          ? (node as JsonObject)[key]
          : undefined,
      document,
    );
}

/** A name as one step of a JSON Pointer (RFC 6901). */
export const escapeStep = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** The name that a step of a JSON Pointer stands for. */
export const unescapeStep = (step: string) => step.replaceAll('~1', '/').replaceAll('~0', '~');

/** A decoded step of a pointer; undefined if it is not properly encoded. */
function keyOf(step: string): string | undefined {
  try {
    return unescapeStep(decodeURIComponent(step));
  } catch {
    return undefined;
  }
}

/** The keys from the root of a document as a `$ref`. */
export function refTo(keys: readonly string[]): string {
  return `#/${keys.map(escapeStep).join('/')}`;
}

/** The name of the component to which a node refers; undefined if it is not a reference to a component of this section. */
export function nameOf(node: unknown, section: 'schemas' | 'headers'): string | undefined {
  const ref = isObject(node) ? node['$ref'] : undefined;
  const [, found, name] = (typeof ref === 'string' ? /^#\/components\/(\w+)\/([\w.-]+)$/.exec(ref) : undefined) ?? [];
  return found === section ? name : undefined;
}

/** A resolver for the node itself; references below it are kept. It throws an Error if the target does not exist. */
export function shallowResolver(document: JsonObject): Resolve {
  return function resolve(node): Json {
    if (!isObject(node) || typeof node['$ref'] !== 'string') return node;
    return withSiblings(document, node, resolve(targetOf(document, node['$ref'])));
  };
}

/**
 * A resolver for the node and everything below it. Each target becomes one object, however often it is referred to: the result
 * stays small, schemas compile once, and a schema that contains itself becomes a cycle. It throws an Error if a target does not exist.
 */
export function deepResolver(document: JsonObject): Resolve {
  const copies = new Map<Json, Json>();
  return function resolve(node): Json {
    if (node === null || typeof node !== 'object') return node;
    const known = copies.get(node);
    if (known !== undefined) return known;
    const ref = (node as JsonObject)['$ref'];
    if (typeof ref === 'string') return withSiblings(document, node as JsonObject, resolve(targetOf(document, ref)));
    const copy = (Array.isArray(node) ? [] : {}) as EditableJsonObject;
    copies.set(node, copy).set(copy, copy);
    for (const [key, value] of Object.entries(node)) copy[key] = resolve(value as Json);
    return copy;
  };
}

/**
 * The target of a reference with what is written beside the `$ref`: in OpenAPI 3.1 it also applies if the target is a schema, and
 * replaces the members of any other target. In OpenAPI 3.0 it is ignored.
 */
function withSiblings(document: JsonObject, { $ref: ref, ...siblings }: JsonObject, target: Json): Json {
  if (Object.keys(siblings).length === 0 || asText(document['openapi']).startsWith('3.0')) return target;
  return asText(ref).startsWith('#/components/schemas/')
    ? { allOf: [target], ...siblings }
    : { ...(target as JsonObject), ...siblings };
}

const asText = (node: Json | undefined) => (typeof node === 'string' ? node : '');

function targetOf(document: JsonObject, ref: string): Json {
  const target = lookUp(document, ref);
  if (target === undefined) throw new Error(`The document has no ${ref}, but refers to it.`);
  return target;
}
