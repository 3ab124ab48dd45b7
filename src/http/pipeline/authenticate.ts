import type { Principal } from '../../auth/principal.ts';
import type { Operation } from '../../contract/operations.ts';

/** Verifies the value of an Authorization header. */
export type Verify = (authorization: string | undefined) => Promise<Principal>;

/** Identifies the caller of an operation that requires a token; `undefined` for public operations. Rejects as `verify` does. */
export function createAuthentication({ secured }: Operation, verify: Verify) {
  return async (authorization: string | undefined): Promise<Principal | undefined> =>
    secured ? verify(authorization) : undefined;
}
