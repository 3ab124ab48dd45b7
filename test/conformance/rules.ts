/** The parsed contract, and assertions on the parts of an exchange. */
import { createSchemaItems } from './coverage-items.ts';
import { assertExchange, type Exchange } from './exchange.ts';
import { createNormalForm } from './normal-form.ts';
import { createSchemaValidator } from './schema-validator.ts';
import { createTree, type Node, type Place } from './tree.ts';

/** Headers of HTTP itself (RFC 9110, RFC 9112), which the contract does not document. */
const transportHeaders = ['connection', 'content-length', 'content-type', 'date', 'keep-alive', 'transfer-encoding'];
/** Headers that a response to a cross-origin request may have (Fetch standard, section 3.2). */
const corsHeaders = /^(access-control-.*|vary)$/;

/** Sentences of Ajv, and parts of regular expressions: nothing that people understand. */
const textOfALibrary = /\bNOT\b|must match|##|\[\^|\\[sSdwx]|must be (string|object|array|integer)$|must be (>|<)/;

export type Rules = ReturnType<typeof createRules>;

/** @param contract the parsed contract */
export function createRules(contract: Node) {
  const tree = createTree(contract);
  const { resolve, placeOf, parametersOf } = tree;
  const validate = createSchemaValidator(tree);

  function component(kind: string, name: string): Node {
    return ((contract['components'] as Node)[kind] as Record<string, Node>)[name] as Node;
  }

  /** Asserts that a value is present and valid. */
  function assertValid(exchange: Exchange, what: string, schema: unknown, value: unknown): void {
    const mismatch =
      value === undefined ? { text: 'is missing', place: placeOf(resolve(schema)) } : validate(schema, value);
    if (mismatch) assertExchange(false, exchange, `${what} is not valid: ${mismatch.text}`, mismatch.place);
  }

  /** The value of a parameter or header, converted to the type of its schema. */
  function coerce(value: string, schema: unknown): unknown {
    const { type } = resolve(schema);
    if (type === 'boolean' && /^(true|false)$/.test(value)) return value === 'true';
    return type === 'integer' && /^-?\d+$/.test(value) ? Number(value) : value;
  }

  /** Asserts that a response has only these headers and those of HTTP itself. */
  function assertNoOtherHeaders(exchange: Exchange, names: readonly string[], place: Place): void {
    const known = new Set([...names, ...transportHeaders]);
    const isCrossOrigin = exchange.requestHeaders['origin'] !== undefined;
    const others = Object.keys(exchange.headers).filter(
      (name) => !known.has(name) && !(isCrossOrigin && corsHeaders.test(name)),
    );
    assertExchange(others.length === 0, exchange, `the header ${others.join(', ')} is not documented`, place);
  }

  /** Asserts what the contract says only in its descriptions: the members of a problem agree with each other and with the response. */
  function assertConsistentProblem(
    exchange: Exchange,
    { status, code, requestId, type, instance, errors = [] }: Node,
    place: Place,
  ): void {
    const fieldErrors = errors as readonly Readonly<Record<string, string>>[];
    const places = fieldErrors.map(({ pointer, parameter }) => parameter ?? `pointer ${pointer}`);
    const repeated = places.find((one, index) => places.indexOf(one) !== index);
    assertExchange(repeated === undefined, exchange, `the problem has several errors in one place: ${repeated}`, place);
    const quoted = fieldErrors.find(({ detail = '' }) => textOfALibrary.test(detail));
    assertExchange(quoted === undefined, exchange, `an error is explained by a library: ${quoted?.['detail']}`, place);
    assertExchange(status === exchange.status, exchange, `the problem has the status ${String(status)}`, place);
    assertExchange(
      requestId === exchange.headers['x-request-id'],
      exchange,
      'the problem has another requestId than X-Request-Id',
      place,
    );
    assertExchange(
      String(type).endsWith(`#${String(code)}`),
      exchange,
      'the type of the problem does not end with its code',
      place,
    );
    assertExchange(
      String(instance).endsWith(`:${String(requestId)}`),
      exchange,
      'the instance of the problem does not end with its requestId',
      place,
    );
  }

  return {
    contract,
    toNormalForm: createNormalForm(tree),
    resolve,
    placeOf,
    parametersOf,
    schemaItems: createSchemaItems(tree, validate),
    component,
    assertValid,
    coerce,
    assertNoOtherHeaders,
    assertConsistentProblem,
  };
}
