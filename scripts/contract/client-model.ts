/**
 * The client's part of what follows from the contract: the table by which each operation is sent, the interface whose methods carry
 * the contract's words, and the codes of their problems.
 */
import { methods } from '../../src/openapi/methods.ts';
import type { JsonObject } from '../../src/contract/operations.ts';
import { allCodesOf, codesOf } from '../../src/openapi/problem-codes.ts';
import { retirementOf } from '../../src/openapi/deprecation.ts';
import { lookUp, type Tree } from './read.ts';
import { daysOf } from './deprecation-text.ts';

/** An operation of the contract as the client needs it. */
export interface ClientOperation {
  readonly id: string;
  readonly words: readonly string[];
  /** The names of the path's parameters. */
  readonly ids: readonly string[];
  /** The type of its input; undefined where it takes none. */
  readonly input?: string | undefined;
  readonly inputRequired: boolean;
  /** The type of its answer, `undefined` where there is none. */
  readonly output: string;
  /** The media types of its response other than JSON. */
  readonly textTypes: readonly string[];
  readonly codes: readonly string[];
  /** Where it is deprecated: the days, or nothing more. */
  readonly deprecated?: string | undefined;
  readonly entry: Entry;
}

/** What the runtime must know: an entry of the table. What does not apply is undefined and not written. */
interface Entry {
  readonly method: string;
  readonly path: string;
  /** The media type of the body. */
  readonly body: string | undefined;
  /** Which members of the input go into the query, where others make the body. */
  readonly query: readonly string[] | undefined;
  readonly idempotent: true | undefined;
  readonly ifMatch: true | undefined;
  readonly public: true | undefined;
  readonly paged: true | undefined;
  readonly readOperation: string | undefined;
}

/** The client's operations, and the schemas for which the contract itself has no name: inputs made of parameters. */
export interface ClientContract {
  readonly operations: readonly ClientOperation[];
  readonly schemas: Readonly<Record<string, Tree>>;
}

/** The name of a schema that is referred to. */
export const nameOf = (node: unknown) =>
  /^#\/components\/schemas\/(\w+)$/.exec(String((node as Tree | undefined)?.['$ref']))?.[1];
const optional = <T>(holds: boolean, value: T): T | undefined => (holds ? value : undefined);

/**
 * Reads the operations out of the contract.
 *
 * @throws Error where an operation cannot be offered: a query parameter and a member of the body share a name, say
 */
