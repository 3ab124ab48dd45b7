import { decodeProtectedHeader, errors, importJWK, type JWTPayload, jwtVerify } from 'jose';
import { Unauthenticated } from './errors.ts';
import { fetchKeys, importKeys } from './fetch-keys.ts';
import { createKeyCache, type KeyCache, keyTimes } from './key-cache.ts';
import type { Principal } from './principal.ts';
import { createTokenCache, type VerifiedToken } from './token-cache.ts';

/** Which tokens are accepted. */
export interface TokenSettings {
  /** The exact value of `iss`. */
  readonly issuer: string;
  /** The URL of the issuer's key set: a JWK Set (RFC 7517). */
  readonly jwksUri: string;
  /** The exact value of `client_id`: the application for which tokens must be issued. */
  readonly clientId: string;
}

/** The settings of a verifier. */
export interface TokenVerifierOptions extends TokenSettings {
  /** The current time, for the validity of tokens and the age of keys. */
  readonly now?: () => Date;
  /** The timeout of one attempt to fetch keys, in milliseconds. */
  readonly timeoutMs?: number;
  /** The response of the first attempt, if it has been started already. */
  readonly firstKeys?: Promise<string> | undefined;
}

/** Verifies access tokens. */
export interface TokenVerifier {
  /** Resolves when the issuer's keys have been fetched or are unavailable, and never rejects. `verify` does not require it. */
  readonly ready: Promise<void>;
  /**
   * Returns the caller that an Authorization header identifies.
   *
   * @throws Unauthenticated if it has no valid token
   * @throws IssuerUnavailable if the key of the token is not cached and the issuer is unavailable
   */
  verify(authorization: string | undefined): Promise<Principal>;
}

/** The maximum difference between the clocks of issuer and server, in seconds. */
const clockTolerance = 10;

/** Creates a verifier and starts fetching the issuer's keys. */
export function createTokenVerifier({
  issuer,
  jwksUri,
  clientId,
  now = () => new Date(),
  timeoutMs = keyTimes.timeout,
  firstKeys,
}: TokenVerifierOptions): TokenVerifier {
  let prefetched = firstKeys;
  const keyCache = createKeyCache(
    () => {
      const text = prefetched;
      prefetched = undefined;
      return text ? text.then(importKeys) : fetchKeys(jwksUri, timeoutMs);
    },
    () => now().getTime(),
  );
  const tokenCache = createTokenCache();

  async function verify(authorization: string | undefined): Promise<Principal> {
    const token = tokenOf(authorization);
    const known = tokenCache.get(token);
    // The issuer must still have its key: a token that was signed with a leaked key becomes invalid together with the key.
    if (known && isWithinValidity(known, now()) && (await keyCache.find(known.kid)) === known.key)
      return known.principal;

    const { kid, key } = await keyOf(token, keyCache);
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['RS256'],
        issuer,
        requiredClaims: ['exp', 'sub', 'token_use'],
        clockTolerance,
        currentDate: now(),
      });
      const principal = principalOf(payload, clientId);
      const { exp: expires = 0, nbf: notBefore = 0 } = payload;
      tokenCache.set(token, { principal, key, kid, expires, notBefore });
      return principal;
    } catch (error) {
      throw error instanceof errors.JOSEError ? invalidToken(reasonOf(error), error) : error;
    }
  }

  return { ready: Promise.all([keyCache.ready, warmUp()]).then(() => undefined), verify };
}

/** A key without a private counterpart, for the signature that `warmUp` verifies. */
const dummyKey = { kty: 'RSA', e: 'AQAB', n: 'q'.repeat(342) };

/**
 * Verifies an invalid signature, because the first verification of a process takes several milliseconds longer. It needs none of
 * the issuer's keys, so it runs while they are being fetched.
 */
async function warmUp(): Promise<void> {
  const header = Buffer.from('{"alg":"RS256"}').toString('base64url');
  await importJWK(dummyKey, 'RS256')
    .then((key) => jwtVerify(`${header}.e30.${'A'.repeat(342)}`, key))
    .catch(() => undefined);
}

/**
 * Returns the token of a header (RFC 6750, section 2.1): the scheme in any case, and one token of the characters of `b64token`. Only
 * the limit of all headers together (431) limits its length.
 */
function tokenOf(authorization: string | undefined): string {
  const token = authorization?.match(/^bearer(?: +|$)(.*)/is)?.[1];
  if (token === undefined) throw new Unauthenticated('Send an access token: "Authorization: Bearer <token>".');
  if (token === '') throw invalidToken('There is no token after "Bearer".');
  if (!/^[\w\-.~+/]+=*$/.test(token)) throw invalidToken('Send exactly one token after "Bearer".');
  return token;
}

/** Whether a verified token is valid at a moment, with the rules of jose. */
function isWithinValidity({ expires, notBefore }: VerifiedToken, moment: Date): boolean {
  const seconds = Math.floor(moment.getTime() / 1000);
  return expires > seconds - clockTolerance && notBefore <= seconds + clockTolerance;
}

/** Checks the algorithm before the key, so that a token with another algorithm never causes a fetch. */
async function keyOf(token: string, cache: KeyCache) {
  let header;
  try {
    header = decodeProtectedHeader(token);
  } catch (error) {
    throw invalidToken('This is not a signed token.', error);
  }
  if (header.alg !== 'RS256') throw invalidToken('The token is not signed with RS256.');
  const { kid } = header;
  if (typeof kid === 'string') {
    const key = await cache.find(kid);
    if (key !== undefined) return { kid, key };
  }
  throw invalidToken('The token is not signed with a key of the issuer.');
}

function principalOf(claims: JWTPayload, clientId: string): Principal {
  const { sub, username, token_use: use, client_id: client, 'cognito:groups': groups } = claims;
  // Before the client, because an ID token names it in `aud` instead.
  if (use === 'id') throw invalidToken('This is an ID token. Send the access token.');
  if (use !== 'access') throw invalidToken('This is not an access token.');
  if (client !== clientId) throw invalidToken('The token was issued for another application.');
  if (typeof sub !== 'string' || sub === '') throw invalidToken('The claim sub of the token is invalid.');
  return {
    sub,
    ...(typeof username === 'string' ? { username } : {}),
    groups: Array.isArray(groups) && groups.every((group) => typeof group === 'string') ? groups : [],
  };
}

/** The explanation for the caller. jose checks claims only after the signature, so it confirms nothing about a forged token. */
function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The signature of the token is wrong.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.reason === 'missing') return `The token lacks the claim ${error.claim}.`;
    if (error.claim === 'iss') return 'The token is from another issuer.';
    if (error.claim === 'nbf') return 'The token is not valid yet.';
    return `The claim ${error.claim} of the token is invalid.`;
  }
  return 'The token is malformed.';
}

function invalidToken(detail: string, cause?: unknown): Unauthenticated {
  return new Unauthenticated(detail, { tokenSent: true, cause });
}
