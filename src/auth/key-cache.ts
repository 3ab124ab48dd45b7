import type { CryptoKey } from 'jose';
import { IssuerUnavailable } from './errors.ts';
import type { KeySet } from './fetch-keys.ts';

/** When keys are fetched, in milliseconds. */
export const keyTimes = {
  /** The timeout of one attempt. */
  timeout: 3_000,
  /** How long after a success an unknown `kid` causes no fetch: tokens with invented ones must not overload the issuer. */
  cooldown: 30_000,
  /** How long after a failure a request may cause the next attempt. */
  retryDelay: 1_000,
  /** The age at which keys are renewed in the background. */
  renewal: 3_600_000,
  /** How long after a failed renewal the next one starts. */
  renewalRetryDelay: 60_000,
} as const;

/** The issuer's keys, kept in memory. */
export interface KeyCache {
  /** Resolves when the first fetch has succeeded or failed, and never rejects. */
  readonly ready: Promise<void>;
  /**
   * The key with this `kid`; undefined if the issuer has none.
   *
   * @throws IssuerUnavailable if the key is not cached and the issuer is unavailable
   */
  find(kid: string): Promise<CryptoKey | undefined>;
}

interface Attempt {
  readonly startedAt: number;
  readonly settled: Promise<void>;
}

/**
 * Creates a cache and starts the first fetch. It does not use jose's `createRemoteJWKSet`, which loads undici
 * (docs/decisions/0062-own-key-cache.md).
 *
 * @param clock milliseconds since 1970. Wall-clock time, which continues while a process is frozen
 */
export function createKeyCache(fetchKeys: () => Promise<KeySet>, clock: () => number): KeyCache {
  let keys: KeySet = new Map();
  /** Infinitely long ago before the first success. */
  let succeededAt = Number.NEGATIVE_INFINITY;
  /**
   * The last failure, unless a success followed. If the attempt was a background one, the requests that waited for it may repeat it at
   * once. If a request started it, they may not: with an issuer that hangs, each of them would wait longer than the one before.
   */
  let failure: { at: number; error: unknown; byRequest: boolean } | undefined;
  let current: Attempt | undefined;

  /** The absolute difference: a clock that was set back must not prevent fetches. */
  const since = (moment: number) => Math.abs(clock() - moment);

  /** @param byRequest whether a request needs the keys, instead of the background */
  function attempt(byRequest: boolean): Attempt {
    const settled = fetchKeys()
      .then(
        (fetched) => {
          if (current !== own) return;
          keys = fetched;
          succeededAt = clock();
          failure = undefined;
        },
        (error: unknown) => {
          if (current === own) failure = { at: clock(), error, byRequest };
        },
      )
      .then(() => {
        if (current === own) current = undefined;
      });
    const own: Attempt = { startedAt: clock(), settled };
    current = own;
    return own;
  }

  /** An attempt older than its timeout was frozen together with its process, and its connection is dead. */
  function pending(): Attempt | undefined {
    return current !== undefined && since(current.startedAt) <= keyTimes.timeout + keyTimes.retryDelay
      ? current
      : undefined;
  }

  function mayFetch(): boolean {
    if (failure !== undefined) return !failure.byRequest || since(failure.at) >= keyTimes.retryDelay;
    return since(succeededAt) >= keyTimes.cooldown;
  }

  function renewInBackground(): void {
    if (since(succeededAt) < keyTimes.renewal || pending() !== undefined) return;
    if (failure !== undefined && since(failure.at) < keyTimes.renewalRetryDelay) return;
    attempt(false);
  }

  async function find(kid: string): Promise<CryptoKey | undefined> {
    const known = keys.get(kid);
    if (known !== undefined) {
      renewInBackground();
      return known;
    }
    const joined = pending();
    if (joined !== undefined) await joined.settled;
    if (!keys.has(kid) && mayFetch()) await (pending() ?? attempt(true)).settled;
    const found = keys.get(kid);
    if (found === undefined && failure !== undefined)
      throw new IssuerUnavailable(keyTimes.retryDelay / 1000, { cause: failure.error });
    return found;
  }

  return { ready: attempt(false).settled, find };
}
