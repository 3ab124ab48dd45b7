/** Requests for the operations of the contract: valid ones, and all with one error. */
import fc, { type Arbitrary } from 'fast-check';
import type { FieldErrorCode } from '../../src/contract/generated/types.ts';
import { storedContract } from '../conformance/contract-file.ts';
import { createJudge } from '../conformance/judge.ts';
import { createTree } from '../conformance/tree.ts';
import { type Operation, type Parameter, resolve, type Schema } from '../contract/contract.ts';
import type { TestRequest } from '../support/api.ts';
import { requestOf, type Values } from '../support/contract-requests.ts';
import { createGenerator, type Generator } from './valid-requests.ts';
import { violationsOf } from './invalid-requests.ts';

/** A request, and where the error must be found in it: the only one. */
export interface Attack {
  readonly request: TestRequest;
  readonly location: { readonly pointer: string } | { readonly parameter: string };
}

/** A kind of attack on an operation. */
export interface Attacks {
  readonly title: string;
  readonly code: FieldErrorCode;
  /** @param eventId the event that is attacked */
  readonly attacks: (eventId: string) => Arbitrary<Attack>;
}

const tree = createTree(storedContract());
const judge = createJudge(tree);
/** Of bodies and queries, which carry all characters, and of headers, which do not. */
const generators = {
  any: createGenerator(tree, judge, 'binary'),
  ascii: createGenerator(tree, judge, 'grapheme-ascii'),
};

/** Valid requests for an operation, for one of these events. */
export function validRequests(operation: Operation, eventIds: Arbitrary<string>): Arbitrary<TestRequest> {
  return fc
    .tuple(validValues(operation, eventIds), validBody(operation))
    .map(([values, body]) => requestOf(operation, values, body));
}

/** Every way to violate what the contract says about the requests of an operation. */
export function attacksOn(operation: Operation): Attacks[] {
  return [
    ...operation.parameters.flatMap((parameter) => attacksOnParameter(operation, parameter)),
    attackWithParameter(operation),
    ...attacksOnBody(operation),
  ];
}

/** The values of some of the parameters of a valid request. */
function validValues({ parameters }: Operation, eventIds: Arbitrary<string>): Arbitrary<Values> {
  const members = parameters.map((one) => [one.name, one.in === 'path' ? eventIds : validValue(one)] as const);
  return fc.record(Object.fromEntries(members), {
    requiredKeys: parameters.filter(({ required }) => required).map(({ name }) => name),
    noNullPrototype: true,
  });
}

function validBody({ requestBody }: Operation): Arbitrary<object | undefined> {
  if (!requestBody) return fc.constant(undefined);
  const body = generators.any.valid(schemaOfBody(requestBody)) as Arbitrary<object>;
  return resolve(requestBody).required ? body : fc.option(body, { nil: undefined });
}

function schemaOfBody(requestBody: NonNullable<Operation['requestBody']>): Schema {
  return Object.values(resolve(requestBody).content)[0]?.schema as Schema;
}

const generatorFor = ({ in: place }: Parameter): Generator => generators[place === 'query' ? 'any' : 'ascii'];
const validValue = (parameter: Parameter) =>
  generatorFor(parameter)
    .valid(parameter.schema)
    .filter((value) => canBeSent(parameter, value));

/** Two long cursors are more than a request line may have: such a request is never looked at (431). */
const longestTarget = 15_000;

/** A header loses the blanks around it; a path ends at a slash, and without a segment it is another path. */
function canBeSent({ in: place }: Parameter, value: unknown): boolean {
  if (place === 'header') return String(value).trim() === value;
  return place === 'query' || (value !== '' && !String(value).includes('/'));
}

function attacksOnParameter(operation: Operation, parameter: Parameter): Attacks[] {
  const { name, schema: source, in: place } = parameter;
  const generator = generatorFor(parameter);
  const schema = generator.schemaOf(source);
  const attack = (title: string, code: FieldErrorCode, values: Arbitrary<unknown>): Attacks => ({
    title: `${name}: ${title}`,
    code,
    attacks: (eventId) =>
      fc
        .tuple(
          validValues(operation, fc.constant(eventId)),
          validBody(operation),
          values.filter((value) => canBeSent(parameter, value)),
        )
        .map(([others, body, value]) => ({
          request: requestOf(operation, { ...others, [name]: value }, body),
          location: { parameter: name },
        }))
        .filter(({ request }) => request.path.length < longestTarget),
  });
  const twice = fc.tuple(validValue(parameter), validValue(parameter));
  return [
    // All values of parameters are text: only a number can be none.
    ...violationsOf(generator, source)
      .filter(({ code }) => code !== 'invalid-type')
      .map(({ title, code, broken }) =>
        attack(
          title,
          code,
          broken.map(({ value }) => value),
        ),
      ),
    ...(schema.type === 'integer'
      ? [
          attack(
            'no number',
            'invalid-type',
            generator.text(0, 10).filter((value) => !/^-?\d+$/.test(value)),
          ),
        ]
      : []),
    ...(place === 'query' && schema.type !== 'array' ? [attack('given twice', 'duplicate-parameter', twice)] : []),
  ];
}

function attackWithParameter(operation: Operation): Attacks {
  const known = operation.parameters.map(({ name }) => name);
  const unknown = fc.tuple(
    generators.any.text(1, 20).filter((name) => !known.includes(name)),
    generators.any.text(0, 10),
  );
  return {
    title: 'unknown parameter',
    code: 'unknown-parameter',
    attacks: (eventId) =>
      fc
        .tuple(validValues(operation, fc.constant(eventId)), validBody(operation), unknown)
        .map(([values, body, [name, value]]) => ({
          request: requestOf(operation, { ...values, [name]: value }, body),
          location: { parameter: name },
        })),
  };
}

function attacksOnBody(operation: Operation): Attacks[] {
  const { requestBody } = operation;
  if (!requestBody) return [];
  const values = (eventId: string) => validValues(operation, fc.constant(eventId));
  const missing: Attacks = {
    title: 'no body',
    code: 'required',
    attacks: (eventId) =>
      values(eventId).map((all) => ({ request: requestOf(operation, all), location: { pointer: '' } })),
  };
  return [
    ...(resolve(requestBody).required ? [missing] : []),
    ...violationsOf(generators.any, schemaOfBody(requestBody)).map(({ title, code, broken }): Attacks => ({
      title: `body: ${title}`,
      code,
      attacks: (eventId) =>
        fc.tuple(values(eventId), broken).map(([all, { value, pointer }]) => ({
          request: withJson(requestOf(operation, all), value),
          location: { pointer },
        })),
    })),
  ];
}

/** With a body that may be any JSON value. */
function withJson(request: TestRequest, value: unknown): TestRequest {
  return {
    ...request,
    headers: { ...request.headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(value),
  };
}
