import type { CryptoKey } from 'jose';
import type { Principal } from './principal.ts';

/** What a verified token has said. */
export interface VerifiedToken {
  readonly principal: Principal;
  /** The key that has verified it, and the name by which it was found. */
  readonly key: CryptoKey;
  readonly kid: string;
  /** Seconds since 1970, as in the claims `exp` and `nbf` (RFC 7519, section 4.1). */
  readonly expires: number;
  readonly notBefore: number;
}

/** Tokens that were verified before, by their whole text. */
export interface TokenMemory {
  find(token: string): VerifiedToken | undefined;
  remember(token: string, verified: VerifiedToken): void;
}

/** A token has about a kilobyte: a megabyte at most is kept. */
const usualLimit = 1_000;

/** Makes an empty memory. What was remembered first is forgotten first: a client sends one token for as long as it is valid. */
export function createTokenMemory(limit = usualLimit): TokenMemory {
  const tokens = new Map<string, VerifiedToken>();
  return {
    find: (token) => tokens.get(token),
    remember(token, verified) {
      tokens.delete(token);
      tokens.set(token, verified);
      if (tokens.size > limit) tokens.delete(tokens.keys().next().value as string);
    },
  };
}
