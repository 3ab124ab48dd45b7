import { type Operation, type OperationId, operations } from '../../src/contract/operations.ts';
import { exampleBodies, exampleOf } from '../contract/contract.ts';
import type { TestRequest } from './api.ts';

/** The id of an event that does not exist in any test. */
export const nonexistentEventId = '00000000-0000-4000-8000-000000000000';

/** A path of the contract with this id as its first parameter that is an id. All others are the examples of the contract. */
export function fillPath(path: string, id: string): string {
  return path
    .replace(/\{\w+Id\}/, () => encodeURIComponent(id))
    .replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(exampleOf(name)));
}

/** The path of an operation with this id as its first parameter. */
export function pathWith(operationId: OperationId, id: string): string {
  return fillPath((operations.find((one) => one.operationId === operationId) as Operation).path, id);
}

/** A valid request for an operation, without a token. */
export function requestFor(
  { operationId, method }: Operation,
  eventId: string = nonexistentEventId,
): TestRequest & { method: string } {
  const body = exampleBodies(operationId)[0]?.[1];
  return { method: method.toUpperCase(), path: pathWith(operationId, eventId), body };
}
