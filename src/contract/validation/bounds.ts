/**
 * Shortens lists that are much longer than the contract allows before they are validated: their errors are counted in thousands, of which a
 * response lists a hundred, and finding all of them would take a hundred times as long as a valid request
 * (docs/decisions/0149-lists-that-are-too-long-are-shortened.md).
 */
import { asObject, isObject, type JsonObject } from '../../openapi/document.ts';
import { branchOf } from './schema-at.ts';

/** A value with its lists shortened: the same value if none is too long. A list that is stays too long, and so invalid. */
export type Shorten = (value: unknown) => unknown;

/** How many items or members more than allowed remain, so that a list with a few too many gets all of its errors. */
export const spare = 5;

/** How many members that the contract does not have remain: as many errors as a response lists. */
export const maxUnknownMembers = 100;

const same: Shorten = (value) => value;

/** For the body of a request; built once for each schema. */
export function bodyShortener(schema: JsonObject): Shorten {
  const { items, properties, additionalProperties, oneOf, anyOf } = schema;
  if (Array.isArray(oneOf)) return unionShortener(schema, oneOf as JsonObject[]);
  const alternatives = Array.isArray(anyOf) ? (anyOf as JsonObject[]).map(bodyShortener) : [];
  const ofArray = isObject(items) ? arrayShortener(items, Number(schema['maxItems'] ?? Infinity)) : same;
  const ofObject = isObject(properties)
    ? membersShortener(properties, additionalProperties === false)
    : isObject(additionalProperties)
      ? mapShortener(additionalProperties, Number(schema['maxProperties'] ?? Infinity))
      : same;
  return (value) => {
    if (Array.isArray(value)) return alternatives.reduce((list, shorten) => shorten(list), ofArray(value));
    if (isObject(value)) return alternatives.reduce((object, shorten) => shorten(object), ofObject(value));
    return value;
  };
}

/** A value that selects no branch has one error. */
function unionShortener(schema: JsonObject, branches: readonly JsonObject[]): Shorten {
  const shorteners = new Map(branches.map((branch) => [branch, bodyShortener(branch)]));
  return (value) => {
    const branch = branchOf(schema, value);
    return (branch && shorteners.get(branch)?.(value)) ?? value;
  };
}

function arrayShortener(items: JsonObject, maxItems: number): Shorten {
  const shorten = bodyShortener(items);
  return (value) => {
    const all = value as readonly unknown[];
    const some = all.length > maxItems + spare ? all.slice(0, maxItems + spare) : all;
    const short = some.map(shorten);
    return short.length < all.length || short.some((item, index) => item !== all[index]) ? short : value;
  };
}

function membersShortener(properties: JsonObject, isClosed: boolean): Shorten {
  const shorteners = Object.entries(properties).map(
    ([name, member]) => [name, bodyShortener(asObject(member))] as const,
  );
  return (value) => {
    const members = value as JsonObject;
    const names = isClosed ? Object.keys(members).filter((name) => !Object.hasOwn(properties, name)) : [];
    const surplus = new Set(names.slice(maxUnknownMembers));
    const changed = shorteners.flatMap(([name, shorten]) => {
      if (!Object.hasOwn(members, name)) return [];
      const member = shorten(members[name]);
      return member === members[name] ? [] : [[name, member] as const];
    });
    if (surplus.size === 0 && changed.length === 0) return value;
    const kept = Object.entries(members).filter(([name]) => !surplus.has(name));
    return Object.fromEntries([...kept, ...changed]);
  };
}

function mapShortener(schema: JsonObject, maxProperties: number): Shorten {
  const shorten = bodyShortener(schema);
  return (value) => {
    const all = Object.entries(value as JsonObject);
    const short = all.slice(0, maxProperties + spare).map(([name, member]) => [name, shorten(member)] as const);
    const isSame = short.length === all.length && short.every(([, member], index) => member === all[index]?.[1]);
    return isSame ? value : Object.fromEntries(short);
  };
}
