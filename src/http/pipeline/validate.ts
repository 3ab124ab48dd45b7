import type { NextFunction, Request, Response } from 'express';
import type { Operation } from '../../contract/operations.ts';
import type { RawInput, Validate } from '../../contract/validation/validator.ts';
import { ProblemError } from '../problems.ts';
import { retirementHeaders } from './deprecation.ts';
import { stateOf } from './request-context.ts';

/** Holds the request against the contract; all errors come back at once. Says first what of it is on its way out. */
export function validate(operation: Operation, judge: Validate) {
  const retirement = retirementHeaders(operation);
  return function validateRequest(request: Request, response: Response, next: NextFunction): void {
    const start = request.url.indexOf('?');
    const sent: RawInput = {
      path: request.params as Record<string, string>,
      query: start < 0 ? '' : request.url.slice(start + 1),
      headers: request.headers,
      body: request.body as unknown,
    };
    for (const [name, value] of Object.entries(retirement(sent))) response.setHeader(name, value);
    const judged = judge(sent);
    if ('errors' in judged) throw new ProblemError('invalid-request', { errors: judged.errors });
    stateOf(response).input = judged.valid;
    next();
  };
}
