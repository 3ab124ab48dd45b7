import { type Operation, pathTo } from '../../src/contract/operations.ts';
import type { TestRequest } from './api.ts';
import { concert } from './events.ts';

/** An id that no event of a test has. */
export const nobodysEventId = '00000000-0000-4000-8000-000000000000';

/** A request for an operation that fits the contract, without a token. */
export function requestFor({ operationId, method, requestBody }: Operation, eventId: string = nobodysEventId): TestRequest & { method: string } {
  const body = operationId === 'createEvent' ? concert : requestBody ? {} : undefined;
  return { method: method.toUpperCase(), path: pathTo(operationId, { eventId }), body };
}
