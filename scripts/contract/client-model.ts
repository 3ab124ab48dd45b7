/**
 * The client's part of the contract: the table that says how each operation is sent, the interface whose methods carry the contract's
 * descriptions, and the codes of their problems.
 */
import { asObject, type JsonObject, type OpenApiDocument, type Parameter } from '../../src/openapi/document.ts';
import { type Operation, operationsOf } from '../../src/openapi/operations.ts';
import { problemCodesOf, problemCodesWithGateway } from '../../src/openapi/problem-codes.ts';
import { nameOf, shallowResolver } from '../../src/openapi/refs.ts';
import { daysOf } from './deprecation-text.ts';

/** An operation of the contract as the client needs it. */
export interface ClientOperation {
  readonly id: string;
  readonly words: readonly string[];
  /** The names of the path's parameters. */
  readonly ids: readonly string[];
  /** Those of them that are numbers. */
  readonly numericIds: readonly string[];
  /** The type of its input; undefined if it has none. */
  readonly input?: string | undefined;
  readonly inputRequired: boolean;
  /** The type of its response; `undefined` if it has no body. */
  readonly output: string;
  /** The media types that its response can have other than JSON. */
  readonly textTypes: readonly string[];
  readonly codes: readonly string[];
  /** If it is deprecated: its dates, or an empty text. */
  readonly deprecated?: string | undefined;
  readonly entry: Entry;
}

/**
 * What the runtime must know: an entry of the table. What does not apply is undefined and not written.
 * The order is the one that compresses best: it saves 20 bytes in a page.
 */
interface Entry {
  readonly path: string;
  /** The parameters of the path that are numbers. */
  readonly numbers: readonly string[] | undefined;
  readonly method: string;
  /** The media type of the body. */
  readonly body: string | undefined;
  /** Which members of the input go into the query, where others make the body. */
  readonly query: readonly string[] | undefined;
  readonly inputRequired: true | undefined;
  readonly idempotent: true | undefined;
  readonly ifMatch: true | undefined;
  readonly public: true | undefined;
  readonly tokenOptional: true | undefined;
  readonly paged: true | undefined;
  /** The media type of the response if it is text only. */
  readonly text: string | undefined;
  readonly readOperation: string | undefined;
}

/** The client's operations, and the schemas for which the contract itself has no name: inputs made of parameters. */
export interface ClientContract {
  readonly operations: readonly ClientOperation[];
  readonly schemas: Readonly<Record<string, JsonObject>>;
}

const optional = <T>(holds: boolean, value: T): T | undefined => (holds ? value : undefined);

/**
 * Reads the operations out of the contract.
 *
 * @throws Error if an operation cannot be offered: a query parameter and a member of the body share a name, say
 */
