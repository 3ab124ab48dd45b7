import { text } from './checks.ts';
import type { ClientOptions } from './types.ts';

/** The source of a client's access tokens. */
export interface Tokens {
  /**
   * The current token; undefined if the client has no option `token`, so that something else authenticates its requests, or if there is
   * no token and `optional` is set.
   *
   * Rejects with the error of the caller's function, or with a TypeError if there is no token or one that cannot be sent.
   */
  current(optional?: boolean): Promise<string | undefined>;
  /** Replaces a token that the API rejected, if possible. Concurrent callers share one refresh. */
  refresh(rejected: string | undefined): Promise<string | undefined>;
}

export function createTokens(options: Pick<ClientOptions, 'token'>): Tokens {
  async function ask(forceRefresh: boolean, optional?: boolean): Promise<string | undefined> {
    if (!('token' in options)) return undefined;
    const { token } = options;
    const given = await (typeof token === 'function' ? token({ forceRefresh }) : token);
    if (optional && given === undefined) return undefined;
    const trimmed = text('token', given).trim();
    // The platform's own error would contain the token.
    if (!/^[!-~]+$/.test(trimmed)) throw new TypeError('token contains a space or a character that is not ASCII');
    return trimmed;
  }
  let pending: Promise<string | undefined> | undefined;
  const current = (optional?: boolean) => pending ?? ask(false, optional);
  return {
    current,
    async refresh(rejected) {
      const now = await current();
      if (now !== rejected) return now;
      pending ??= ask(true).finally(() => (pending = undefined));
      return pending;
    },
  };
}
