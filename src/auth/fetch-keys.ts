import { type CryptoKey, importJWK, type JWK } from 'jose';
import { fetchText } from './fetch-text.ts';

/** The issuer's public keys by `kid`. */
export type KeySet = ReadonlyMap<string, CryptoKey>;

/**
 * Fetches a JWK Set and imports its keys.
 *
 * @param timeoutMs the time from the DNS lookup to the last byte, in milliseconds
 * @throws Error if there is no response in time, or none with a usable key
 */
export async function fetchKeys(uri: string, timeoutMs: number): Promise<KeySet> {
  return importKeys(await fetchText(uri, timeoutMs));
}

/**
 * Imports the keys of a JWK Set (RFC 7517, section 5) that can verify RS256, and ignores all others.
 *
 * @throws Error if the text is not a JWK Set or has no usable key
 */
export async function importKeys(text: string): Promise<KeySet> {
  const document: unknown = JSON.parse(text);
  const listed = (document as { keys?: unknown } | null)?.keys;
  if (!Array.isArray(listed)) throw new Error('The response of the issuer is not a JWK Set.');
  const keys = new Map<string, CryptoKey>();
  for (const jwk of listed) {
    if (!isRs256(jwk)) continue;
    const key = await importJWK(jwk, 'RS256').catch(() => undefined);
    if (key !== undefined && isStrong(key)) keys.set(jwk.kid, key as CryptoKey);
  }
  if (keys.size === 0) throw new Error('The issuer has no key for RS256.');
  return keys;
}

/** A token names its key by `kid`; `use`, `key_ops` and `alg` may reserve a key for another purpose (RFC 7517, section 4). */
function isRs256(jwk: unknown): jwk is JWK & { kid: string } {
  const { kty, kid, use, alg, key_ops: operations, d } = (jwk ?? {}) as JWK;
  return (
    kty === 'RSA' &&
    typeof kid === 'string' &&
    (use === undefined || use === 'sig') &&
    (alg === undefined || alg === 'RS256') &&
    (operations === undefined || (Array.isArray(operations) && operations.includes('verify'))) &&
    d === undefined
  );
}

/** RS256 requires at least 2048 bits (RFC 7518, section 3.3); jose rejects shorter keys only when they are used. */
function isStrong(key: unknown): boolean {
  const { algorithm } = key as CryptoKey;
  return 'modulusLength' in algorithm && Number(algorithm.modulusLength) >= 2048;
}
