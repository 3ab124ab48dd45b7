/** Requests for the operations of the contract: valid ones, and invalid ones with one error each. */
import fc, { type Arbitrary } from 'fast-check';
import type { FieldErrorCode } from '../../src/contract/generated/types.ts';
import { storedContract } from '../conformance/contract-file.ts';
import { createSchemaValidator } from '../conformance/schema-validator.ts';
import { createTree } from '../conformance/tree.ts';
import { type Operation, type Parameter, resolve, type Schema } from '../contract/contract.ts';
import type { TestRequest } from '../support/api.ts';
import { anyCharacter } from '../support/characters.ts';
import { requestOf, type Values } from '../support/contract-requests.ts';
import type { PathValues } from '../support/domains.ts';
import { createGenerator, type Generator } from './valid-values.ts';
import { invalidValueKinds } from './invalid-values.ts';

/** A request with one error, and the place that the field error must name. */
export interface InvalidRequest {
  readonly request: TestRequest;
  readonly location: { readonly pointer: string } | { readonly parameter: string };
}

/** A way to make a request for an operation invalid. */
export interface InvalidRequestKind {
  readonly title: string;
  readonly code: FieldErrorCode;
  /** @param target the parameters of the path */
  readonly requests: (target: PathValues) => Arbitrary<InvalidRequest>;
}

const tree = createTree(storedContract());
const validate = createSchemaValidator(tree);
/** `any` for bodies and queries, which can contain all characters; `ascii` for paths and headers. */
const generators = {
  any: createGenerator(tree, validate, anyCharacter),
  ascii: createGenerator(tree, validate, 'grapheme-ascii'),
};

/** Valid requests for an operation, with one of these targets: the parameters of its path. */
export function validRequests(operation: Operation, targets: Arbitrary<PathValues>): Arbitrary<TestRequest> {
  return fc
    .tuple(validValues(operation, targets), validBody(operation))
    .map(([values, body]) => requestOf(operation, values, body));
}

/** Every way to violate the contract with a request for an operation. */
export function invalidRequestKinds(operation: Operation): InvalidRequestKind[] {
  return [
    ...operation.parameters.flatMap((parameter) => invalidParameterKinds(operation, parameter)),
    unknownParameterKind(operation),
    ...invalidBodyKinds(operation),
  ];
}

/** Valid values of all required parameters and some optional ones, and one of these targets. */
function validValues({ parameters }: Operation, targets: Arbitrary<PathValues>): Arbitrary<Values> {
  const others = parameters.filter((one) => one.in !== 'path');
  const values = fc.record(Object.fromEntries(others.map((one) => [one.name, validValue(one)] as const)), {
    requiredKeys: others.filter(({ required }) => required).map(({ name }) => name),
    noNullPrototype: true,
  });
  return fc.tuple(targets, values).map(([target, chosen]) => ({ ...target, ...chosen }));
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

/** A longer request line, with two long cursors, is rejected with 431 before it is validated. */
const maxTargetLength = 15_000;

/** All headers together are limited to this, in bytes: a longer value is rejected with 431 before it is validated. */
const maxHeaderLength = 16_384;

/** Whitespace around a header value is removed; a slash or an empty segment makes another path. */
function canBeSent({ in: place }: Parameter, value: unknown): boolean {
  if (place === 'header') return String(value).trim() === value && value.length < (3 * maxHeaderLength) / 4;
  return place === 'query' || (value !== '' && !String(value).includes('/'));
}

function invalidParameterKinds(operation: Operation, parameter: Parameter): InvalidRequestKind[] {
  const { name, schema: source, in: place } = parameter;
  const generator = generatorFor(parameter);
  const schema = generator.schemaOf(source);
  const kind = (title: string, code: FieldErrorCode, values: Arbitrary<unknown>): InvalidRequestKind => ({
    title: `${name}: ${title}`,
    code,
    requests: (target) =>
      fc
        .tuple(
          validValues(operation, fc.constant(target)),
          validBody(operation),
          values.filter((value) => canBeSent(parameter, value)),
        )
        .map(([others, body, value]) => ({
          request: requestOf(operation, { ...others, [name]: value }, body),
          location: { parameter: name },
        }))
        .filter(({ request }) => request.path.length < maxTargetLength),
  });
  const twice = fc.tuple(validValue(parameter), validValue(parameter));
  return [
    // Parameters are sent as text, so only a number or a boolean can have an invalid type.
    ...invalidValueKinds(generator, source)
      .filter(({ code }) => code !== 'invalid-type')
      .filter(({ code }) => !(code === 'too-long' && place === 'header' && Number(schema.maxLength) >= maxHeaderLength))
      .map(({ title, code, values }) =>
        kind(
          title,
          code,
          values.map(({ value }) => value),
        ),
      ),
    ...(schema.type === 'integer'
      ? [
          kind(
            'not a number',
            'invalid-type',
            generator.text(0, 10).filter((value) => !/^-?\d+$/.test(value)),
          ),
        ]
      : []),
    ...(schema.type === 'boolean'
      ? [
          kind(
            'not a boolean',
            'invalid-type',
            generator.text(0, 10).filter((value) => !/^(true|false)$/.test(value)),
          ),
        ]
      : []),
    ...(place === 'query' && schema.type !== 'array' ? [kind('given twice', 'duplicate-parameter', twice)] : []),
  ];
}

function unknownParameterKind(operation: Operation): InvalidRequestKind {
  const known = operation.parameters.map(({ name }) => name);
  const unknown = fc.tuple(
    generators.any.text(1, 20).filter((name) => !known.includes(name)),
    generators.any.text(0, 10),
  );
  return {
    title: 'unknown parameter',
    code: 'unknown-parameter',
    requests: (target) =>
      fc
        .tuple(validValues(operation, fc.constant(target)), validBody(operation), unknown)
        .map(([values, body, [name, value]]) => ({
          request: requestOf(operation, { ...values, [name]: value }, body),
          location: { parameter: name },
        })),
  };
}

function invalidBodyKinds(operation: Operation): InvalidRequestKind[] {
  const { requestBody } = operation;
  if (!requestBody) return [];
  const parameters = (target: PathValues) => validValues(operation, fc.constant(target));
  const missing: InvalidRequestKind = {
    title: 'no body',
    code: 'required',
    requests: (target) =>
      parameters(target).map((all) => ({ request: requestOf(operation, all), location: { pointer: '' } })),
  };
  return [
    ...(resolve(requestBody).required ? [missing] : []),
    ...invalidValueKinds(generators.any, schemaOfBody(requestBody)).map(
      ({ title, code, values }): InvalidRequestKind => ({
        title: `body: ${title}`,
        code,
        requests: (target) =>
          fc.tuple(parameters(target), values).map(([all, { value, pointer }]) => ({
            request: withJson(requestOf(operation, all), value),
            location: { pointer },
          })),
      }),
    ),
  ];
}

/** Adds a body, which can be any JSON value. */
function withJson(request: TestRequest, value: unknown): TestRequest {
  return {
    ...request,
    headers: { ...request.headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(value),
  };
}
