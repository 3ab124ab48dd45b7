import type { Principal } from '../../auth/principal.ts';
import type { Operation } from '../../contract/operations.ts';

/** Verifies the value of an Authorization header. */
export type Verify = (authorization: string | undefined) => Promise<Principal>;

/**
 * Identifies the caller of an operation; `undefined` if it reads no token, or if the token is optional and the header is absent. Any
 * header, even an empty one, must have a valid token, so that a caller who is meant to be signed in never gets the response for
 * anonymous callers. Rejects as `verify` does.
 */
export function createAuthentication({ secured, acceptsToken }: Operation, verify: Verify) {
  return async (authorization: string | undefined): Promise<Principal | undefined> =>
    secured || (acceptsToken && authorization !== undefined) ? verify(authorization) : undefined;
}
