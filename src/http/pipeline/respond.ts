import type { Request, Response } from 'express';
import type { ProblemCode } from '../../contract/generated/types.ts';
import type { ValidInput } from '../../contract/validation/validator.ts';
import { ProblemError, type ProblemOptions } from '../problems.ts';
import { stateOf } from './request-context.ts';
import { write, type WrittenAnswer } from '../response.ts';

/** A handler as the application sees it: the types of the single operations were checked where the table was written. */
export type AnyHandler = (call: never) => Promise<WrittenAnswer | ({ problem: ProblemCode } & ProblemOptions)>;

/** Calls the handler of an operation and writes what it answers. */
export function answer(handler: AnyHandler, basePath: string) {
  return async function answerRequest(_request: Request, response: Response): Promise<void> {
    const { input, principal, requestId, signal } = stateOf(response);
    const answered = await handler({ ...(input as ValidInput), principal, requestId, signal } as never);
    if ('problem' in answered) throw new ProblemError(answered.problem, answered);
    write(response, withBasePath(answered, basePath));
  };
}

/** Handlers know the paths of the contract; where the API is mounted is the application's business. */
function withBasePath(answered: WrittenAnswer, basePath: string): WrittenAnswer {
  const location = answered.headers?.['Location'];
  return location === undefined
    ? answered
    : { ...answered, headers: { ...answered.headers, Location: `${basePath}${location}` } };
}
