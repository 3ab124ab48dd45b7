/**
 * Checks that an exchange conforms to the contract. It shares no code with the server: it reads the contract itself, matches paths
 * itself, and validates with Ajv alone.
 */
import { createResponseChecks } from './responses.ts';
import { callerItem, headItem, otherMethodItem, parameterItem } from './coverage-items.ts';
import { assertExchange, type Exchange, isDecodable, parseJson } from './exchange.ts';
import { allowOf, matchPath, oneSpelling, operationOf } from './paths.ts';
import { createRequestChecks, isTokenOptional, valuesOf } from './requests.ts';
import { createRules } from './rules.ts';
import type { Node } from './tree.ts';
import { createUnroutedChecks } from './unrouted.ts';

/** The problem codes for requests that were never parsed, and so have no path. */
const unparsedCodes = ['malformed-request', 'request-timeout', 'headers-too-large'];

/** @param contract the parsed contract */
export function createChecker(contract: Node) {
  const rules = createRules(contract);
  const { resolve, placeOf, parametersOf, component, assertValid } = rules;
  const { options, unrouted, unparsedRequest } = createUnroutedChecks(rules);
  const { checkHeaders, checkBody } = createResponseChecks(rules);
  const { checkParameters, checkRequest } = createRequestChecks(rules);

  /** Whether an accepted request had a token, where it is optional. */
  function callerItems({ status, requestHeaders }: Exchange, operation: Node): string[] {
    if (status >= 300 || !isTokenOptional(contract, operation)) return [];
    return [callerItem(operation, requestHeaders['authorization'] !== undefined)];
  }

  /**
   * Returns the coverage items that an exchange uses, each as often as it is used.
   *
   * @throws Violation with the reason, the exchange and the line of the contract
   */
  return function check(exchange: Exchange): string[] {
    const [rawPath = '', query = ''] = exchange.path.split(/\?(.*)/s);
    const pathname = oneSpelling(rawPath);
    const { method, status, headers } = exchange;
    assertValid(
      exchange,
      'the header X-Request-Id',
      component('headers', 'RequestId')['schema'],
      headers['x-request-id'],
    );
    const problem = parseJson(exchange.text) as Node | undefined;
    if (unparsedCodes.includes(problem?.['code'] as string))
      return unparsedRequest(exchange, problem?.['code'] as string);

    const template = isDecodable(pathname) && !exchange.path.includes('#') ? matchPath(contract, pathname) : undefined;
    if (template === undefined) return unrouted(exchange, 'route-not-found', []);
    const item = (contract['paths'] as Record<string, Node>)[template] as Node;
    if (method === 'OPTIONS') return options(exchange, template, item);
    const operation = operationOf(item, method);
    if (!operation) {
      assertExchange(headers['allow'] === allowOf(item), exchange, `must have Allow: ${allowOf(item)}`, placeOf(item));
      return [...unrouted(exchange, 'method-not-allowed', ['allow']), otherMethodItem(template)];
    }

    const responses = operation['responses'] as Node;
    assertExchange(
      responses[String(status)] !== undefined,
      exchange,
      `status ${status} is not documented`,
      placeOf(responses),
    );
    const response = resolve(responses[String(status)]);
    assertExchange(
      response['x-made-by'] !== 'gateway',
      exchange,
      `status ${status} can only come from the gateway`,
      placeOf(response, 'x-made-by'),
    );
    const parameters = parametersOf(item, operation);
    const sent = parameters.map((parameter) => ({
      parameter,
      values: valuesOf(parameter, pathname, template, query, exchange),
    }));
    return [
      ...(method === 'HEAD' ? [headItem(operation)] : []),
      ...callerItems(exchange, operation),
      ...checkHeaders(exchange, operation, response),
      ...checkBody(exchange, operation, response),
      ...sent
        .filter(({ values }) => values.length > 0)
        .map(({ parameter }) => parameterItem(operation, parameter['name'])),
      ...(status < 300 ? [...checkParameters(exchange, sent, query), ...checkRequest(exchange, operation)] : []),
    ];
  };
}
