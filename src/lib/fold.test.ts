import fc from 'fast-check';
import { fold } from './fold.ts';
import { anyCharacter } from '../../test/support/characters.ts';
import { scaled } from '../../test/support/sample.ts';

test.each([
  ['Jazz', 'jazz'],
  ['JAZZ', 'jazz'],
  ['ＪＡＺＺ', 'jazz'],
  ['Café', 'cafe'],
  ['Cafe\u0301', 'cafe'],
  ['Straße', 'STRASSE'],
  ['Straße', 'STRAẞE'],
  ['ΟΔΟΣ', 'οδος'],
  ['οδοσ', 'οδός'],
  ['İstanbul', 'istanbul'],
  ['ISPARTA', 'ısparta'],
  ['ﬁre', 'fire'],
  ['ｶﾞ', 'ガ'],
  ['①', '1'],
  ['Jazz\u00ADnight', 'JazzNight'],
  ['\u200Ejazz', 'jazz'],
  [' Jazz \t\n Night\u3000', 'jazz night'],
  ['a\u00A0b', 'a b'],
])('%j and %j are equal when they are folded', (one, other) => {
  expect(fold(one)).toBe(fold(other));
});

test.each([
  ['jazz', 'jaz'],
  ['a b', 'ab'],
  ['日本', '日'],
  ['Łódź', 'Lodz'],
  ['ø', 'o'],
  ['´', '¨'],
  ['\u0301\u0301', '\u0300\u0300'],
])('%j and %j are not', (one, other) => {
  expect(fold(one)).not.toBe(fold(other));
});

test('a folded text stays as it is when it is folded again, and has no line breaks and tabs', () => {
  const texts = fc.oneof(fc.string({ unit: anyCharacter }), fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(texts, (text) => {
      const folded = fold(text);
      expect(fold(folded)).toBe(folded);
      expect(folded).not.toMatch(/[\n\t]/);
      expect(folded === '').toBe(text.trim() === '');
    }),
    { examples: [['´'], ['\n´ \t ´'], ['\u00AD']], numRuns: scaled({ all: 100, sample: 20 }) },
  );
});
