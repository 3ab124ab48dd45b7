import type { CryptoKey } from 'jose';
import { IssuerUnavailable } from './errors.ts';
import type { KeySet } from './fetch-keys.ts';
import { createKeyCache } from './key-cache.ts';

/** A cache with a clock that the test sets and an issuer whose responses the test gives. */
function setUp() {
  const state = { time: 1_800_000_000_000, calls: 0 };
  const waiting: { resolve: (keys: KeySet) => void; reject: (error: Error) => void }[] = [];
  const cache = createKeyCache(
    () => {
      state.calls += 1;
      return new Promise<KeySet>((resolve, reject) => waiting.push({ resolve, reject }));
    },
    () => state.time,
  );
  const settle = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  return {
    cache,
    state,
    waiting,
    async succeed(...kids: string[]) {
      waiting.shift()?.resolve(new Map(kids.map((kid) => [kid, { kid } as unknown as CryptoKey])));
      await settle();
    },
    async fail() {
      waiting.shift()?.reject(new Error('down'));
      await settle();
    },
    settle,
  };
}

describe('createKeyCache', () => {
  it('starts one fetch immediately, and requests wait for it instead of starting another', async () => {
    const { cache, state, succeed } = setUp();
    const found = Promise.all([cache.find('a'), cache.find('a')]);
    await succeed('a');
    expect(await found).toEqual([{ kid: 'a' }, { kid: 'a' }]);
    expect(state.calls).toBe(1);
  });

  it('is ready when the first fetch has failed', async () => {
    const { cache, fail } = setUp();
    await fail();
    await expect(cache.ready).resolves.toBeUndefined();
  });

  it('repeats a failed first fetch on the next request, without a delay', async () => {
    const { cache, state, fail, succeed } = setUp();
    await fail();
    const found = cache.find('a');
    await succeed('a');
    expect(await found).toBeDefined();
    expect(state.calls).toBe(2);
  });

  it('repeats a first fetch that fails while requests wait for it, once for all of them', async () => {
    const { cache, state, fail, succeed } = setUp();
    const found = Promise.all([cache.find('a'), cache.find('a'), cache.find('a')]);
    await fail();
    await succeed('a');
    expect(await found).toHaveLength(3);
    expect(state.calls).toBe(2);
  });

  it('does not wait for a first fetch that was frozen with its process, and ignores its result', async () => {
    const { cache, state, fail, succeed } = setUp();
    state.time += 600_000;
    const found = cache.find('a');
    expect(state.calls).toBe(2);
    await fail();
    await succeed('a');
    expect(await found).toBeDefined();
    expect(await cache.find('b')).toBeUndefined();
    expect(state.calls).toBe(2);
  });

  it('ignores a frozen first fetch that fails after the next one has succeeded', async () => {
    const { cache, state, waiting, succeed, settle } = setUp();
    const frozen = waiting.shift();
    state.time += 600_000;
    const found = cache.find('a');
    await succeed('a');
    expect(await found).toBeDefined();
    frozen?.reject(new Error('down'));
    await settle();
    expect(await cache.find('b')).toBeUndefined();
  });

  it('fetches keys for an unknown kid only if 30 seconds have passed since the last success', async () => {
    const { cache, state, succeed } = setUp();
    await succeed('a');
    state.time += 29_999;
    for (let count = 0; count < 100; count += 1) expect(await cache.find(`x${count}`)).toBeUndefined();
    expect(state.calls).toBe(1);
    state.time += 1;
    const found = Promise.all(Array.from({ length: 100 }, (_, count) => cache.find(`x${count}`)));
    await succeed('a');
    expect(new Set(await found)).toEqual(new Set([undefined]));
    expect(state.calls).toBe(2);
  });

  it('finds the new keys of an issuer that has replaced them, and drops the old ones', async () => {
    const { cache, state, succeed } = setUp();
    await succeed('a');
    state.time += 30_000;
    const found = cache.find('b');
    await succeed('b');
    expect(await found).toEqual({ kid: 'b' });
    expect(await cache.find('a')).toBeUndefined();
  });

  it('starts at most one fetch a second, one at a time, while the issuer is down, and throws IssuerUnavailable', async () => {
    const { cache, state, fail, settle } = setUp();
    await fail();
    const first = [cache.find('a'), cache.find('b')].map((one) => expect(one).rejects.toThrow(IssuerUnavailable));
    await fail();
    await Promise.all(first);
    expect(state.calls).toBe(2);
    state.time += 999;
    await expect(cache.find('a')).rejects.toMatchObject({ retryAfterSeconds: 1, cause: { message: 'down' } });
    expect(state.calls).toBe(2);
    state.time += 1;
    const second = [cache.find('a'), cache.find('b')].map((one) => expect(one).rejects.toThrow(IssuerUnavailable));
    await settle();
    expect(state.calls).toBe(3);
    await fail();
    await Promise.all(second);
    expect(state.calls).toBe(3);
  });

  it('keeps its keys while the issuer is down', async () => {
    const { cache, state, succeed, fail } = setUp();
    await succeed('a');
    state.time += 86_400_000;
    expect(await cache.find('a')).toBeDefined();
    await fail();
    expect(await cache.find('a')).toBeDefined();
    const unknown = expect(cache.find('b')).rejects.toThrow(IssuerUnavailable);
    await fail();
    await unknown;
  });

  it('renews its keys once an hour in the background of a request, which does not wait', async () => {
    const { cache, state, succeed } = setUp();
    await succeed('a');
    state.time += 3_599_999;
    await cache.find('a');
    expect(state.calls).toBe(1);
    state.time += 1;
    expect(await cache.find('a')).toBeDefined();
    expect(await cache.find('a')).toBeDefined();
    expect(state.calls).toBe(2);
    await succeed('b');
    expect(await cache.find('a')).toBeUndefined();
    expect(await cache.find('b')).toBeDefined();
  });

  it('repeats a failed renewal after a minute', async () => {
    const { cache, state, succeed, fail } = setUp();
    await succeed('a');
    state.time += 3_600_000;
    await cache.find('a');
    await fail();
    state.time += 59_999;
    await cache.find('a');
    expect(state.calls).toBe(2);
    state.time += 1;
    await cache.find('a');
    expect(state.calls).toBe(3);
  });

  it('fetches keys after the clock was set back', async () => {
    const { cache, state, succeed } = setUp();
    await succeed('a');
    state.time -= 86_400_000;
    const found = cache.find('b');
    await succeed('b');
    expect(await found).toBeDefined();
  });
});
