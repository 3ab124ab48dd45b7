/** Checks the response of an operation: its headers and its body. */
import { responseItem, headerItem, mediaTypeParameterItem } from './coverage-items.ts';
import {
  assertExchange,
  type Exchange,
  isJson,
  mediaTypeOf,
  parametersOf,
  parseJson,
  problemType,
} from './exchange.ts';
import { securityOf } from './requests.ts';
import type { Rules } from './rules.ts';
import type { Node, Place } from './tree.ts';

/** Headers that announce a deprecation (RFC 9745, RFC 8594); the contract documents them only in its description. */
const deprecationHeaders = ['deprecation', 'sunset'];

export function createResponseChecks({
  contract,
  resolve,
  placeOf,
  schemaItems,
  assertValid,
  coerce,
  assertNoOtherHeaders,
  assertConsistentProblem,
}: Rules) {
  function checkHeaders(exchange: Exchange, operation: Node, response: Node): string[] {
    const documented = (response['headers'] ?? {}) as Node;
    const names = Object.keys(documented).map((name) => name.toLowerCase());
    const { needsToken, takesToken } = securityOf(contract, operation);
    const variesBy = [
      // A success that is offered in several media types depends on the request's Accept.
      ...(exchange.status < 300 && Object.keys(response['content'] ?? {}).length > 1 ? ['Accept'] : []),
      // Where a token is optional, it decides what is returned.
      ...(takesToken && !needsToken ? ['Authorization'] : []),
    ];
    for (const name of variesBy)
      assertExchange(
        new RegExp(`(^|, )${name}(,|$)`, 'i').test(exchange.headers['vary'] ?? ''),
        exchange,
        `the header vary does not contain ${name}`,
        placeOf(response),
      );
    assertExchange(
      !takesToken ||
        exchange.requestHeaders['authorization'] === undefined ||
        exchange.headers['cache-control'] === 'no-store',
      exchange,
      'the response to a request with a token may be stored',
      placeOf(response),
    );
    assertNoOtherHeaders(
      exchange,
      [...names, ...(variesBy.length > 0 ? ['vary'] : []), ...(isDeprecated(operation) ? deprecationHeaders : [])],
      placeOf(response),
    );
    return Object.entries(documented).flatMap(([name, reference]) => {
      const header = resolve(reference);
      const value = exchange.headers[name.toLowerCase()];
      if (value !== undefined)
        assertValid(exchange, `the header ${name}`, header['schema'], coerce(value, header['schema']));
      else
        assertExchange(
          header['required'] !== true,
          exchange,
          `the header ${name} is missing`,
          placeOf(documented, name),
        );
      return header['required'] === true
        ? []
        : [headerItem(operation, String(exchange.status), name, value !== undefined)];
    });
  }

  function checkBody(exchange: Exchange, operation: Node, response: Node): string[] {
    const { method, status, headers, text } = exchange;
    const content = (response['content'] ?? {}) as Record<string, Node>;
    const mediaType = mediaTypeOf(headers['content-type']);
    if (Object.keys(content).length === 0) {
      assertExchange(text === '' && mediaType === '', exchange, 'must have no body', placeOf(response));
      return [responseItem(operation, String(status))];
    }
    const documented = content[mediaType];
    assertExchange(
      documented !== undefined,
      exchange,
      `the media type ${mediaType || '(none)'} is not documented`,
      placeOf(content),
    );
    checkChoice(exchange, Object.keys(content), mediaType, placeOf(content));
    const parameterItems = checkMediaTypeParameters(exchange, operation, mediaType, documented);
    const schema = resolve(documented['schema']);
    assertExchange(
      schema['x-made-by'] !== 'gateway',
      exchange,
      'this media type can only come from the gateway',
      placeOf(schema, 'x-made-by'),
    );
    if (method === 'HEAD') {
      assertExchange(text === '', exchange, 'HEAD has no body', placeOf(response));
      return [];
    }
    const body = isJson(mediaType) ? parseJson(text) : text;
    assertValid(exchange, 'the body', schema, body);
    if (mediaType === problemType) assertConsistentProblem(exchange, body as Node, placeOf(documented));
    const { etag = headers['etag'] } = body as Node;
    assertExchange(
      headers['etag'] === undefined || headers['etag'] === etag,
      exchange,
      'the header ETag is not the etag of the body',
      placeOf(response),
    );
    return [
      responseItem(
        operation,
        String(status),
        mediaType,
        mediaType === problemType ? String((body as Node)['code']) : '',
      ),
      ...parameterItems,
      ...schemaItems(schema, body),
    ];
  }

  /** Asserts that a client gets another media type than the first only if it accepts that one, or all of its kind. */
  function checkChoice(
    exchange: Exchange,
    [standard, ...others]: readonly string[],
    mediaType: string,
    place: Place,
  ): void {
    if (exchange.status >= 300 || mediaType === standard || !others.includes(mediaType)) return;
    const accepted = (exchange.requestHeaders['accept'] ?? '').split(',').map(mediaTypeOf);
    assertExchange(
      [mediaType, mediaType.replace(/\/.*/, '/*')].some((one) => accepted.includes(one)),
      exchange,
      `the client did not ask for ${mediaType}`,
      place,
    );
  }

  /** Asserts that text has the charset UTF-8, and that all other parameters of the media type are documented. */
  function checkMediaTypeParameters(
    exchange: Exchange,
    operation: Node,
    mediaType: string,
    documented: Node,
  ): string[] {
    const { charset, ...others } = parametersOf(exchange.headers['content-type']);
    const known = (documented['x-parameters'] ?? {}) as Record<string, readonly string[]>;
    assertExchange(
      !mediaType.startsWith('text/') || charset === 'utf-8',
      exchange,
      'the charset of a text is not utf-8',
      placeOf(documented),
    );
    for (const name of new Set([...Object.keys(known), ...Object.keys(others)]))
      assertExchange(
        known[name]?.includes(others[name] ?? '') === true,
        exchange,
        `the parameter ${name} of the media type is not as documented`,
        placeOf(documented),
      );
    return Object.entries(others).map(([name, value]) =>
      mediaTypeParameterItem(operation, String(exchange.status), mediaType, name, value),
    );
  }

  const deprecated = new Map<Node, boolean>();

  /** Whether any part of a request is deprecated: the operation, a parameter or a field of the body. */
  function isDeprecated(operation: Node): boolean {
    const known = deprecated.get(operation) ?? hasDeprecated(operation);
    deprecated.set(operation, known);
    return known;
  }
  function hasDeprecated(node: unknown): boolean {
    if (node === null || typeof node !== 'object') return false;
    const { responses: _, ...parts } = resolve(node);
    return parts['deprecated'] === true || Object.values(parts).some(hasDeprecated);
  }

  return { checkHeaders, checkBody };
}
