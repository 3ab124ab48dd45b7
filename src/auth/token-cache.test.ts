import type { CryptoKey } from 'jose';
import { createTokenMemory } from './token-cache.ts';

const verified = (sub: string) => ({
  principal: { sub, groups: [] },
  key: {} as CryptoKey,
  kid: 'one',
  expires: 0,
  notBefore: 0,
});

it('finds what was remembered, and nothing else', () => {
  const memory = createTokenMemory();
  const one = verified('one');
  memory.remember('a.b.c', one);
  expect(memory.find('a.b.c')).toBe(one);
  expect([memory.find('a.b.'), memory.find('__proto__'), memory.find('')]).toEqual([undefined, undefined, undefined]);
});

it('is bounded in number, and forgets first what it has known longest', () => {
  const memory = createTokenMemory(3);
  for (const token of ['a', 'b', 'c', 'a', 'd']) memory.remember(token, verified(token));
  expect(['a', 'b', 'c', 'd'].map((token) => memory.find(token)?.principal.sub)).toEqual(['a', undefined, 'c', 'd']);
  for (let index = 0; index < 5_000; index += 1) memory.remember(`${index}`, verified(`${index}`));
  expect(Array.from({ length: 5_000 }, (_, index) => memory.find(`${index}`)).filter(Boolean)).toHaveLength(3);
});
