/**
 * Holds an exchange against the contract, at the HTTP boundary. It shares no code with the server: it is given the whole contract,
 * matches paths itself, and judges with Ajv alone.
 */
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { lineOf } from './contract-file.ts';

/** One request with its answer, as a client saw it. */
export interface Exchange {
  readonly method: string;
  /** With the query, as it was sent. */
  readonly path: string;
  /** Names in lower case. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: Buffer | undefined;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Which entry of the contract an exchange belongs to; undefined where it matches no operation. */
export interface Seen {
  readonly operationId: string;
  readonly status: number;
  readonly mediaType: string;
  readonly code: string;
  readonly parameters: readonly string[];
}

/** The exchange is not what the contract says. */
export class Breach extends Error {
  override readonly name = 'Breach';
}

type Node = Readonly<Record<string, unknown>>;
/** Where the contract says so: keys from its root. */
type Place = readonly string[];

const methods = ['get', 'put', 'post', 'delete', 'patch'];
const problemType = 'application/problem+json';

/** @param contract the parsed contract */
export function createChecker(contract: Node) {
  const ajv = new Ajv({ strict: false, allErrors: true, discriminator: false, coerceTypes: false });
  (formats as unknown as typeof formats.default)(ajv, { mode: 'full' });
  const compiled = new Map<unknown, ValidateFunction>();

  function resolve(node: unknown): Node {
    const ref = (node as Node | undefined)?.['$ref'];
    if (typeof ref !== 'string') return (node ?? {}) as Node;
    return resolve(ref.slice(2).split('/').reduce<unknown>((at, step) => (at as Node)[step], contract));
  }
  /** Every reference in place: schemas are small, and none is recursive. */
  function inline(node: unknown): unknown {
    if (Array.isArray(node)) return node.map(inline);
    if (node === null || typeof node !== 'object') return node;
    if (typeof (node as Node)['$ref'] === 'string') return inline(resolve(node));
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, inline(value)]));
  }
  function faultsOf(schema: unknown, value: unknown): string | undefined {
    let validate = compiled.get(schema);
    if (!validate) compiled.set(schema, (validate = ajv.compile(allowNull(inline(schema)) as Node)));
    return validate(value) ? undefined : ajv.errorsText(validate.errors, { dataVar: 'body' });
  }

  function match(pathname: string): { template: string; values: Record<string, string> } | undefined {
    for (const template of Object.keys(contract['paths'] as Node)) {
      const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
      const found = new RegExp(`^${template.replace(/\{\w+\}/g, '([^/]+)')}$`).exec(pathname);
      if (found) return { template, values: Object.fromEntries(names.map((name, index) => [name, found[index + 1] as string])) };
    }
    return undefined;
  }

  function allowOf(item: Node): string {
    const own = methods.filter((method) => item[method]).map((method) => method.toUpperCase());
    return [...own, ...(own.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort().join(', ');
  }

  function unrouted(exchange: Exchange, code: string): void {
    const { status, headers, text } = exchange;
    const expected = (contract['x-unrouted-codes'] as Record<string, number>)[code];
    const body = parseJson(text) as Node | undefined;
    demand(status === expected, exchange, `is no operation, so the status must be ${expected}`, ['x-unrouted-codes', code]);
    demand(headers['content-type'] === problemType, exchange, `must be ${problemType}`, []);
    if (exchange.method === 'HEAD') return;
    const faults = faultsOf({ $ref: '#/components/schemas/Problem' }, body);
    demand(faults === undefined && body?.['code'] === code, exchange, `must be a problem ${code}: ${faults ?? text}`, ['components', 'schemas', 'Problem']);
  }

  /** @throws Breach which says what is wrong, where, and by which line of the contract */
  return function check(exchange: Exchange): Seen | undefined {
    const [pathname = '', query = ''] = exchange.path.split(/\?(.*)/s);
    const { method, status, headers } = exchange;
    demand(headers['x-request-id'] !== undefined, exchange, 'has no X-Request-Id', ['components', 'headers', 'RequestId']);
    const found = match(pathname);
    if (!found || !isDecodable(pathname)) return void unrouted(exchange, 'route-not-found');
    const item = (contract['paths'] as Record<string, Node>)[found.template] as Node;
    if (method === 'OPTIONS') {
      demand(status === 204 && headers['allow'] === allowOf(item), exchange, `must be 204 with Allow: ${allowOf(item)}`, ['paths', found.template]);
      return undefined;
    }
    const verb = (method === 'HEAD' ? 'GET' : method).toLowerCase();
    const operation = item[verb] as Node | undefined;
    if (!methods.includes(verb) || !operation) {
      demand(headers['allow'] === allowOf(item), exchange, `must have Allow: ${allowOf(item)}`, ['paths', found.template]);
      return void unrouted(exchange, 'method-not-allowed');
    }

    const at = ['paths', found.template, verb, 'responses'];
    const documented = (operation['responses'] as Node)[String(status)];
    demand(documented !== undefined, exchange, `status ${status} is not documented`, [...at]);
    const response = resolve(documented);
    const line = [...at, String(status)];
    demand(response['x-made-by'] !== 'gateway', exchange, `status ${status} is the gateway's alone`, line);
    checkHeaders(exchange, (response['headers'] ?? {}) as Node, line);
    const code = checkBody(exchange, (response['content'] ?? {}) as Record<string, Node>, line);

    const parameters = [...((item['parameters'] ?? []) as unknown[]), ...((operation['parameters'] ?? []) as unknown[])].map(resolve);
    if (status < 300) checkRequest(exchange, operation, parameters, found.values, query);
    return {
      operationId: operation['operationId'] as string,
      status,
      mediaType: mediaTypeOf(headers['content-type']),
      code,
      parameters: parameters.filter((one) => valuesOf(one, found.values, query, exchange).length > 0).map((one) => one['name'] as string),
    };
  };

  function checkHeaders(exchange: Exchange, documented: Node, line: Place): void {
    for (const [name, reference] of Object.entries(documented)) {
      const header = resolve(reference);
      const value = exchange.headers[name.toLowerCase()];
      if (value === undefined) demand(header['required'] !== true, exchange, `the header ${name} is missing`, line);
      else {
        const faults = faultsOf(header['schema'], coerce(value, header['schema']));
        demand(faults === undefined, exchange, `the header ${name} is not valid: ${faults}`, line);
      }
    }
  }

  function checkBody({ method, text, headers, ...rest }: Exchange, content: Record<string, Node>, line: Place): string {
    const exchange = { method, text, headers, ...rest };
    const mediaType = mediaTypeOf(headers['content-type']);
    if (Object.keys(content).length === 0) {
      demand(text === '' && mediaType === '', exchange, 'must have no body', line);
      return '';
    }
    const documented = content[mediaType];
    demand(documented !== undefined, exchange, `the media type ${mediaType || '(none)'} is not documented`, line);
    if (method === 'HEAD') {
      demand(text === '', exchange, 'HEAD has no body', line);
      return '';
    }
    const body = parseJson(text);
    const faults = faultsOf(documented['schema'], body);
    demand(faults === undefined, exchange, `the body is not valid: ${faults}`, line);
    return mediaType === problemType ? String((body as Node)['code']) : '';
  }

  /** What was answered with success must have been a valid request. */
  function checkRequest(exchange: Exchange, operation: Node, parameters: readonly Node[], values: Record<string, string>, query: string): void {
    for (const parameter of parameters) {
      const sent = valuesOf(parameter, values, query, exchange);
      const name = parameter['name'] as string;
      if (sent.length === 0) demand(parameter['required'] !== true, exchange, `was accepted without ${name}`, []);
      else {
        const isList = resolve(parameter['schema'])['type'] === 'array';
        const faults = faultsOf(parameter['schema'], isList ? sent : coerce(sent[0] as string, parameter['schema']));
        demand(faults === undefined, exchange, `was accepted although ${name} is not valid: ${faults}`, ['paths']);
      }
    }
    const known = new Set(parameters.filter((one) => one['in'] === 'query').map((one) => one['name']));
    for (const name of new URLSearchParams(query).keys()) demand(known.has(name), exchange, `was accepted with the unknown parameter ${name}`, []);
    const requestBody = operation['requestBody'] ? resolve(operation['requestBody']) : undefined;
    if (!requestBody) return;
    const empty = !exchange.requestBody || exchange.requestBody.length === 0;
    demand(!empty || requestBody['required'] !== true, exchange, 'was accepted without a body', []);
    if (empty) return;
    const documented = (requestBody['content'] as Record<string, Node>)[mediaTypeOf(exchange.requestHeaders['content-type'])];
    demand(documented !== undefined, exchange, 'was accepted in an undocumented media type', []);
    const faults = faultsOf(documented['schema'], parseJson(String(exchange.requestBody)));
    demand(faults === undefined, exchange, `was accepted although its body is not valid: ${faults}`, []);
  }

  function coerce(value: string, schema: unknown): unknown {
    return resolve(schema)['type'] === 'integer' && /^-?\d+$/.test(value) ? Number(value) : value;
  }
}

/** OpenAPI's `nullable` as JSON Schema has it, and no `discriminator`: closed branches tell each other apart. */
function allowNull(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(allowNull);
  if (node === null || typeof node !== 'object') return node;
  const { nullable, discriminator: _, ...schema } = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, allowNull(value)]));
  return nullable === true ? { anyOf: [{ type: 'null' }, schema] } : schema;
}

function valuesOf(parameter: Node, path: Record<string, string>, query: string, { requestHeaders }: Exchange): string[] {
  const name = parameter['name'] as string;
  if (parameter['in'] === 'path') return [decodeURIComponent(path[name] ?? '')];
  if (parameter['in'] === 'query') return new URLSearchParams(query).getAll(name);
  const value = requestHeaders[name.toLowerCase()];
  return value === undefined ? [] : [value];
}

function demand(holds: boolean, exchange: Exchange, breach: string, line: Place): asserts holds {
  if (holds) return;
  const { method, path, status, headers, text } = exchange;
  throw new Breach(`${method} ${path} -> ${status} ${headers['content-type'] ?? ''}: ${breach} (${lineOf(...line)})\n${text.slice(0, 500)}`);
}

const mediaTypeOf = (contentType = '') => contentType.split(';')[0]?.trim().toLowerCase() ?? '';

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