export function clientContract(document: Tree): ClientContract {
  const schemas: Record<string, Tree> = {
    ...(document['components'] as { schemas?: Record<string, Tree> } | undefined)?.schemas,
  };
  const resolve = (node: unknown) => resolveIn(document, node);
  /** The name of a schema; where it has none of its own, it gets one. */
  const named = (schema: unknown, name: string): string => {
    const own = nameOf(schema);
    if (own === undefined) schemas[name] = schema as Tree;
    return own ?? name;
  };

  const operations = Object.entries(document['paths'] as Record<string, Tree>).flatMap(([path, item]) => {
    const shared = (item['parameters'] ?? []) as unknown[];
    return methods
      .filter((method) => item[method] !== undefined)
      .map((method) => operation(path, method, item, shared));
  });
  return { operations, schemas };

  function operation(path: string, method: string, item: Tree, shared: readonly unknown[]): ClientOperation {
    const source = item[method] as Tree;
    const id = source['operationId'] as string;
    const title = `${id.charAt(0).toUpperCase()}${id.slice(1)}`;
    const parameters = [...shared, ...((source['parameters'] ?? []) as unknown[])].map(resolve);
    const has = (place: string, name: string) => parameters.some((one) => one['in'] === place && one['name'] === name);
    const query = parameters.filter((one) => one['in'] === 'query');
    const requestBody = source['requestBody'] ? resolve(source['requestBody']) : undefined;
    const [[mediaType, media] = []] = Object.entries((requestBody?.['content'] ?? {}) as Record<string, Tree>);
    const retirement = retirementOf(source as JsonObject);
    const output = successOf(source, title);
    const input = inputOf(title, query, media?.['schema']);
    return {
      id,
      words: [source['summary'], source['description']].filter((text) => typeof text === 'string'),
      ids: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string),
      input,
      inputRequired: requestBody?.['required'] === true || query.some((one) => one['required'] === true),
      output,
      textTypes: textTypesOf(source),
      codes: codesAnswered(source),
      deprecated: retirement && daysOf(retirement),
      entry: {
        method,
        path,
        body: mediaType,
        query: optional(
          mediaType !== undefined && query.length > 0,
          query.map((one) => one['name'] as string),
        ),
        idempotent: optional(has('header', 'Idempotency-Key'), true),
        ifMatch: optional(has('header', 'If-Match'), true),
        public: optional(((source['security'] ?? document['security'] ?? []) as unknown[]).length === 0, true),
        paged: optional(has('query', 'cursor') && membersOf(schemas[output]).has('nextCursor'), true),
        readOperation: readerOf(item, method, output, has('header', 'If-Match')),
      },
    };
  }

  function membersOf(schema: unknown): ReadonlySet<string> {
    return new Set(Object.keys(resolve(schema)['properties'] ?? {}));
  }

  /** The body as it is named, or one object of query and body: the input's members go where their names say. */
  function inputOf(title: string, query: readonly Tree[], body: unknown): string | undefined {
    if (body !== undefined && resolve(body)['type'] !== 'object') throw new Error(`${title}: the body is no object.`);
    if (query.length === 0) return body === undefined ? undefined : named(body, `${title}Input`);
    const twice = query.find((one) => membersOf(body).has(one['name'] as string));
    if (twice)
      throw new Error(`${title}: a query parameter and a member of the body are both called ${String(twice['name'])}.`);
    const parameters: Tree = {
      type: 'object',
      properties: Object.fromEntries(
        query.map(({ name, description, deprecated, schema }) => [name, { allOf: [schema], description, deprecated }]),
      ),
      required: query.filter((one) => one['required'] === true).map((one) => one['name']),
    };
    return named(body === undefined ? parameters : { allOf: [parameters, body] }, `${title}Input`);
  }

  function successOf(source: Tree, title: string): string {
    const [, success] = Object.entries(source['responses'] as Tree).find(([status]) => status.startsWith('2')) ?? [];
    const media = (resolve(success)['content'] as Record<string, Tree> | undefined)?.['application/json'];
    return media === undefined ? 'undefined' : named(media['schema'], `${title}Output`);
  }

  /** The media types of a success other than JSON, whose data is text. */
  function textTypesOf(source: Tree): string[] {
    const [, success] = Object.entries(source['responses'] as Tree).find(([status]) => status.startsWith('2')) ?? [];
    return Object.keys((resolve(success)['content'] ?? {}) as Tree).filter((name) => name !== 'application/json');
  }

  /** The operation that reads what this one changes, so that a change can be a function of what is there. */
  function readerOf(item: Tree, method: string, output: string, matches: boolean): string | undefined {
    const get = item['get'] as Tree | undefined;
    return method === 'patch' && matches && get && successOf(get, '') === output
      ? (get['operationId'] as string)
      : undefined;
  }

  function codesAnswered(source: Tree): string[] {
    const all = Object.values(source['responses'] as Tree).flatMap((response) =>
      allCodesOf(resolve(response) as JsonObject),
    );
    return [...new Set(all)].sort();
  }
}

function resolveIn(document: Tree, node: unknown): Tree {
  const ref = (node as Tree | undefined)?.['$ref'];
  return typeof ref === 'string' ? resolveIn(document, lookUp(document, ref)) : ((node ?? {}) as Tree);
}

/**
 * The code of an answer that is no problem, by its status. What the gateway answers itself has the code that the contract gives to it
 * (`x-problem-code`), or the only one of its status. It says 404 where the contract has no such path, and whoever gives up
 * waiting for it says 504.
 */
export function codesByGatewayStatus(document: Tree): Readonly<Record<string, string>> {
  const responses = Object.values(document['paths'] as Record<string, Tree>).flatMap((item) =>
    methods.flatMap((method) => Object.entries(((item[method] as Tree | undefined)?.['responses'] ?? {}) as Tree)),
  );
  const gateway = responses.flatMap(([status, reference]) => {
    const response = resolveIn(document, reference);
    const codes =
      'x-problem-code' in response ? [response['x-problem-code'] as string] : codesOf(response as JsonObject);
    const byGateway = Number(status) >= 400 && 'application/json' in ((response['content'] ?? {}) as Tree);
    return byGateway && codes.length === 1 ? [[status, codes[0] as string] as const] : [];
  });
  const codes = Object.fromEntries(gateway) as Record<string, string>;
  return { ...codes, 404: 'route-not-found', ...(codes['503'] ? { 504: codes['503'] } : {}) };
}
