import { parseUrl } from './parse-url.ts';

it('parses what is a URL, also after many calls', () => {
  const hrefs = Array.from({ length: 20_000 }, () => parseUrl('https://köln.example/')?.href);
  expect(new Set(hrefs)).toEqual(new Set(['https://xn--kln-sna.example/']));
});

it.each(['', 'a', '/a', 'https://', 'https://x:99999'])('returns undefined for what is none: %j', (text) => {
  expect(parseUrl(text)).toBeUndefined();
});
