/** The operations of this project's own contract. */
import * as openapi from '../openapi/operations.ts';
import { document } from './generated/document.ts';
import type { operations as OperationTypes } from './generated/types.ts';

/** The name of an operation of the contract. */
export type OperationId = keyof OperationTypes;

/** One operation of the contract. */
export type Operation = openapi.Operation<OperationId>;

/** All operations of the contract. */
export const operations: readonly Operation[] = openapi.operationsOf<OperationId>(document);

const roles = Object.fromEntries(operations.map(({ operationId, role }) => [operationId, role])) as Readonly<
  Record<OperationId, string | undefined>
>;

/** Whether a caller with these roles has the role that an operation requires, if it requires one. */
export function hasRoleFor(operationId: OperationId, callerRoles: readonly string[]): boolean {
  const role = roles[operationId];
  return role === undefined || callerRoles.includes(role);
}

const paths = Object.fromEntries(operations.map(({ operationId, path }) => [operationId, path])) as Readonly<
  Record<OperationId, string>
>;

/** The path of an operation with its parameters filled in and encoded, such as `/events/5f0c…`. */
export function pathTo(operationId: OperationId, parameters: Readonly<Record<string, string>> = {}): string {
  return paths[operationId].replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ''));
}
