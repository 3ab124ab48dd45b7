import type { CryptoKey } from 'jose';
import { createTokenCache } from './token-cache.ts';

const verified = (sub: string) => ({
  principal: { sub, groups: [] },
  key: {} as CryptoKey,
  kid: 'one',
  expires: 0,
  notBefore: 0,
});

describe('createTokenCache', () => {
  it('returns the result for a cached token, and undefined for any other token', () => {
    const cache = createTokenCache();
    const one = verified('one');
    cache.set('a.b.c', one);
    expect(cache.get('a.b.c')).toBe(one);
    expect([cache.get('a.b.'), cache.get('__proto__'), cache.get('')]).toEqual([undefined, undefined, undefined]);
  });

  it('limits the number of tokens, and evicts the one that was set first', () => {
    const cache = createTokenCache(3);
    for (const token of ['a', 'b', 'c', 'a', 'd']) cache.set(token, verified(token));
    expect(['a', 'b', 'c', 'd'].map((token) => cache.get(token)?.principal.sub)).toEqual(['a', undefined, 'c', 'd']);
    for (let index = 0; index < 5_000; index += 1) cache.set(`${index}`, verified(`${index}`));
    expect(Array.from({ length: 5_000 }, (_, index) => cache.get(`${index}`)).filter(Boolean)).toHaveLength(3);
  });
});
