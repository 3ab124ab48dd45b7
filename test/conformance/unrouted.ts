/** Exchanges that belong to no operation. */
import { optionsEntry, unroutedEntry } from './entries.ts';
import { demand, type Exchange, parseJson, problemType } from './exchange.ts';
import { allowOf } from './paths.ts';
import type { Rules } from './rules.ts';
import type { Node } from './tree.ts';

export function createUnroutedChecks({ contract, placeOf, show, component, fits, noOthers, agrees }: Rules) {
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
    demand(
      exchange.headers['connection']?.toLowerCase() === 'close',
      exchange,
      `${code} must end the connection`,
      place,
    );
    return unrouted(exchange, code, []);
  }

  return { options, unrouted, neverARequest };
}
