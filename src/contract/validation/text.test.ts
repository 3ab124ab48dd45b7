import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { textPattern } from '../../../openapi/lint-plugin.js';
import { normalizeText, type TextKind } from './text.ts';
import { anyCharacter } from '../../../test/support/characters.ts';

const expected = 'an https URL with a host, such as https://example.com';
const normalize = (kind: TextKind, text: string) => normalizeText(kind, text, 1_000, expected);
const textKinds = ['single-line', 'multi-line'] as const;
const decomposed = 'Cafe\u0301';
/** Any text, often with characters that matter here. */
const texts = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...' \t\n\r\0\x1b\x85\xa0\xad\u0301\u200b\u200d\u2028\u202e\u2066\u3000\ufeff\ufe0fae'),
    anyCharacter,
  ),
  maxLength: 12,
});

describe.each(textKinds)('a %s text', (kind) => {
  it.each([
    ['Riverside Jazz Night', 'Riverside Jazz Night'],
    ['', ''],
    ['  Jazz \u00a0\u3000', 'Jazz'],
    ['\n\tJazz\r\n', 'Jazz'],
    ['\u200bJazz\u2060\ufeff', 'Jazz'],
    ['Jazz  at   night', 'Jazz  at   night'],
    [decomposed, 'Caf\u00e9'],
    ['\u212b', '\u00c5'],
    ['❤️', '❤️'],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
    ['می‌خواهم', 'می‌خواهم'],
    ['\u05d0\u200f!', '\u05d0\u200f!'],
    ['   ', ''],
    ['\u200b\u200c\u200d', ''],
    ['\u00ad\u00ad\u00ad', ''],
    ['\u2800\u3164\u115f', ''],
    ['\u{e0041}\ufe0f', ''],
  ])('has a normal form: %j becomes %j', (sent, text) => {
    expect(normalize(kind, sent)).toEqual({ text });
  });

  it.each(['a\0b', '\0\0\0', 'a\x1b[2Jb', 'a\x7fb', 'a\x9bb', 'Jazz \u202eklof', 'a\u2066b', '\u2069', 'a\x0bb'])(
    'must not contain control characters or change the direction of other text: %j',
    (sent) => {
      expect(normalize(kind, sent)).toMatchObject({ error: { code: 'invalid-format' } });
    },
  );

  it('has one normal form, which is normal itself', () => {
    fc.assert(
      fc.property(texts, (sent) => {
        const first = normalize(kind, sent);
        if ('text' in first) expect(normalize(kind, first.text)).toEqual(first);
      }),
      { numRuns: 400 },
    );
  });

  it.each([0, 1, 2, 3, 5])(
    'of at least %d characters is what the pattern in the contract allows, and more',
    (minLength) => {
      const pattern = new RegExp(textPattern(kind, minLength), 'u');
      const accepts = (sent: string) => {
        const normal = normalize(kind, sent);
        return 'text' in normal && [...normal.text].length >= minLength;
      };
      /** What only the server knows: characters that are not seen, and those that a composition joins. */
      const isSimple = (sent: string) => !/\r\n|[\p{M}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]/u.test(sent);
      fc.assert(
        fc.property(texts, (sent) => {
          if (isSimple(sent) && pattern.test(sent)) expect([sent, accepts(sent)]).toEqual([sent, true]);
          const normal = normalize(kind, sent);
          if (isSimple(sent) && accepts(sent)) expect('text' in normal && pattern.test(normal.text)).toBe(true);
        }),
        { numRuns: 400 },
      );
    },
  );

  it('does not take long, regardless of its characters', () => {
    const [many, half] = [64_000, 32_000];
    const hostile = [
      ' '.repeat(many),
      `a${' '.repeat(many)}a`,
      `a${'\u0301'.repeat(half)}${'\u0316'.repeat(half)}`,
      '\u0301\u0316'.repeat(half),
      `${'a '.repeat(half)}\0`,
      '\r'.repeat(many),
    ];
    const patterns = [0, 1, 3].map((minLength) => new RegExp(textPattern(kind, minLength), 'u'));
    const start = performance.now();
    for (const text of hostile) {
      normalize(kind, text);
      for (const pattern of patterns) pattern.test(text);
    }
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

it('a text of one line has no line breaks and tabs; one of several lines keeps them, each line break as \\n', () => {
  for (const inside of ['\n', '\r\n', '\r', '\u2028', '\u2029']) {
    expect(normalize('single-line', `a${inside}b`)).toMatchObject({ error: { code: 'invalid-format' } });
    expect(normalize('multi-line', `a${inside}b`)).toEqual({ text: 'a\nb' });
  }
  expect(normalize('single-line', 'a\tb')).toMatchObject({ error: {} });
  expect(normalize('multi-line', 'a\tb\r\n\r\nc')).toEqual({ text: 'a\tb\n\nc' });
});

it('a text that is too long as it is sent is not composed, which could take long', () => {
  expect(normalizeText('single-line', 'e\u0301'.repeat(2), 3)).toEqual({ text: 'e\u0301'.repeat(2) });
  expect(normalizeText('single-line', 'e\u0301'.repeat(2), 4)).toEqual({ text: '\u00e9\u00e9' });
});

it('an opaque string stays as it is', () => {
  expect(normalize('opaque', ` ${decomposed}\0`)).toEqual({ text: ` ${decomposed}\0` });
});

describe('a URL', () => {
  const ajv = new Ajv2020();
  addFormats.default(ajv, { mode: 'full' });
  const isUri = ajv.compile({ type: 'string', format: 'uri', pattern: '^https://[^/?#]' });

  it.each([
    ['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
    ['https://example.com/a#', 'https://example.com/a#'],
    ['https://example.com/a?#', 'https://example.com/a?#'],
    ['https://x', 'https://x/'],
    [' https://example.com/a \n', 'https://example.com/a'],
    ['HTTPS://Example.COM:443/A', 'https://example.com/A'],
    ['https://example.com/Köln', 'https://example.com/K%C3%B6ln'],
    ['https://example.com/a b', 'https://example.com/a%20b'],
    ['https://köln.example/', 'https://xn--kln-sna.example/'],
    ['https://[::1]:8443/a[1]', 'https://[::1]:8443/a%5B1%5D'],
    ['https://us er:p@ss@example.com/', 'https://us%20er:p%40ss@example.com/'],
    ['https://example.com/100%?a={b}|c#d#e', 'https://example.com/100%25?a=%7Bb%7D%7Cc#d%23e'],
    ['https://example.com/a/../b', 'https://example.com/b'],
    ['https://example.com/%c3%b6', 'https://example.com/%c3%b6'],
  ])('has a normal form, which is a URI: %j becomes %j', (sent, text) => {
    expect(normalize('url', sent)).toEqual({ text });
    expect(isUri(text)).toBe(true);
  });

  it.each([
    '',
    'https://',
    'https://?x=1',
    'https://#x',
    'https://%20',
    'https://a b',
    'https://x:99999',
    'http://example.com',
    'ftp://example.com',
    'javascript:alert(1)',
    'data:text/html,x',
    '//example.com',
    '/a',
    'example.com',
    'https//example.com',
  ])('must be https and have a host: %j', (sent) => {
    expect(normalize('url', sent)).toEqual({ error: { code: 'invalid-format', detail: `must be ${expected}` } });
  });

  it('in its normal form is a URI, is normal itself, and leads where the sent one does', () => {
    const rest = fc.string({
      unit: fc.oneof(fc.constantFrom(...'/?#[]@:%{}|^`"\\a.'), anyCharacter),
    });
    fc.assert(
      fc.property(rest, (tail) => {
        const sent = `https://example.com${tail}`;
        const normal = normalize('url', sent);
        if (!('text' in normal)) return;
        expect([normal.text, isUri(normal.text)]).toEqual([normal.text, true]);
        expect(normalize('url', normal.text)).toEqual(normal);
        expect(new URL(normal.text).host).toBe(new URL(sent).host);
      }),
      { numRuns: 600 },
    );
  });
});
