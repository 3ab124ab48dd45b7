import type { CryptoKey } from 'jose';
import { IssuerUnavailable } from './errors.ts';
import type { KeySet } from './fetch-keys.ts';

/** When keys are asked for, in milliseconds. */
export const keyTimes = {
  /** How long one attempt may take. */
  timeout: 3_000,
  /** How long after a success an unknown key is simply unknown: nobody makes us ask more often by inventing keys. */
  cooldown: 30_000,
  /** How long after a failure the next request may try again. */
  pause: 1_000,
  /** The age at which keys are renewed in the background. */
  renewal: 3_600_000,
  /** How long after a failed renewal the next one is tried. */
  renewalPause: 60_000,
} as const;

/** The issuer's keys, kept for as long as the process lives. */
export interface KeyCache {
  /** Resolves, and never rejects, when the fetch that begins with the cache is over. */
  readonly ready: Promise<void>;
  /**
   * The key with this `kid`, or undefined where the issuer has none.
   *
   * @throws IssuerUnavailable when the key is not known and the issuer cannot be asked
   */
  find(kid: string): Promise<CryptoKey | undefined>;
}

interface Attempt {
  readonly startedAt: number;
  /** Whether a request waits for it since its beginning; others may be repeated by the requests that joined them. */
  readonly byRequest: boolean;
  readonly settled: Promise<void>;
}

/**
 * Keeps what `fetchKeys` returns and fetches again as seldom as possible. It does not use jose's `createRemoteJWKSet`, which loads
 * undici (docs/decisions/0062-own-key-cache.md).
 *
 * @param clock milliseconds since 1970. Wall time: it runs on while a process is frozen
 */
export function createKeyCache(fetchKeys: () => Promise<KeySet>, clock: () => number): KeyCache {
  let keys: KeySet = new Map();
  let succeededAt: number | undefined;
  let failure: { at: number; error: unknown; byRequest: boolean } | undefined;
  let current: Attempt | undefined;

  /** A clock that was set back must not stop us from asking. */
  const since = (moment: number) => Math.abs(clock() - moment);

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
    const own: Attempt = { startedAt: clock(), byRequest, settled };
    current = own;
    return own;
  }

  /** An attempt that has outlived its time-out was frozen together with its process: its connection is dead. */
  function pending(): Attempt | undefined {
    return current !== undefined && since(current.startedAt) <= keyTimes.timeout + keyTimes.pause ? current : undefined;
  }

  function mayAsk(): boolean {
    if (failure !== undefined) return !failure.byRequest || since(failure.at) >= keyTimes.pause;
    return succeededAt === undefined || since(succeededAt) >= keyTimes.cooldown;
  }

  function renewInBackground(): void {
    if (succeededAt === undefined || since(succeededAt) < keyTimes.renewal || pending() !== undefined) return;
    if (failure !== undefined && since(failure.at) < keyTimes.renewalPause) return;
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
    // What a request has waited for is not repeated by those who waited too, or a frozen issuer would hold each of them for
    // longer than the one before.
    const repeat = joined === undefined || (!joined.byRequest && failure !== undefined);
    if (!keys.has(kid) && repeat && mayAsk()) await (pending() ?? attempt(true)).settled;
    const found = keys.get(kid);
    if (found === undefined && failure !== undefined)
      throw new IssuerUnavailable(keyTimes.pause / 1000, { cause: failure.error });
    return found;
  }

  return { ready: attempt(false).settled, find };
}
