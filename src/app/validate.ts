import type { NextFunction, Request, Response } from 'express';
import type { Operation } from '../contract/operations.ts';
import type { Validate } from '../contract/validator.ts';
import { ProblemError } from './problems.ts';
import { stateOf } from './state.ts';

/** Holds the request against the contract; all faults come back at once. */
export function validate(_operation: Operation, judge: Validate) {
  return function validateRequest(request: Request, response: Response, next: NextFunction): void {
    const start = request.url.indexOf('?');
    const judged = judge({
      path: request.params as Record<string, string>,
      query: start < 0 ? '' : request.url.slice(start + 1),
      headers: request.headers,
      body: request.body as unknown,
    });
    if ('faults' in judged) throw new ProblemError('invalid-request', { errors: judged.faults });
    stateOf(response).input = judged.valid;
    next();
  };
}
