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
  /** Takes the fetch that started first out of the order, to end it later. */
  const freeze = () => {
    const first = waiting.shift();
    return {
      async succeed(...kids: string[]) {
        first?.resolve(new Map(kids.map((kid) => [kid, { kid } as unknown as CryptoKey])));
        await settle();
      },
      async fail() {
        first?.reject(new Error('down'));
        await settle();
      },
    };
  };
  return {
    cache,
    state,
    freeze,
    succeed: (...kids: string[]) => freeze().succeed(...kids),
    fail: () => freeze().fail(),
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

  it.each(['fails', 'succeeds'])(
    'ignores a frozen first fetch that %s after the next one has succeeded',
    async (end) => {
      const { cache, state, freeze, succeed } = setUp();
      const frozen = freeze();
      state.time += 600_000;
      const found = cache.find('a');
      await succeed('a');
      expect(await found).toBeDefined();
      await (end === 'fails' ? frozen.fail() : frozen.succeed('b'));
      expect(await cache.find('a')).toBeDefined();
      expect(await cache.find('b')).toBeUndefined();
    },
  );

  it('waits for the next fetch if the one that a request waited for was frozen', async () => {
    const { cache, state, fail, succeed } = setUp();
    const waited = cache.find('a');
    state.time += 600_000;
    const found = cache.find('a');
    await fail();
    await succeed('a');
    expect(await Promise.all([waited, found])).toEqual([{ kid: 'a' }, { kid: 'a' }]);
    expect(state.calls).toBe(2);
  });

  it('waits for a fetch until a second after its timeout', async () => {
    const { cache, state, succeed } = setUp();
    state.time += 4_000;
    const found = [cache.find('a')];
    expect(state.calls).toBe(1);
    state.time += 1;
    found.push(cache.find('a'));
    expect(state.calls).toBe(2);
    await succeed('b');
    await succeed('a');
    expect(await Promise.all(found)).toEqual([{ kid: 'a' }, { kid: 'a' }]);
  });

  it('returns a key that was fetched while a request waited for a frozen fetch, although a renewal has failed since', async () => {
    const { cache, state, freeze, succeed, fail } = setUp();
    const frozen = freeze();
    const waited = cache.find('a');
    state.time += 600_000;
    const found = cache.find('a');
    await succeed('a');
    await found;
    state.time += 3_600_000;
    await cache.find('a');
    await fail();
    await frozen.fail();
    expect(state.calls).toBe(3);
    expect(await waited).toEqual({ kid: 'a' });
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
    // A renewal that failed may be repeated at once.
    expect(state.calls).toBe(3);
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
