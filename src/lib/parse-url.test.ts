import { parseUrl } from './parse-url.ts';

it('parses a URL, even after many calls', () => {
  const hrefs = Array.from({ length: 20_000 }, () => parseUrl('https://köln.example/')?.href);
  expect(new Set(hrefs)).toEqual(new Set(['https://xn--kln-sna.example/']));
});

it.each(['', 'a', '/a', 'https://', 'https://x:99999'])(
  'returns undefined for a text that is not a URL: %j',
  (text) => {
    expect(parseUrl(text)).toBeUndefined();
  },
);
