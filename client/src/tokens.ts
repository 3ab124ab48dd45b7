import type { ClientOptions } from './types.ts';

/** The source of a client's access tokens. */
export interface Tokens {
  /** The current token; undefined if there is none. */
  current(): Promise<string | undefined>;
  /** Replaces a token that the API rejected, if possible. Concurrent callers share one refresh. */
  refresh(rejected: string | undefined): Promise<string | undefined>;
}

export function createTokens(token: ClientOptions['token']): Tokens {
  const ask = async (forceRefresh: boolean) => (typeof token === 'function' ? token({ forceRefresh }) : token);
  let pending: Promise<string | undefined> | undefined;
  const current = () => pending ?? ask(false);
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
