import { type Operation, type OperationId, operations } from '../../src/contract/operations.ts';
import { exampleBodies } from '../contract/contract.ts';
import type { TestRequest } from './api.ts';

/** The id of an event that does not exist in any test. */
export const nonexistentEventId = '00000000-0000-4000-8000-000000000000';

/** The path of an operation with this id as its parameter. */
export function pathWith(operationId: OperationId, id: string): string {
  const { path } = operations.find((one) => one.operationId === operationId) as Operation;
  return path.replace(/\{\w+\}/g, encodeURIComponent(id));
}

/** A valid request for an operation, without a token. */
export function requestFor(
  { operationId, method }: Operation,
  eventId: string = nonexistentEventId,
): TestRequest & { method: string } {
  const body = exampleBodies(operationId)[0]?.[1];
  return { method: method.toUpperCase(), path: pathWith(operationId, eventId), body };
}
