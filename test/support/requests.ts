import { type Operation, pathTo } from '../../src/contract/operations.ts';
import { exampleBodies } from '../contract/contract.ts';
import type { TestRequest } from './api.ts';

/** An id that no event of a test has. */
export const nobodysEventId = '00000000-0000-4000-8000-000000000000';

/** A request for an operation that fits the contract, without a token. */
export function requestFor(
  { operationId, method }: Operation,
  eventId: string = nobodysEventId,
): TestRequest & { method: string } {
  const body = exampleBodies(operationId)[0]?.[1];
  return { method: method.toUpperCase(), path: pathTo(operationId, { eventId }), body };
}
