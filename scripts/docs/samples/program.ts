/** What a sample does, in any language: the operation that it shows, and those that it calls before. */
import type { Json, JsonObject, Parameter } from '../../../src/openapi/document.ts';
import { nameOf } from '../../../src/openapi/refs.ts';
import type { BodyExample, DocumentedContract, DocumentedOperation } from '../contract.ts';

/** The calls of a sample; the body of each is `exampleBody`. */
export interface Program {
  readonly operation: DocumentedOperation;
  /** What is called before it, see `preparationOf`. Each call is about what the first one has created. */
  readonly first: readonly DocumentedOperation[];
  /** Where the requests go. */
  readonly server: string;
}

/** The state that an operation needs, as the operations that lead from a new resource to it. */
const stepsTo: Readonly<Record<string, readonly string[]>> = {
  cancelEvent: ['publishEvent'],
  unpublishEvent: ['publishEvent'],
  registerForEvent: ['publishEvent'],
  getMyRegistration: ['publishEvent', 'registerForEvent'],
  deleteMyRegistration: ['publishEvent', 'registerForEvent'],
  cancelMyRegistration: ['publishEvent', 'registerForEvent'],
  listRegistrations: ['publishEvent', 'registerForEvent'],
  getRegistration: ['publishEvent', 'registerForEvent'],
  deleteRegistration: ['publishEvent', 'registerForEvent'],
  cancelRegistration: ['publishEvent', 'registerForEvent'],
  createRegistration: ['publishEvent'],
  updateRegistration: ['publishEvent', 'registerForEvent'],
  createCheckIns: ['publishEvent', 'registerForEvent'],
  deleteCheckIn: ['publishEvent', 'registerForEvent', 'createCheckIns'],
};

/** The body of a step that must fit what was done before: the example of `createCheckIns` has the ticket of another event. */
const bodyAfterSteps: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  createCheckIns: {
    scans: [{ scanId: '9b2f6c1e-4a7d-4e0b-8c35-d1f0a6e7b924', number: 1, scannedAt: '2030-06-21T17:32:08Z' }],
  },
};

/** The steps whose result names no resource, so that the next call has the target of the one before. */
export const withoutTarget: readonly string[] = ['createCheckIns'];

/** The collection whose creation returns the first parameter of a path, where it is not that of the path. */
const createdElsewhere: Readonly<Record<string, string>> = { '/calendars': '/calendar-feeds' };

/** The fields of a new resource that an operation needs, in addition to the required ones. */
const fieldsFor: Readonly<Record<string, readonly string[]>> = { publishEvent: ['location'] };

/** The member of a body that needs a field of the new resource: only an event with questions accepts answers. */
const fieldsForMember: Readonly<Record<string, string>> = { answers: 'questions' };

/**
 * What a sample does.
 *
 * @param example the body of the operation: one of its examples
 */
export function programOf(
  operation: DocumentedOperation,
  contract: DocumentedContract,
  example?: BodyExample,
): Program {
  const first = preparationOf(operation, contract, example);
  const shown = example === undefined ? operation : { ...operation, exampleBody: fitting(example.value, first) };
  return { operation: shown, first, server: contract.server };
}

/** A body about a registration names the one that was made before, whose number is not that of the example. */
function fitting(body: JsonObject, first: readonly DocumentedOperation[]): JsonObject {
  const isRegistered = first.some(({ operationId }) => operationId === 'registerForEvent');
  return isRegistered && body['number'] !== undefined ? { ...body, number: 1 } : body;
}

/**
 * The operations that a sample calls first: the one that creates what the first parameter of the path names, with the fields only that
 * are required or needed, and those that bring it into the state that the sample needs. Empty for an operation without such a
 * parameter.
 *
 * @param example the body of the operation
 */
export function preparationOf(
  operation: DocumentedOperation,
  contract: DocumentedContract,
  example?: BodyExample,
): readonly DocumentedOperation[] {
  const { operations } = contract;
  const [collection = '', ...rest] = operation.path.split('/{');
  const createdAt = createdElsewhere[collection] ?? collection;
  const creation = operations.find(({ method, path }) => method === 'post' && path === createdAt);
  if (rest.length === 0 || creation?.exampleBody === undefined) return [];
  const steps = (stepsTo[operation.operationId] ?? []).map((id) => {
    const step = operations.find(({ operationId }) => operationId === id);
    if (step === undefined)
      throw new Error(`The sample of ${operation.operationId} needs ${id}, which does not exist.`);
    return withBody(step, bodyAfterSteps[id] ?? step.examples.find(({ name }) => name === example?.name)?.value);
  });
  const called = [operation, ...steps].map(({ operationId }) => operationId);
  const wanted = [
    ...called.flatMap((id) => fieldsFor[id] ?? []),
    ...Object.keys(example?.value ?? {}).flatMap((member) => fieldsForMember[member] ?? []),
  ];
  return [withBody(creation, newResource(creation, contract, wanted)), ...steps];
}

const withBody = (operation: DocumentedOperation, body: JsonObject | undefined) =>
  body === undefined ? operation : { ...operation, exampleBody: body };

/** The fields of a new resource that are required or wanted: from its first example, or from those of a change. */
function newResource(
  { path, bodySchema, exampleBody = {} }: DocumentedOperation,
  { operations, schemas }: DocumentedContract,
  wanted: readonly string[],
): JsonObject {
  const schema = schemas[nameOf(bodySchema, 'schemas') ?? ''] ?? {};
  const names = [...((schema['required'] ?? []) as readonly string[]), ...wanted];
  const changes = operations
    .filter((one) => one.method === 'patch' && one.path.startsWith(path))
    .flatMap(({ examples }) => examples.map(({ value }) => value));
  const members = Object.entries({ ...exampleBody, ...Object.assign({}, ...changes), ...exampleBody } as JsonObject);
  return Object.fromEntries(members.filter(([name]) => names.includes(name)));
}

/**
 * What a sample sends in the query: not what has a default, not the position in a list, which only a response can provide, and no time,
 * because nothing may happen then.
 */
export function shownInQuery({ in: place, name, schema }: Parameter): boolean {
  return place === 'query' && name !== 'cursor' && schema['default'] === undefined && schema['format'] !== 'date-time';
}

/** The example of a parameter. */
export const exampleOf = (parameter: Parameter): Json => parameter['example'] as Json;
