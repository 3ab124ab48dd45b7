import type { NextFunction, Request, Response } from 'express';
import type { Principal } from '../../auth/principal.ts';
import type { Operation } from '../../contract/operations.ts';
import { stateOf } from './request-context.ts';

/** Verifies the value of an Authorization header. */
export type Verify = (authorization: string | undefined) => Promise<Principal>;

/** Finds out who calls, where the operation asks for a token; nothing else of the request is looked at before. */
export function authenticate({ secured }: Operation, verify: Verify) {
  return async function authenticateCaller(request: Request, response: Response, next: NextFunction): Promise<void> {
    if (secured) {
      response.setHeader('Cache-Control', 'no-store');
      stateOf(response).principal = await verify(request.headers.authorization);
    }
    next();
  };
}
