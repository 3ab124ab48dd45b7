import type { Request, Response } from 'express';
import type { Operation } from '../../contract/operations.ts';
import type { RawInput, Validate, ValidInput } from '../../contract/validation/validator.ts';
import type { ProblemResult } from '../problems.ts';
import { deprecationHeaders } from './deprecation.ts';

/** Validates a request against the contract; all errors are returned at once. */
export function createValidation(operation: Operation, validate: Validate) {
  const deprecationOf = deprecationHeaders(operation);
  return function validateRequest(
    request: Request,
    response: Response,
    body: unknown,
  ): { readonly input: ValidInput } | ProblemResult {
    const start = request.url.indexOf('?');
    const sent: RawInput = {
      path: request.params as Record<string, string>,
      query: start < 0 ? '' : request.url.slice(start + 1),
      headers: request.headers,
      body,
    };
    for (const [name, value] of Object.entries(deprecationOf(sent))) response.setHeader(name, value);
    const result = validate(sent);
    if ('errors' in result) return { problem: 'invalid-request', errors: result.errors };
    return { input: result.valid };
  };
}
