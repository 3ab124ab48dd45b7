import { isAmbiguousNumber, parseWholeNumber } from './whole-number.ts';

describe('a whole number', () => {
  it.each([
    ['1000', 'en', 1_000],
    [' 150 ', 'en', 150],
    ['1,000', 'en', 1_000],
    ['1.000', 'de', 1_000],
    ['1 000', 'en', 1_000],
    ['1\u202f000', 'fr', 1_000],
    ["1'000", 'de-CH', 1_000],
    ['1,000,000', 'en-US', 1_000_000],
    ['1٬٠٠٠', 'ar-EG', 1_000],
    ['1000', 'ar-EG', 1_000],
  ])('is read from %j in %s', (text, locale, number) => {
    expect(parseWholeNumber(text, locale)).toBe(number);
  });

  it.each([
    ['1.000', 'en', true],
    ['1,000', 'de', true],
    ['1,00', 'en', false],
    ['10,0000', 'en', false],
    ['-5', 'en', false],
    ['1e3', 'en', false],
    ['', 'en', false],
    ['many', 'en', false],
  ])('is not read from %j in %s', (text, locale, ambiguous) => {
    expect(parseWholeNumber(text, locale)).toBeUndefined();
    expect(isAmbiguousNumber(text)).toBe(ambiguous);
  });
});
