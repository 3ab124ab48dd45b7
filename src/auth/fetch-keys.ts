import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';
import { type CryptoKey, importJWK, type JWK } from 'jose';

/** The issuer's keys by their `kid`. */
export type KeySet = ReadonlyMap<string, CryptoKey>;

/** A set of keys has a few kilobytes; whatever is longer is none. */
const mostBytes = 262_144;

/**
 * Fetches a JWK Set (RFC 7517, section 5) and imports those of its keys that can verify RS256.
 *
 * @param timeoutMs for everything, from the look-up of the name to the last byte, in milliseconds
 * @throws Error when there is no answer in time, or one without a usable key
 */
export async function fetchKeys(uri: string, timeoutMs: number): Promise<KeySet> {
  const document: unknown = JSON.parse(await fetchText(uri, timeoutMs));
  const listed = (document as { keys?: unknown } | null)?.keys;
  if (!Array.isArray(listed)) throw new Error('The answer of the issuer is no JWK Set.');
  const keys = new Map<string, CryptoKey>();
  for (const jwk of listed) {
    if (!isRs256(jwk)) continue;
    const key = await importJWK(jwk, 'RS256').catch(() => undefined);
    if (key !== undefined && isStrong(key)) keys.set(jwk.kid, key as CryptoKey);
  }
  if (keys.size === 0) throw new Error('The issuer has no key for RS256.');
  return keys;
}

/**
 * `node:http` instead of the global `fetch`, whose first use costs 24 ms; without an agent, because a connection that was
 * kept open does not survive the time until the next request for keys, an hour later.
 */
function fetchText(uri: string, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const get = uri.startsWith('https:') ? getSecure : getPlain;
    const request = get(uri, { agent: false, headers: { Accept: 'application/jwk-set+json, application/json' } }, (response) => {
      if (response.statusCode !== 200) fail(`The issuer answered with status ${response.statusCode}.`);
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
        if (text.length > mostBytes) fail('The answer of the issuer is too long.');
      });
      response.on('end', () => resolve(text)).on('error', reject);
    });
    function fail(message: string): void {
      reject(new Error(message));
      request.destroy();
    }
    const timer = setTimeout(() => fail(`The issuer did not answer within ${timeoutMs} ms.`), timeoutMs);
    request.on('error', reject).on('close', () => {
      clearTimeout(timer);
      reject(new Error('The issuer broke off its answer.'));
    });
  });
}

/** A key without `kid` cannot be asked for; `use`, `key_ops` and `alg` may keep a key for something else (RFC 7517, section 4). */
function isRs256(jwk: unknown): jwk is JWK & { kid: string } {
  if (typeof jwk !== 'object' || jwk === null) return false;
  const { kty, kid, use, alg, key_ops: operations, d } = jwk as JWK;
  return (
    kty === 'RSA' &&
    typeof kid === 'string' &&
    (use === undefined || use === 'sig') &&
    (alg === undefined || alg === 'RS256') &&
    (operations === undefined || (Array.isArray(operations) && operations.includes('verify'))) &&
    d === undefined
  );
}

/** RS256 asks for 2048 bits or more (RFC 7518, section 3.3); jose refuses shorter keys only when they are used. */
function isStrong(key: unknown): boolean {
  const { algorithm } = key as CryptoKey;
  return 'modulusLength' in algorithm && Number(algorithm.modulusLength) >= 2048;
}
