import type { NextFunction, Request, Response } from 'express';
import type { Operation } from '../../contract/operations.ts';
import { ProblemError } from '../problems.ts';
import { stateOf } from './request-context.ts';

/** Refuses callers without the role that the contract asks for. `groups` maps each role to the group that has it. */
export function authorize({ role }: Operation, groups: Readonly<Record<string, string>>) {
  const group = role === undefined ? undefined : groups[role];
  if (role !== undefined && group === undefined) throw new Error(`No group is configured for the role ${role}.`);
  return function authorizeCaller(_request: Request, response: Response, next: NextFunction): void {
    if (group !== undefined && !stateOf(response).principal?.groups.includes(group))
      throw new ProblemError('forbidden');
    next();
  };
}
