import fc from 'fast-check';
import { limits, merge, type SortedRun } from './merge.ts';

/** A run whose entries are single letters, each its own key. */
const run = (letters: string, readUpTo?: string): SortedRun<string> => ({
  entries: [...letters].map((key) => ({ key, value: key })),
  readUpTo,
});
const lettersOf = ({ entries }: SortedRun<string>) => entries.map(({ value }) => value).join('');

describe('merging', () => {
  it('puts runs that were read to their ends into one order', () => {
    const merged = merge([run('adg'), run('be'), run(''), run('cf')], 'asc');
    expect(lettersOf(merged)).toBe('abcdefg');
    expect(merged.readUpTo).toBeUndefined();
  });

  it('goes no further than the run that was read least far', () => {
    const merged = merge([run('adg', 'g'), run('bc', 'd'), run('ef')], 'asc');
    expect(lettersOf(merged)).toBe('abcd');
    expect(merged.readUpTo).toBe('d');
  });

  it('takes into account keys that were scanned and filtered out', () => {
    const merged = merge([run('a', 'm'), run('', 'k'), run('bcz', 'z')], 'asc');
    expect(lettersOf(merged)).toBe('abc');
    expect(merged.readUpTo).toBe('k');
  });

  it('works in descending order too', () => {
    const merged = merge([run('zx', 'p'), run('yq', 'q'), run('wa')], 'desc');
    expect(lettersOf(merged)).toBe('zyxwq');
    expect(merged.readUpTo).toBe('q');
  });

  it('determines which runs limit the merged list', () => {
    const runs = [run('adg', 'g'), run('bc', 'd'), run('', 'd'), run('ef')];
    const merged = merge(runs, 'asc');
    expect(runs.map((one) => limits(one, merged, 'asc'))).toEqual([false, true, true, false]);
  });

  it('is limited by no run if it was read to its end', () => {
    expect(limits(run('a', 'b'), run('ac'), 'asc')).toBe(false);
  });

  it('is limited by a run if it is incomplete, and only by a run with more to read', () => {
    const runs = fc.array(
      fc.record({
        letters: fc.uniqueArray(fc.constantFrom(...'abcdefghijklmno'), { maxLength: 5 }),
        further: fc.option(fc.constantFrom(...'pqrst'), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(runs, (generated) => {
        const all = generated.map(({ letters, further }) => run([...letters].sort().join(''), further));
        const merged = merge(all, 'asc');
        const holding = all.filter((one) => limits(one, merged, 'asc'));
        expect(holding.length > 0).toBe(merged.readUpTo !== undefined);
        expect(holding.every(({ readUpTo }) => readUpTo !== undefined)).toBe(true);
        expect(lettersOf(merged)).toBe([...lettersOf(merged)].sort().join(''));
      }),
    );
  });
});
