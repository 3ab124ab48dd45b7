/**
 * The operations of the contract, ready to be served: every `$ref` resolved once, and what stands at the path or at the
 * root (parameters, security) folded into each operation.
 */
import { document as contract } from './generated/document.ts';
import type { operations as OperationTypes } from './generated/types.ts';
import { type Method, methods } from '../openapi/methods.ts';
import { type Retirement, retirementOf } from '../openapi/deprecation.ts';

/** The name of an operation, as the contract writes it. */
export type OperationId = keyof OperationTypes;

/** Any JSON value that the contract is made of. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** How many requests the gateway lets through from all callers together: per second, and at once. */
export type Throttle = { readonly rate: number; readonly burst: number };

/** The throttles of operations that have none of their own, and of what belongs to no operation. */
export type Throttles = { readonly [kind in 'secured' | 'open' | 'unrouted']: Throttle };

/** The contract as a tree; only what is read here is named. */
export interface Document {
  readonly openapi: string;
  readonly info: JsonObject & { readonly version: string };
  readonly paths: { readonly [path: string]: JsonObject };
  readonly security?: readonly JsonObject[];
  readonly components?: JsonObject;
  readonly 'x-unrouted-codes'?: { readonly [code: string]: number };
  readonly 'x-throttles'?: Throttles;
  readonly 'x-problems'?: { readonly [code: string]: { readonly title: string; readonly detail: string } };
  readonly [key: string]: Json | undefined;
}

/** A parameter (OpenAPI 3.0.3, section 4.7.12), its schema resolved. */
export interface Parameter extends JsonObject {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema: JsonObject;
}

/** One operation of the contract. */
export interface Operation {
  readonly operationId: OperationId;
  readonly method: Method;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: JsonObject & { readonly content: { readonly [mediaType: string]: JsonObject } };
  readonly responses: { readonly [status: string]: JsonObject };
  /** Whether a token is needed: `security` is neither absent nor has an empty alternative. */
  readonly secured: boolean;
  /** The role that the caller needs, `x-required-role`. */
  readonly role?: string;
  readonly retirement?: Retirement;
}

/** All operations of a contract, in its order. */
export function operationsOf(document: Document): readonly Operation[] {
  const resolve = resolver(document);
  return Object.entries(document.paths).flatMap(([path, raw]) => {
    const item = resolve(raw) as JsonObject;
    return methods.flatMap((method) => {
      const source = item[method] as JsonObject | undefined;
      return source
        ? [operation(document, path, method, source, (item['parameters'] ?? []) as unknown as Parameter[])]
        : [];
    });
  });
}

function operation(
  document: Document,
  path: string,
  method: Method,
  source: JsonObject,
  shared: Parameter[],
): Operation {
  const own = (source['parameters'] ?? []) as unknown as Parameter[];
  const overridden = new Set(own.map(({ in: place, name }) => `${place} ${name}`));
  const security = (source['security'] ?? document.security ?? []) as readonly JsonObject[];
  const retirement = retirementOf(source);
  return {
    operationId: source['operationId'] as OperationId,
    method,
    path,
    parameters: [...shared.filter(({ in: place, name }) => !overridden.has(`${place} ${name}`)), ...own],
    ...(source['requestBody'] ? { requestBody: source['requestBody'] as NonNullable<Operation['requestBody']> } : {}),
    responses: source['responses'] as Operation['responses'],
    secured: security.length > 0 && security.every((alternative) => Object.keys(alternative).length > 0),
    ...(source['x-required-role'] ? { role: source['x-required-role'] as string } : {}),
    ...(retirement ? { retirement } : {}),
  };
}

/**
 * Resolves every `$ref` below a node. What is referred to twice is the same object both times, so that the
 * tree stays small and schemas compile once.
 */
function resolver(document: Document): (node: Json) => Json {
  const done = new Map<string, Json>();
  const resolve = (node: Json): Json => {
    if (Array.isArray(node)) return node.map(resolve);
    if (node === null || typeof node !== 'object') return node;
    const ref = (node as JsonObject)['$ref'];
    if (typeof ref === 'string') {
      if (!done.has(ref)) done.set(ref, resolve(lookUp(document, ref)));
      return done.get(ref) as Json;
    }
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, resolve(value)]));
  };
  return resolve;
}

function lookUp(document: Document, ref: string): Json {
  const found = ref
    .replace(/^#\//, '')
    .split('/')
    .reduce<Json | undefined>(
      (node, key) => (node as JsonObject | undefined)?.[key.replaceAll('~1', '/').replaceAll('~0', '~')],
      document as JsonObject,
    );
  if (found === undefined) throw new Error(`The contract refers to ${ref}, which is not there.`);
  return found;
}

/** The operations of this project's own contract. */
export const operations = operationsOf(contract);

const byId = new Map(operations.map((one) => [one.operationId, one]));

/** The path of an operation with its parameters filled in and encoded, such as `/events/5f0c…`. */
export function pathTo(operationId: OperationId, parameters: Readonly<Record<string, string>> = {}): string {
  const { path } = byId.get(operationId) as Operation;
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ''));
}

/** The media types of an operation's successful responses, in the order of the contract; the first is the default. */
export function responseMediaTypes({ responses }: Operation): readonly string[] {
  const successful = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  return [...new Set(successful.flatMap(([, response]) => Object.keys((response['content'] ?? {}) as JsonObject)))];
}
