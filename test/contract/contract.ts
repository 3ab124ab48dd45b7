import type { OperationId } from '../../src/contract/operations.ts';
import { storedContract } from '../conformance/contract-file.ts';

/** The parts of an OpenAPI document that the tests read. */
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
  description?: string;
  'x-required-role'?: string;
  'x-throttle'?: Throttle;
  parameters: Parameter[];
  requestBody?: RequestBody;
  security?: unknown[];
  responses: Record<string, Response>;
}
export interface Contract {
  externalDocs: { url: string };
  'x-throttles': Record<'secured' | 'open' | 'unrouted' | 'preflight', Throttle>;
  'x-unrouted-codes': Record<string, number>;
  paths: Record<string, Record<string, Operation> & { parameters?: Parameter[] }>;
  components: { schemas: Record<string, Schema> };
}

export const contract = storedContract() as unknown as Contract;

/** The target of a JSON Pointer in a `$ref`, or undefined. */
export function lookUp(ref: string): unknown {
  const steps = ref.replace(/^#\//, '').split('/');
  return steps.reduce<unknown>((node, step) => {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    return isObject(node) ? node[name] : undefined;
  }, contract);
}

/** A node, or the target of its `$ref`. */
export function resolve<T extends Reference>(node: T): T {
  return node.$ref === undefined ? node : resolve(lookUp(node.$ref) as T);
}

/**
 * A schema as Ajv requires it: with references replaced by their targets (none is recursive) and without the mapping of
 * discriminators, which Ajv rejects.
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

/** Every object and array below a node, starting with the node itself, each with its JSON Pointer. */
export function* walk(node: unknown, pointer = '#'): Generator<[string, Record<string, unknown>]> {
  if (typeof node !== 'object' || node === null) return;
  yield [pointer, node as Record<string, unknown>];
  for (const [name, child] of Object.entries(node)) {
    yield* walk(child, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  }
}

/** Whether an operation can be called without a token: it takes none, or takes one or none. */
export function isOpen({ security }: Pick<Operation, 'security'>): boolean {
  return (
    security?.every((alternative) => Object.keys(alternative as object).length > 0) === false || security?.length === 0
  );
}

export interface DocumentedResponse {
  operation: Operation;
  status: number;
  response: Response;
}

const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

/** All operations, with their method and path, including the parameters of their path. */
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

/** Every response of every operation. */
export const responses: DocumentedResponse[] = operations.flatMap((operation) =>
  Object.entries(operation.responses).map(([status, response]) => ({
    operation,
    status: Number(status),
    response: resolve(response),
  })),
);

/** The problem codes of a response. */
export function codesOf(response: Response): string[] {
  const narrowed = response.content?.['application/problem+json']?.schema.allOf?.[1];
  const code = narrowed?.properties?.['code'];
  return code?.enum ?? (code?.const === undefined ? [] : [code.const]);
}

function isObject(node: unknown): node is Record<string, unknown> {
  return typeof node === 'object' && node !== null;
}

/** The examples of an operation's request body: their names and values. */
export function exampleBodies(operationId: OperationId): (readonly [name: string, body: object])[] {
  const { requestBody } = operations.find((one) => one.operationId === operationId) as Operation;
  const media = Object.values(requestBody ? resolve(requestBody).content : {});
  return media
    .flatMap(({ examples = {} }) => Object.entries(examples))
    .map(([name, example]) => [name, resolve(example).value as object]);
}

/**
 * The example of a parameter, in any operation.
 *
 * @throws Error if the contract has none
 */
export function exampleOf(parameter: string): string {
  const found = operations.flatMap(({ parameters }) => parameters).find(({ name }) => name === parameter);
  const example = found?.example as string | number | undefined;
  if (example === undefined) throw new Error(`The contract has no example of the parameter ${parameter}.`);
  return String(example);
}

/** Whether requests for an operation can have an idempotency key. */
export function takesKey({ parameters }: Operation): boolean {
  return parameters.some(({ name }) => name === 'Idempotency-Key');
}

const { Event, EventCreate } = contract.components.schemas as Record<'Event' | 'EventCreate', Schema>;
const fieldsOf = ({ properties = {} }: Schema) => Object.keys(properties);

/** The fields of an event that only the service writes. */
export const readOnlyFields: readonly string[] = fieldsOf(Event).filter(
  (name) => !fieldsOf(EventCreate).includes(name),
);

/** The fields of an event that may be omitted, and removed with null. An event always has the others: they have a default. */
export const optionalFields: readonly string[] = fieldsOf(EventCreate).filter(
  (name) => ![EventCreate, Event].some(({ required }) => (required as string[]).includes(name)),
);

/** An update that removes all optional fields. */
export const removal: Readonly<Record<string, null>> = Object.fromEntries(optionalFields.map((name) => [name, null]));
