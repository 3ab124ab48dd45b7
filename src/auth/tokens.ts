import { type CryptoKey, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import { Unauthenticated } from './errors.ts';
import { fetchKeys } from './fetch-keys.ts';
import { createKeyCache, type KeyCache, keyTimes } from './key-cache.ts';
import type { Principal } from './principal.ts';

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
}: TokenVerifierOptions): TokenVerifier {
  const cache = createKeyCache(() => fetchKeys(jwksUri, timeoutMs), () => now().getTime());

  async function verify(authorization: string | undefined): Promise<Principal> {
    const token = tokenOf(authorization);
    const key = await keyOf(token, cache);
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['RS256'],
        issuer,
        requiredClaims: ['exp', 'sub', 'token_use'],
        clockTolerance,
        currentDate: now(),
      });
      return principalOf(payload, clientId);
    } catch (error) {
      throw error instanceof errors.JOSEError ? refused(reasonOf(error), error) : error;
    }
  }

  return { ready: cache.ready.then(() => warmUp(cache.any())), verify };
}

/** The first verification costs several milliseconds more than the next ones: they are spent before anybody waits. */
async function warmUp(key: CryptoKey | undefined): Promise<void> {
  const header = Buffer.from('{"alg":"RS256"}').toString('base64url');
  if (key) await jwtVerify(`${header}.e30.${'A'.repeat(342)}`, key).catch(() => undefined);
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

/** Looks at the algorithm before the key: what is not RS256 never makes us ask the issuer. */
async function keyOf(token: string, cache: KeyCache) {
  let header;
  try {
    header = decodeProtectedHeader(token);
  } catch (error) {
    throw refused('This is not a signed token.', error);
  }
  if (header.alg !== 'RS256') throw refused('The token is not signed with RS256.');
  const key = typeof header.kid === 'string' ? await cache.find(header.kid) : undefined;
  if (key === undefined) throw refused('The token is not signed with a key of the issuer.');
  return key;
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
