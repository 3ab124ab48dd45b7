import type { ClientOptions } from './types.ts';

/** Where the tokens of a client come from. */
export interface Tokens {
  /** The token of now; undefined where there is none. */
  current(): Promise<string | undefined>;
  /** Another token than the one that was refused, where one can be had: everybody who asks at the same time shares one refresh. */
  renewed(refused: string | undefined): Promise<string | undefined>;
}

export function createTokens(token: ClientOptions['token']): Tokens {
  const ask = async (forceRefresh: boolean) => (typeof token === 'function' ? token({ forceRefresh }) : token);
  let refresh: Promise<string | undefined> | undefined;
  const current = () => refresh ?? ask(false);
  return {
    current,
    async renewed(refused) {
      const now = await current();
      if (now !== refused) return now;
      refresh ??= ask(true).finally(() => (refresh = undefined));
      return refresh;
    },
  };
}
