import { decodeProtectedHeader, errors, importJWK, type JWTPayload, jwtVerify } from 'jose';
import { Unauthenticated } from './errors.ts';
import { fetchKeys, importKeys } from './fetch-keys.ts';
import { createKeyCache, type KeyCache, keyTimes } from './key-cache.ts';
import type { Principal } from './principal.ts';
import { createTokenMemory, type VerifiedToken } from './token-cache.ts';

/** Whose tokens are accepted. */
export interface TokenSettings {
  /** The value of `iss`, character by character. */
  readonly issuer: string;
  /** Where the issuer publishes its keys: a JWK Set (RFC 7517). */
  readonly jwksUri: string;
  /** The value of `client_id`: the application that the tokens were made for. */
  readonly clientId: string;
}

/** What a verifier is made of; the rest has its defaults. */
export interface TokenVerifierOptions extends TokenSettings {
  /** The time against which tokens and keys are judged. */
  readonly now?: () => Date;
  /** How long one attempt to fetch keys may take, in milliseconds. */
  readonly timeoutMs?: number;
  /** The text of the first attempt, where it has begun already. */
  readonly firstKeys?: Promise<string> | undefined;
}

/** Verifies access tokens. */
export interface TokenVerifier {
  /** Resolves, and never rejects, when the issuer's keys are there or could not be had; nothing has to wait for it. */
  readonly ready: Promise<void>;
  /**
   * Who sent this value of an Authorization header.
   *
   * @throws Unauthenticated when it holds no token that can be trusted
   * @throws IssuerUnavailable when the key of the token is not known and the issuer cannot be asked
   */
  verify(authorization: string | undefined): Promise<Principal>;
}

/** How far the clocks of issuer and server may be apart, in seconds. */
const clockTolerance = 10;

const longestToken = 8_192;

/** Makes a verifier and begins to fetch the issuer's keys at once. */
export function createTokenVerifier({
  issuer,
  jwksUri,
  clientId,
  now = () => new Date(),
  timeoutMs = keyTimes.timeout,
  firstKeys,
}: TokenVerifierOptions): TokenVerifier {
  let begun = firstKeys;
  const cache = createKeyCache(
    () => {
      const text = begun;
      begun = undefined;
      return text ? text.then(importKeys) : fetchKeys(jwksUri, timeoutMs);
    },
    () => now().getTime(),
  );
  const memory = createTokenMemory();

  async function verify(authorization: string | undefined): Promise<Principal> {
    const token = tokenOf(authorization);
    const known = memory.find(token);
    // Its key must still be the issuer's: what a leaked key has signed ends with the key.
    if (known && isTimely(known, now()) && (await cache.find(known.kid)) === known.key) return known.principal;

    const { kid, key } = await keyOf(token, cache);
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
      memory.remember(token, { principal, key, kid, expires, notBefore });
      return principal;
    } catch (error) {
      throw error instanceof errors.JOSEError ? refused(reasonOf(error), error) : error;
    }
  }

  return { ready: Promise.all([cache.ready, warmUp()]).then(() => undefined), verify };
}

/** Nobody's key: what it would verify was never signed. */
const cannedKey = { kty: 'RSA', e: 'AQAB', n: 'q'.repeat(342) };

/**
 * The first verification costs several milliseconds more than the next ones: they are spent before anybody waits, and before the issuer's
 * keys are there, as this needs none of them.
 */
async function warmUp(): Promise<void> {
  const header = Buffer.from('{"alg":"RS256"}').toString('base64url');
  await importJWK(cannedKey, 'RS256')
    .then((key) => jwtVerify(`${header}.e30.${'A'.repeat(342)}`, key))
    .catch(() => undefined);
}

/** RFC 6750, section 2.1: the scheme in any case, one token of the characters of `b64token`. */
function tokenOf(authorization: string | undefined): string {
  const bearer = /^bearer(?: +|$)/i.exec(authorization ?? '');
  if (authorization === undefined || bearer === null) {
    throw new Unauthenticated('Send an access token: "Authorization: Bearer <token>".', { tokenSent: false });
  }
  const token = authorization.slice(bearer[0].length);
  if (token === '') throw refused('There is no token after "Bearer".');
  if (token.length > longestToken) throw refused('The token is too long.');
  if (!/^[\w\-.~+/]+=*$/.test(token)) throw refused('Send exactly one token after "Bearer".');
  return token;
}

/** Whether a verified token is valid at a moment, judged as jose does. */
function isTimely({ expires, notBefore }: VerifiedToken, moment: Date): boolean {
  const seconds = Math.floor(moment.getTime() / 1000);
  return expires > seconds - clockTolerance && notBefore <= seconds + clockTolerance;
}

/** Looks at the algorithm before the key: what is not RS256 never makes us ask the issuer. */
async function keyOf(token: string, cache: KeyCache) {
  let header;
  try {
    header = decodeProtectedHeader(token);
  } catch (error) {
    throw refused('This is not a signed token.', error);
  }
  if (header.alg !== 'RS256') throw refused('The token is not signed with RS256.');
  const { kid = '' } = header;
  const key = typeof header.kid === 'string' ? await cache.find(kid) : undefined;
  if (key === undefined) throw refused('The token is not signed with a key of the issuer.');
  return { kid, key };
}

function principalOf(claims: JWTPayload, clientId: string): Principal {
  const { sub, username, token_use: use, client_id: client, 'cognito:groups': groups } = claims;
  // Before the client: an ID token names it in `aud` instead.
  if (use === 'id') throw refused('This is an ID token. Send the access token.');
  if (use !== 'access') throw refused('This is not an access token.');
  if (client !== clientId) throw refused('The token was made for another application.');
  if (typeof sub !== 'string' || sub === '') throw refused('The token does not say whose it is.');
  return {
    sub,
    ...(typeof username === 'string' ? { username } : {}),
    groups: Array.isArray(groups) && groups.every((group) => typeof group === 'string') ? groups : [],
  };
}

/** What the caller is told. Claims are looked at only after the signature, so nothing about a forged token is confirmed. */
function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The signature of the token is wrong.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.reason === 'missing') return `The token lacks the claim ${error.claim}.`;
    if (error.claim === 'iss') return 'The token is from another issuer.';
    if (error.claim === 'nbf') return 'The token is not valid yet.';
    return `The claim ${error.claim} of the token is wrong.`;
  }
  return 'The token is malformed.';
}

function refused(detail: string, cause?: unknown): Unauthenticated {
  return new Unauthenticated(detail, { tokenSent: true, cause });
}
