/** What a sample does, in any language: the operation that it shows, and those that it calls before. */
import type { Json, Parameter } from '../../../src/openapi/document.ts';
import { nameOf } from '../../../src/openapi/refs.ts';
import type { DocumentedContract, DocumentedOperation } from '../contract.ts';

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

/** The collection whose creation returns the first parameter of a path, where it is another one than the path's. */
const createdElsewhere: Readonly<Record<string, string>> = { '/calendars': '/calendar-feeds' };

/** The fields of a new resource that an operation needs, in addition to the required ones. */
const fieldsFor: Readonly<Record<string, readonly string[]>> = { publishEvent: ['location'] };

/**
 * The operations that a sample calls first: the one that creates what the first parameter of the path names, with the required fields only,
 * and those that bring it into the state that the sample needs. Empty for an operation without such a parameter.
 */
export function preparationOf(
  operation: DocumentedOperation,
  { operations, schemas }: DocumentedContract,
): readonly DocumentedOperation[] {
  const [collection = '', ...rest] = operation.path.split('/{');
  const createdAt = createdElsewhere[collection] ?? collection;
  const creation = operations.find(({ method, path }) => method === 'post' && path === createdAt);
  if (rest.length === 0 || creation?.exampleBody === undefined) return [];
  const steps = (stepsTo[operation.operationId] ?? []).map((id) => {
    const step = operations.find(({ operationId }) => operationId === id);
    if (step === undefined)
      throw new Error(`The sample of ${operation.operationId} needs ${id}, which does not exist.`);
    const body = bodyAfterSteps[id];
    return body === undefined ? step : { ...step, exampleBody: body };
  });
  const schema = schemas[nameOf(creation.bodySchema, 'schemas') ?? ''] ?? {};
  const needed = [
    ...((schema['required'] ?? []) as readonly string[]),
    ...[operation, ...steps].flatMap(({ operationId }) => fieldsFor[operationId] ?? []),
  ];
  const entries = Object.entries(creation.exampleBody).filter(([name]) => needed.includes(name));
  return [{ ...creation, exampleBody: Object.fromEntries<Json | undefined>(entries) }, ...steps];
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
