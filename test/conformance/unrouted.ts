/** Checks exchanges that belong to no operation. */
import { optionsItem, unroutedItem } from './coverage-items.ts';
import { assertExchange, type Exchange, parseJson, problemType } from './exchange.ts';
import { allowOf } from './paths.ts';
import type { Rules } from './rules.ts';
import type { Node } from './tree.ts';

export function createUnroutedChecks({
  contract,
  placeOf,
  schemaItems,
  component,
  assertValid,
  assertNoOtherHeaders,
  assertConsistentProblem,
}: Rules) {
  /** Checks the response to OPTIONS on a path of the contract: 204 with `Allow` and no body. */
  function options(exchange: Exchange, template: string, item: Node): string[] {
    const { status, headers, text } = exchange;
    assertExchange(status === 204, exchange, 'must be 204', placeOf(item));
    assertExchange(headers['allow'] === allowOf(item), exchange, `must have Allow: ${allowOf(item)}`, placeOf(item));
    assertExchange(text === '' && headers['content-type'] === undefined, exchange, 'must have no body', placeOf(item));
    assertNoOtherHeaders(exchange, ['x-request-id', 'allow'], placeOf(item));
    return [optionsItem(template)];
  }

  /** Checks a response that belongs to no operation: the problem with this code. */
  function unrouted(exchange: Exchange, code: string, names: readonly string[]): string[] {
    const { status, headers, text, method } = exchange;
    const codes = contract['x-unrouted-codes'] as Record<string, number>;
    const place = placeOf(codes, code);
    assertExchange(
      status === codes[code],
      exchange,
      `matches no operation, so the status must be ${codes[code]} (${code})`,
      place,
    );
    assertExchange(headers['content-type'] === problemType, exchange, `must be ${problemType}`, place);
    assertNoOtherHeaders(exchange, ['x-request-id', 'cache-control', ...names], place);
    if (method === 'HEAD') {
      assertExchange(text === '', exchange, 'HEAD has no body', place);
      return [unroutedItem(code)];
    }
    const schema = component('schemas', 'Problem');
    const problem = parseJson(text);
    assertValid(exchange, 'the body', schema, problem);
    assertExchange((problem as Node)['code'] === code, exchange, `must be a problem with the code ${code}`, place);
    assertConsistentProblem(exchange, problem as Node, placeOf(schema));
    return [unroutedItem(code), ...schemaItems(schema, problem)];
  }

  /** Checks the response to a request that the HTTP parser rejected; the rest of the connection cannot be parsed either. */
  function unparsedRequest(exchange: Exchange, code: string): string[] {
    const place = placeOf(contract['x-unrouted-codes'], code);
    assertExchange(
      exchange.transport === 'socket',
      exchange,
      `${code} is impossible: the gateway has parsed this request`,
      place,
    );
    assertExchange(
      exchange.headers['connection']?.toLowerCase() === 'close',
      exchange,
      `${code} must close the connection`,
      place,
    );
    return unrouted(exchange, code, []);
  }

  return { options, unrouted, unparsedRequest };
}
