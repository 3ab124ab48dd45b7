/**
 * Holds an exchange against the contract, at the HTTP boundary. It shares no code with the server: it is given the whole contract,
 * matches paths itself, and judges with Ajv alone.
 */
import { answerEntry, createShow, headEntry, headerEntry, optionsEntry, otherMethodEntry, parameterEntry, unroutedEntry } from './entries.ts';
import { demand, type Exchange, isDecodable, mediaTypeOf, parseJson } from './exchange.ts';
import { createJudge } from './judge.ts';
import { createTree, type Node, type Place } from './tree.ts';

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH'];
const problemType = 'application/problem+json';
/** Headers of the transport (RFC 9110, RFC 9112): no contract documents them. */
const ofTransport = ['connection', 'content-length', 'content-type', 'date', 'keep-alive', 'transfer-encoding'];
/** Where the answer to a page of another origin may differ (Fetch standard, section 3.2). */
const ofCrossOrigin = /^(access-control-.*|vary)$/;
/** What announces the end of things; the contract says in words when (RFC 9745, RFC 8594). */
const ofRetirement = ['deprecation', 'sunset'];
/** Codes of answers to what never became a request, so that there is no path to look at. */
const notOfPaths = ['malformed-request', 'request-timeout', 'headers-too-large'];

/** @param contract the parsed contract */
export function createChecker(contract: Node) {
  const tree = createTree(contract);
  const { resolve, placeOf, parametersOf } = tree;
  const judge = createJudge(tree);
  const show = createShow(tree, judge);

  /**
   * The entries of the contract that an exchange shows, each as often as it shows it.
   *
   * @throws Breach which says what is wrong, where, and by which line of the contract
   */
  return function check(exchange: Exchange): string[] {
    const [pathname = '', query = ''] = exchange.path.split(/\?(.*)/s);
    const { method, status, headers } = exchange;
    fits(exchange, 'the header X-Request-Id', component('headers', 'RequestId')['schema'], headers['x-request-id']);
    const problem = parseJson(exchange.text) as Node | undefined;
    if (notOfPaths.includes(problem?.['code'] as string)) return neverARequest(exchange, problem?.['code'] as string);

    const template = isDecodable(pathname) && !exchange.path.includes('#') ? match(pathname) : undefined;
    if (template === undefined) return unrouted(exchange, 'route-not-found', []);
    const item = (contract['paths'] as Record<string, Node>)[template] as Node;
    if (method === 'OPTIONS') return options(exchange, template, item);
    const operation = operationOf(item, method);
    if (!operation) {
      demand(headers['allow'] === allowOf(item), exchange, `must have Allow: ${allowOf(item)}`, placeOf(item));
      return [...unrouted(exchange, 'method-not-allowed', ['allow']), otherMethodEntry(template)];
    }

    const responses = operation['responses'] as Node;
    demand(responses[String(status)] !== undefined, exchange, `status ${status} is not documented`, placeOf(responses));
    const response = resolve(responses[String(status)]);
    demand(response['x-made-by'] !== 'gateway', exchange, `status ${status} is the gateway's alone`, placeOf(response, 'x-made-by'));
    const parameters = parametersOf(item, operation);
    const sent = parameters.map((parameter) => ({ parameter, values: valuesOf(parameter, pathname, template, query, exchange) }));
    return [
      ...(method === 'HEAD' ? [headEntry(operation)] : []),
      ...checkHeaders(exchange, operation, response),
      ...checkBody(exchange, operation, response),
      ...sent.filter(({ values }) => values.length > 0).map(({ parameter }) => parameterEntry(operation, parameter['name'])),
      ...(status < 300 ? [...checkParameters(exchange, sent, query), ...checkRequest(exchange, operation)] : []),
    ];
  };

  function match(pathname: string): string | undefined {
    return Object.keys(contract['paths'] as Node).find((template) => new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname));
  }

  /** HEAD is judged as its GET. */
  function operationOf(item: Node, method: string): Node | undefined {
    const verb = method === 'HEAD' ? 'GET' : method;
    return methods.includes(verb) ? (item[verb.toLowerCase()] as Node | undefined) : undefined;
  }

  function allowOf(item: Node): string {
    const own = methods.filter((method) => operationOf(item, method));
    return [...own, ...(own.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort().join(', ');
  }

  function component(kind: string, name: string): Node {
    return ((contract['components'] as Node)[kind] as Record<string, Node>)[name] as Node;
  }

  /** OPTIONS on any path of the contract: 204 with `Allow`, and nothing else. */
  function options(exchange: Exchange, template: string, item: Node): string[] {
    const { status, headers, text } = exchange;
    demand(status === 204, exchange, 'must be 204', placeOf(item));
    demand(headers['allow'] === allowOf(item), exchange, `must have Allow: ${allowOf(item)}`, placeOf(item));
    demand(text === '' && headers['content-type'] === undefined, exchange, 'must have no body', placeOf(item));
    noOthers(exchange, ['x-request-id', 'allow'], placeOf(item));
    return [optionsEntry(template)];
  }

  /** An answer that belongs to no operation: the problem with this code. */
  function unrouted(exchange: Exchange, code: string, names: readonly string[]): string[] {
    const { status, headers, text, method } = exchange;
    const codes = contract['x-unrouted-codes'] as Record<string, number>;
    const place = placeOf(codes, code);
    demand(status === codes[code], exchange, `is no operation, so the status must be ${codes[code]} (${code})`, place);
    demand(headers['content-type'] === problemType, exchange, `must be ${problemType}`, place);
    noOthers(exchange, ['x-request-id', 'cache-control', ...names], place);
    if (method === 'HEAD') {
      demand(text === '', exchange, 'HEAD has no body', place);
      return [unroutedEntry(code)];
    }
    const schema = component('schemas', 'Problem');
    const problem = parseJson(text);
    fits(exchange, 'the body', schema, problem);
    demand((problem as Node)['code'] === code, exchange, `must be a problem with the code ${code}`, place);
    agrees(exchange, problem as Node, placeOf(schema));
    return [unroutedEntry(code), ...show(schema, problem)];
  }

  /** What the parser of HTTP has refused; after it nothing on the connection makes sense. */
  function neverARequest(exchange: Exchange, code: string): string[] {
    const place = placeOf(contract['x-unrouted-codes'], code);
    demand(exchange.transport === 'socket', exchange, `${code} cannot be: the gateway has read this request`, place);
    demand(exchange.headers['connection']?.toLowerCase() === 'close', exchange, `${code} must end the connection`, place);
    return unrouted(exchange, code, []);
  }

  function checkHeaders(exchange: Exchange, operation: Node, response: Node): string[] {
    const documented = (response['headers'] ?? {}) as Node;
    const names = Object.keys(documented).map((name) => name.toLowerCase());
    noOthers(exchange, [...names, ...(retires(operation) ? ofRetirement : [])], placeOf(response));
    return Object.entries(documented).flatMap(([name, reference]) => {
      const header = resolve(reference);
      const value = exchange.headers[name.toLowerCase()];
      if (value !== undefined) fits(exchange, `the header ${name}`, header['schema'], coerce(value, header['schema']));
      else demand(header['required'] !== true, exchange, `the header ${name} is missing`, placeOf(documented, name));
      return header['required'] === true ? [] : [headerEntry(operation, String(exchange.status), name, value !== undefined)];
    });
  }

  /** No header but these and those of the transport. */
  function noOthers(exchange: Exchange, names: readonly string[], place: Place): void {
    const known = new Set([...names, ...ofTransport]);
    const isCrossOrigin = exchange.requestHeaders['origin'] !== undefined;
    const others = Object.keys(exchange.headers).filter((name) => !known.has(name) && !(isCrossOrigin && ofCrossOrigin.test(name)));
    demand(others.length === 0, exchange, `the header ${others.join(', ')} is not documented`, place);
  }

  function checkBody(exchange: Exchange, operation: Node, response: Node): string[] {
    const { method, status, headers, text } = exchange;
    const content = (response['content'] ?? {}) as Record<string, Node>;
    const mediaType = mediaTypeOf(headers['content-type']);
    if (Object.keys(content).length === 0) {
      demand(text === '' && mediaType === '', exchange, 'must have no body', placeOf(response));
      return [answerEntry(operation, String(status))];
    }
    const documented = content[mediaType];
    demand(documented !== undefined, exchange, `the media type ${mediaType || '(none)'} is not documented`, placeOf(content));
    const schema = resolve(documented['schema']);
    demand(schema['x-made-by'] !== 'gateway', exchange, "this media type is the gateway's alone", placeOf(schema, 'x-made-by'));
    if (method === 'HEAD') {
      demand(text === '', exchange, 'HEAD has no body', placeOf(response));
      return [];
    }
    const body = parseJson(text);
    fits(exchange, 'the body', schema, body);
    if (mediaType === problemType) agrees(exchange, body as Node, placeOf(documented));
    const { etag = headers['etag'] } = body as Node;
    demand(headers['etag'] === undefined || headers['etag'] === etag, exchange, 'the header ETag is not the etag of the body', placeOf(response));
    return [answerEntry(operation, String(status), mediaType, mediaType === problemType ? String((body as Node)['code']) : ''), ...show(schema, body)];
  }

  /** What the contract says in words: a problem names its status and its request, as a URI too. */
  function agrees(exchange: Exchange, { status, code, requestId, type, instance }: Node, place: Place): void {
    demand(status === exchange.status, exchange, `the problem says status ${String(status)}`, place);
    demand(requestId === exchange.headers['x-request-id'], exchange, 'the problem has another requestId than X-Request-Id', place);
    demand(String(type).endsWith(`:${String(code)}`), exchange, 'the type of the problem does not end with its code', place);
    demand(String(instance).endsWith(`:${String(requestId)}`), exchange, 'the instance of the problem does not end with its requestId', place);
  }

  /** The parameters of what was answered with success must have been valid, and no others there. */
  function checkParameters(exchange: Exchange, sent: readonly { parameter: Node; values: readonly string[] }[], query: string): string[] {
    const known = new Set(sent.filter(({ parameter }) => parameter['in'] === 'query').map(({ parameter }) => parameter['name']));
    for (const name of new URLSearchParams(query).keys()) demand(known.has(name), exchange, `was accepted with the unknown parameter ${name}`, placeOf(contract['paths']));
    demand(isDecodable(query), exchange, 'was accepted although its query is not percent-encoded UTF-8', placeOf(contract['paths']));
    return sent.flatMap(({ parameter, values }) => {
      const { name, schema, required } = parameter;
      const isList = resolve(schema)['type'] === 'array';
      if (values.length === 0) demand(required !== true, exchange, `was accepted without ${String(name)}`, placeOf(parameter));
      if (values.length === 0) return [];
      demand(isList || values.length === 1, exchange, `was accepted with ${String(name)} given twice`, placeOf(parameter));
      const value = isList ? values : coerce(values[0] as string, schema);
      fits(exchange, `was accepted, but ${String(name)}`, schema, value);
      return show(schema, value);
    });
  }

  /** The token and the body of what was answered with success. */
  function checkRequest(exchange: Exchange, operation: Node): string[] {
    const security = operation['security'] ?? contract['security'] ?? [];
    const needsToken = (security as Node[]).length > 0;
    demand(!needsToken || /^Bearer \S+$/i.test(exchange.requestHeaders['authorization'] ?? ''), exchange, 'was accepted without a token', placeOf(security));
    if (!operation['requestBody']) return [];
    const requestBody = resolve(operation['requestBody']);
    if (!exchange.requestBody?.length) {
      demand(requestBody['required'] !== true, exchange, 'was accepted without a body', placeOf(requestBody));
      return [];
    }
    const content = requestBody['content'] as Record<string, Node>;
    const documented = content[mediaTypeOf(exchange.requestHeaders['content-type'])];
    demand(documented !== undefined, exchange, 'was accepted in an undocumented media type', placeOf(content));
    const body = parseJson(String(exchange.requestBody));
    fits(exchange, 'was accepted, but its body', documented['schema'], body);
    return show(documented['schema'], body);
  }

  function fits(exchange: Exchange, what: string, schema: unknown, value: unknown): void {
    const misfit = value === undefined ? { text: 'is missing', place: placeOf(resolve(schema)) } : judge(schema, value);
    if (misfit) demand(false, exchange, `${what} is not valid: ${misfit.text}`, misfit.place);
  }

  function coerce(value: string, schema: unknown): unknown {
    return resolve(schema)['type'] === 'integer' && /^-?\d+$/.test(value) ? Number(value) : value;
  }
  /** Whether something of a request is on its way out: the operation, a parameter, a member of the body. */
  function retires(node: unknown): boolean {
    if (node === null || typeof node !== 'object') return false;
    const { responses: _, ...parts } = resolve(node);
    return parts['deprecated'] === true || Object.values(parts).some(retires);
  }
}

function valuesOf(parameter: Node, pathname: string, template: string, query: string, { requestHeaders }: Exchange): string[] {
  const name = parameter['name'] as string;
  if (parameter['in'] === 'path') return [decodeURIComponent(pathname.split('/')[template.split('/').indexOf(`{${name}}`)] ?? '')];
  if (parameter['in'] === 'query') return new URLSearchParams(query).getAll(name);
  const value = requestHeaders[name.toLowerCase()];
  return value === undefined ? [] : [value];
}
