import type { CryptoKey } from 'jose';
import type { Principal } from './principal.ts';

/** The result of a verification. */
export interface VerifiedToken {
  readonly principal: Principal;
  /** The key that verified the token, and its id. */
  readonly key: CryptoKey;
  readonly kid: string;
  /** Seconds since 1970, as in the claims `exp` and `nbf` (RFC 7519, section 4.1). */
  readonly expires: number;
  readonly notBefore: number;
}

/** Verified tokens by their complete text. */
export interface TokenCache {
  get(token: string): VerifiedToken | undefined;
  set(token: string, verified: VerifiedToken): void;
}

/** A token usually has about a kilobyte, so the cache takes about a megabyte; with tokens of the maximum length, 16. */
const defaultLimit = 1_000;

/** Creates an empty cache. It evicts the oldest entry: a client sends the same token for as long as it is valid. */
export function createTokenCache(limit = defaultLimit): TokenCache {
  const tokens = new Map<string, VerifiedToken>();
  return {
    get: (token) => tokens.get(token),
    set(token, verified) {
      tokens.delete(token);
      tokens.set(token, verified);
      for (const oldest of tokens.keys()) {
        if (tokens.size <= limit) break;
        tokens.delete(oldest);
      }
    },
  };
}
