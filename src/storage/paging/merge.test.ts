import fc from 'fast-check';
import { holdsBack, merge, type Part } from './merge.ts';

/** A part whose entries are single letters, each its own key. */
const part = (letters: string, readTo?: string): Part<string> => ({
  entries: [...letters].map((key) => ({ key, value: key })),
  readTo,
});
const lettersOf = ({ entries }: Part<string>) => entries.map(({ value }) => value).join('');

describe('merging', () => {
  it('puts parts that were read to their ends into one order', () => {
    const whole = merge([part('adg'), part('be'), part(''), part('cf')], 'asc');
    expect(lettersOf(whole)).toBe('abcdefg');
    expect(whole.readTo).toBeUndefined();
  });

  it('goes no further than the part that was read least far', () => {
    const whole = merge([part('adg', 'g'), part('bc', 'd'), part('ef')], 'asc');
    expect(lettersOf(whole)).toBe('abcd');
    expect(whole.readTo).toBe('d');
  });

  it('knows about what was looked at and left out', () => {
    const whole = merge([part('a', 'm'), part('', 'k'), part('bcz', 'z')], 'asc');
    expect(lettersOf(whole)).toBe('abc');
    expect(whole.readTo).toBe('k');
  });

  it('works in descending order too', () => {
    const whole = merge([part('zx', 'p'), part('yq', 'q'), part('wa')], 'desc');
    expect(lettersOf(whole)).toBe('zyxwq');
    expect(whole.readTo).toBe('q');
  });

  it('tells which parts hold the whole back', () => {
    const parts = [part('adg', 'g'), part('bc', 'd'), part('', 'd'), part('ef')];
    const whole = merge(parts, 'asc');
    expect(parts.map((one) => holdsBack(one, whole, 'asc'))).toEqual([false, true, true, false]);
  });

  it('is held back by a part wherever it is not complete, and only by a part with more to give', () => {
    const parts = fc.array(
      fc.record({
        letters: fc.uniqueArray(fc.constantFrom(...'abcdefghijklmno'), { maxLength: 5 }),
        further: fc.option(fc.constantFrom(...'pqrst'), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(parts, (generated) => {
        const all = generated.map(({ letters, further }) => part([...letters].sort().join(''), further));
        const whole = merge(all, 'asc');
        const holding = all.filter((one) => holdsBack(one, whole, 'asc'));
        expect(holding.length > 0).toBe(whole.readTo !== undefined);
        expect(holding.every(({ readTo }) => readTo !== undefined)).toBe(true);
        expect(lettersOf(whole)).toBe([...lettersOf(whole)].sort().join(''));
      }),
    );
  });
});
