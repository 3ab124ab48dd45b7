/**
 * Holds an exchange against the contract, at the HTTP boundary. It shares no code with the server: it is given the whole contract,
 * matches paths itself, and judges with Ajv alone.
 */
import { createAnswerChecks } from './answers.ts';
import { headEntry, otherMethodEntry, parameterEntry } from './entries.ts';
import { demand, type Exchange, isDecodable, parseJson } from './exchange.ts';
import { allowOf, matchPath, operationOf } from './paths.ts';
import { createRequestChecks, valuesOf } from './requests.ts';
import { createRules } from './rules.ts';
import type { Node } from './tree.ts';
import { createUnroutedChecks } from './unrouted.ts';

/** Codes of answers to what never became a request, so that there is no path to look at. */
const notOfPaths = ['malformed-request', 'request-timeout', 'headers-too-large'];

/** @param contract the parsed contract */
export function createChecker(contract: Node) {
  const rules = createRules(contract);
  const { resolve, placeOf, parametersOf, component, fits } = rules;
  const { options, unrouted, neverARequest } = createUnroutedChecks(rules);
  const { checkHeaders, checkBody } = createAnswerChecks(rules);
  const { checkParameters, checkRequest } = createRequestChecks(rules);

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

    const template = isDecodable(pathname) && !exchange.path.includes('#') ? matchPath(contract, pathname) : undefined;
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
    demand(
      response['x-made-by'] !== 'gateway',
      exchange,
      `status ${status} is the gateway's alone`,
      placeOf(response, 'x-made-by'),
    );
    const parameters = parametersOf(item, operation);
    const sent = parameters.map((parameter) => ({
      parameter,
      values: valuesOf(parameter, pathname, template, query, exchange),
    }));
    return [
      ...(method === 'HEAD' ? [headEntry(operation)] : []),
      ...checkHeaders(exchange, operation, response),
      ...checkBody(exchange, operation, response),
      ...sent
        .filter(({ values }) => values.length > 0)
        .map(({ parameter }) => parameterEntry(operation, parameter['name'])),
      ...(status < 300 ? [...checkParameters(exchange, sent, query), ...checkRequest(exchange, operation)] : []),
    ];
  };
}
