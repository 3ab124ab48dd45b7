import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { OperationId } from '../../src/contract/operations.ts';

/** The members of an OpenAPI document that the tests look at. */
export interface Reference {
  $ref?: string;
}
export interface Schema extends Reference {
  [keyword: string]: unknown;
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  enum?: string[];
  const?: string;
  anyOf?: Schema[];
}
export interface Example extends Reference {
  value?: unknown;
}
export interface MediaType {
  schema: Schema;
  examples?: Record<string, Example>;
}
export interface Parameter extends Reference {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
  example?: unknown;
}
export interface Link extends Reference {
  operationId: string;
  parameters: Record<string, string>;
}
export interface Response extends Reference {
  'x-made-by'?: string;
  'x-problem-code'?: string;
  content?: Record<string, MediaType>;
  links?: Record<string, Link>;
}
export interface Throttle {
  rate: number;
  burst: number;
}
export interface RequestBody extends Reference {
  required?: boolean;
  content: Record<string, MediaType>;
}
export interface Operation {
  /** In upper case. */
  method: string;
  path: string;
  operationId: OperationId;
  'x-required-role'?: string;
  'x-throttle'?: Throttle;
  parameters: Parameter[];
  requestBody?: RequestBody;
  security?: unknown[];
  responses: Record<string, Response>;
}
export interface Contract {
  'x-throttles': Record<'secured' | 'open' | 'unrouted', Throttle>;
  'x-unrouted-codes': Record<string, number>;
  paths: Record<string, Record<string, Operation> & { parameters?: Parameter[] }>;
  components: { schemas: Record<string, Schema> };
}

export const text = readFileSync('openapi/openapi.yaml', 'utf8');
export const contract = parse(text) as Contract;

/** What a JSON Pointer in a `$ref` names, or undefined. */
export function lookUp(ref: string): unknown {
  const steps = ref.replace(/^#\//, '').split('/');
  return steps.reduce<unknown>((node, step) => {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    return isObject(node) ? node[name] : undefined;
  }, contract);
}

/** A node, or what its `$ref` names. */
export function resolve<T extends Reference>(node: T): T {
  return node.$ref === undefined ? node : resolve(lookUp(node.$ref) as T);
}

/**
 * A schema as Ajv wants it: references put in place (none of ours is recursive) and without the mapping of
 * discriminators, which Ajv refuses.
 */
export function forAjv(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(forAjv);
  if (!isObject(node)) return node;
  if (typeof node['$ref'] === 'string') return forAjv(lookUp(node['$ref']));
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => {
      if (name === 'discriminator' && isObject(value)) return [name, { propertyName: value['propertyName'] }];
      return [name, forAjv(value)];
    }),
  );
}

/** Every object and array below a node, the node itself first, each with its JSON Pointer. */
export function* walk(node: unknown, pointer = '#'): Generator<[string, Record<string, unknown>]> {
  if (typeof node !== 'object' || node === null) return;
  yield [pointer, node as Record<string, unknown>];
  for (const [name, child] of Object.entries(node)) {
    yield* walk(child, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  }
}

export interface Answer {
  operation: Operation;
  status: number;
  response: Response;
}

const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

/** All operations, with their method and path, and with the parameters of their paths folded in. */
export const operations: Operation[] = Object.entries(contract.paths).flatMap(([path, { parameters = [], ...item }]) =>
  Object.entries(item)
    .filter(([method]) => methods.has(method))
    .map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
      parameters: [...parameters, ...(operation.parameters ?? [])].map((parameter) => resolve(parameter)),
    })),
);

/** Every answer of every operation. */
export const answers: Answer[] = operations.flatMap((operation) =>
  Object.entries(operation.responses).map(([status, response]) => ({
    operation,
    status: Number(status),
    response: resolve(response),
  })),
);

/** The codes to which a response narrows its problem. */
export function codesOf(response: Response): string[] {
  const narrowed = response.content?.['application/problem+json']?.schema.allOf?.[1];
  const code = narrowed?.properties?.['code'];
  return code?.enum ?? (code?.const === undefined ? [] : [code.const]);
}

function isObject(node: unknown): node is Record<string, unknown> {
  return typeof node === 'object' && node !== null;
}

/** The examples of an operation's body: their names and values. */
export function exampleBodies(operationId: OperationId): (readonly [name: string, body: object])[] {
  const { requestBody } = operations.find((one) => one.operationId === operationId) as Operation;
  const media = Object.values(requestBody ? resolve(requestBody).content : {});
  return media
    .flatMap(({ examples = {} }) => Object.entries(examples))
    .map(([name, example]) => [name, resolve(example).value as object]);
}

const { Event, EventCreate } = contract.components.schemas as Record<'Event' | 'EventCreate', Schema>;
const membersOf = ({ properties = {} }: Schema) => Object.keys(properties);

/** What the service alone writes into an event. */
export const readOnlyMembers: readonly string[] = membersOf(Event).filter(
  (name) => !membersOf(EventCreate).includes(name),
);

/** What the organizer may leave out of an event, and remove with null. */
export const optionalMembers: readonly string[] = membersOf(EventCreate).filter(
  (name) => !(EventCreate['required'] as string[]).includes(name),
);

/** A change that removes all of it. */
export const removal: Readonly<Record<string, null>> = Object.fromEntries(optionalMembers.map((name) => [name, null]));