export function clientContract(document: OpenApiDocument): ClientContract {
  const schemas = { ...(document.components?.['schemas'] as Readonly<Record<string, JsonObject>> | undefined) };
  const resolve = shallowResolver(document);
  const all = operationsOf(document, resolve);
  return { operations: all.map(toClientOperation), schemas };

  function toClientOperation(operation: Operation): ClientOperation {
    const { operationId: id, method, path, parameters, requestBody, deprecation, source } = operation;
    const { secured, acceptsToken } = operation;
    const title = `${id.charAt(0).toUpperCase()}${id.slice(1)}`;
    const has = (place: string, name: string) => parameters.some((one) => one.in === place && one.name === name);
    const query = parameters.filter((one) => one.in === 'query');
    const numericIds = parameters.filter((one) => one.in === 'path' && isNumeric(one.schema)).map((one) => one.name);
    const [[mediaType, media] = []] = Object.entries(requestBody?.content ?? {});
    const text = textOf(operation);
    const output = text === undefined ? successOf(operation, title) : 'string';
    const input = inputOf(title, query, media?.['schema'] as JsonObject | undefined);
    const inputRequired = requestBody?.['required'] === true || query.some((one) => one['required'] === true);
    return {
      id,
      words: [source['summary'], source['description']].filter((text) => typeof text === 'string'),
      ids: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string),
      numericIds,
      input,
      inputRequired,
      output,
      textTypes: text === undefined ? textTypesOf(operation) : [],
      codes: [...new Set(Object.values(operation.responses).flatMap(problemCodesWithGateway))].sort(),
      deprecated: deprecation && daysOf(deprecation),
      entry: {
        path,
        numbers: optional(numericIds.length > 0, numericIds),
        method,
        body: mediaType,
        query: optional(
          mediaType !== undefined && query.length > 0,
          query.map((one) => one.name),
        ),
        inputRequired: optional(inputRequired, true),
        idempotent: optional(has('header', 'Idempotency-Key'), true),
        ifMatch: optional(has('header', 'If-Match'), true),
        public: optional(!acceptsToken, true),
        tokenOptional: optional(acceptsToken && !secured, true),
        text,
        paged: optional(has('query', 'cursor') && membersOf(schemas[output]).has('nextCursor'), true),
        readOperation: readerOf(operation, output, has('header', 'If-Match')),
      },
    };
  }

  /** The name of a schema. A schema without a name of its own is kept under the given one. */
  function named(schema: JsonObject, name: string): string {
    const own = nameOf(schema, 'schemas');
    if (own === undefined) schemas[name] = schema;
    return own ?? name;
  }

  function isNumeric(schema: JsonObject): boolean {
    const { type } = asObject(resolve(schema));
    return type === 'integer' || type === 'number';
  }

  function membersOf(schema: JsonObject = {}): ReadonlySet<string> {
    return new Set(Object.keys(asObject(asObject(resolve(schema))['properties'])));
  }

  /** The body under its own name, or one object of query and body, whose members are sent where their names say. */
  function inputOf(title: string, query: readonly Parameter[], body: JsonObject | undefined): string | undefined {
    if (body !== undefined && asObject(resolve(body))['type'] !== 'object')
      throw new Error(`${title}: the body must be an object.`);
    if (query.length === 0) return body === undefined ? undefined : named(body, `${title}Input`);
    const twice = query.find((one) => membersOf(body).has(one.name));
    if (twice) throw new Error(`${title}: a query parameter and a member of the body are both called ${twice.name}.`);
    const parameters: JsonObject = {
      type: 'object',
      properties: Object.fromEntries(
        query.map(({ name, description, deprecated, schema }) => [name, { allOf: [schema], description, deprecated }]),
      ),
      required: query.filter((one) => one['required'] === true).map((one) => one.name),
    };
    return named(body === undefined ? parameters : { allOf: [parameters, body] }, `${title}Input`);
  }

  function successOf({ responses }: Operation, title: string): string {
    const media = successContent(responses)['application/json'];
    return media === undefined ? 'undefined' : named(asObject(asObject(media)['schema']), `${title}Output`);
  }

  /** The media types of a success other than JSON, whose data is text. */
  function textTypesOf({ responses }: Operation): string[] {
    return Object.keys(successContent(responses)).filter((name) => name !== 'application/json');
  }

  /** The media type of a success that is not offered as JSON; undefined if it is, or has no body. */
  function textOf(operation: Operation): string | undefined {
    const isJson = 'application/json' in successContent(operation.responses);
    return isJson ? undefined : textTypesOf(operation)[0];
  }

  /** The operation that reads what this one changes, so that a change can be a function of the current state. */
  function readerOf({ method, path }: Operation, output: string, matches: boolean): string | undefined {
    const get = all.find((one) => one.method === 'get' && one.path === path);
    return method === 'patch' && matches && get && successOf(get, '') === output ? get.operationId : undefined;
  }
}

/** The content of the successful response, by media type. */
function successContent(responses: Operation['responses']): JsonObject {
  const [, success] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? [];
  return asObject(success?.['content']);
}

/**
 * The code of a response that is not a problem, by its status. The gateway's own responses have the code that the contract gives to
 * them (`x-problem-code`), or the only one of their status. The gateway responds with 404 to paths that the contract does not have,
 * and with 504 if the function takes too long.
 */
export function codesByGatewayStatus(document: OpenApiDocument): Readonly<Record<string, string>> {
  const responses = operationsOf(document, shallowResolver(document)).flatMap((one) => Object.entries(one.responses));
  const gateway = responses.flatMap(([status, response]) => {
    const codes = 'x-problem-code' in response ? [response['x-problem-code'] as string] : problemCodesOf(response);
    const byGateway = Number(status) >= 400 && 'application/json' in asObject(response['content']);
    return byGateway && codes.length === 1 ? [[status, codes[0] as string] as const] : [];
  });
  const codes = Object.fromEntries(gateway) as Record<string, string>;
  return { ...codes, 404: 'route-not-found', ...(codes['503'] ? { 504: codes['503'] } : {}) };
}
