/** Checks that a request with a successful response was valid. */
import { assertExchange, type Exchange, isDecodable, mediaTypeOf, parseJson } from './exchange.ts';
import type { Rules } from './rules.ts';
import type { Node } from './tree.ts';

/** A parameter of an operation with its values in a request; empty if it was not sent. */
export interface SentParameter {
  readonly parameter: Node;
  readonly values: readonly string[];
}

export function createRequestChecks({
  contract,
  resolve,
  placeOf,
  schemaItems,
  assertValid,
  coerce,
  toNormalForm,
}: Rules) {
  /** Asserts that all parameters of an accepted request are known and valid. */
  function checkParameters(exchange: Exchange, sent: readonly SentParameter[], query: string): string[] {
    const known = new Set(
      sent.filter(({ parameter }) => parameter['in'] === 'query').map(({ parameter }) => parameter['name']),
    );
    for (const name of new URLSearchParams(query).keys())
      assertExchange(
        known.has(name),
        exchange,
        `was accepted with the unknown parameter ${name}`,
        placeOf(contract['paths']),
      );
    assertExchange(
      isDecodable(query),
      exchange,
      'was accepted although its query is not percent-encoded UTF-8',
      placeOf(contract['paths']),
    );
    return sent.flatMap(({ parameter, values }) => {
      const { name, schema, required } = parameter;
      const isList = resolve(schema)['type'] === 'array';
      if (values.length === 0)
        assertExchange(required !== true, exchange, `was accepted without ${String(name)}`, placeOf(parameter));
      if (values.length === 0) return [];
      assertExchange(
        isList || values.length === 1,
        exchange,
        `was accepted with ${String(name)} given twice`,
        placeOf(parameter),
      );
      const value = toNormalForm(schema, isList ? values : coerce(values[0] as string, schema));
      assertValid(exchange, `was accepted, but ${String(name)}`, schema, value);
      return schemaItems(schema, value);
    });
  }

  /** Asserts that an accepted request has a token and a valid body, if the operation requires them. */
  function checkRequest(exchange: Exchange, operation: Node): string[] {
    const { security, needsToken } = securityOf(contract, operation);
    assertExchange(
      !needsToken || /^Bearer \S+$/i.test(exchange.requestHeaders['authorization'] ?? ''),
      exchange,
      'was accepted without a token',
      placeOf(security),
    );
    if (!operation['requestBody']) return [];
    const requestBody = resolve(operation['requestBody']);
    if (!exchange.requestBody?.length) {
      assertExchange(requestBody['required'] !== true, exchange, 'was accepted without a body', placeOf(requestBody));
      return [];
    }
    const content = requestBody['content'] as Record<string, Node>;
    const documented = content[mediaTypeOf(exchange.requestHeaders['content-type'])];
    assertExchange(documented !== undefined, exchange, 'was accepted in an undocumented media type', placeOf(content));
    const body = toNormalForm(documented['schema'], parseJson(String(exchange.requestBody)));
    assertValid(exchange, 'was accepted, but its body', documented['schema'], body);
    return schemaItems(documented['schema'], body);
  }

  return { checkParameters, checkRequest };
}

/** Whether an operation needs a token, or takes one. */
export function securityOf(contract: Node, operation: Node) {
  const security = (operation['security'] ?? contract['security'] ?? []) as readonly Node[];
  const isEmpty = (alternative: Node) => Object.keys(alternative).length === 0;
  return { security, needsToken: security.length > 0 && !security.some(isEmpty), takesToken: !security.every(isEmpty) };
}

/** Whether an operation takes a token and needs none. */
export function isTokenOptional(contract: Node, operation: Node): boolean {
  const { needsToken, takesToken } = securityOf(contract, operation);
  return takesToken && !needsToken;
}

/** The values of a parameter in a request. */
export function valuesOf(
  parameter: Node,
  pathname: string,
  template: string,
  query: string,
  { requestHeaders }: Exchange,
): string[] {
  const name = parameter['name'] as string;
  if (parameter['in'] === 'path')
    return [decodeURIComponent(pathname.split('/')[template.split('/').indexOf(`{${name}}`)] ?? '')];
  if (parameter['in'] === 'query') return new URLSearchParams(query).getAll(name);
  const value = requestHeaders[name.toLowerCase()];
  return value === undefined ? [] : [value];
}
