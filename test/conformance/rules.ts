/** The contract, and the rules by which any part of an exchange is held against a part of it. */
import { createShow } from './entries.ts';
import { demand, type Exchange } from './exchange.ts';
import { createJudge } from './judge.ts';
import { createTree, type Node, type Place } from './tree.ts';

/** Headers of the transport (RFC 9110, RFC 9112): no contract documents them. */
const ofTransport = ['connection', 'content-length', 'content-type', 'date', 'keep-alive', 'transfer-encoding'];
/** Where the answer to a page of another origin may differ (Fetch standard, section 3.2). */
const ofCrossOrigin = /^(access-control-.*|vary)$/;

export type Rules = ReturnType<typeof createRules>;

/** @param contract the parsed contract */
export function createRules(contract: Node) {
  const tree = createTree(contract);
  const { resolve, placeOf, parametersOf } = tree;
  const judge = createJudge(tree);

  function component(kind: string, name: string): Node {
    return ((contract['components'] as Node)[kind] as Record<string, Node>)[name] as Node;
  }

  /** A value must be there, and fit its schema. */
  function fits(exchange: Exchange, what: string, schema: unknown, value: unknown): void {
    const misfit = value === undefined ? { text: 'is missing', place: placeOf(resolve(schema)) } : judge(schema, value);
    if (misfit) demand(false, exchange, `${what} is not valid: ${misfit.text}`, misfit.place);
  }

  /** What a parameter or a header stands for, by its schema. */
  function coerce(value: string, schema: unknown): unknown {
    return resolve(schema)['type'] === 'integer' && /^-?\d+$/.test(value) ? Number(value) : value;
  }

  /** No header but these and those of the transport. */
  function noOthers(exchange: Exchange, names: readonly string[], place: Place): void {
    const known = new Set([...names, ...ofTransport]);
    const isCrossOrigin = exchange.requestHeaders['origin'] !== undefined;
    const others = Object.keys(exchange.headers).filter(
      (name) => !known.has(name) && !(isCrossOrigin && ofCrossOrigin.test(name)),
    );
    demand(others.length === 0, exchange, `the header ${others.join(', ')} is not documented`, place);
  }

  /** What the contract says in words: a problem names its status and its request, as a URI too. */
  function agrees(exchange: Exchange, { status, code, requestId, type, instance }: Node, place: Place): void {
    demand(status === exchange.status, exchange, `the problem says status ${String(status)}`, place);
    demand(
      requestId === exchange.headers['x-request-id'],
      exchange,
      'the problem has another requestId than X-Request-Id',
      place,
    );
    demand(
      String(type).endsWith(`:${String(code)}`),
      exchange,
      'the type of the problem does not end with its code',
      place,
    );
    demand(
      String(instance).endsWith(`:${String(requestId)}`),
      exchange,
      'the instance of the problem does not end with its requestId',
      place,
    );
  }

  return {
    contract,
    resolve,
    placeOf,
    parametersOf,
    show: createShow(tree, judge),
    component,
    fits,
    coerce,
    noOthers,
    agrees,
  };
}
