/**
 * A URL, or undefined for what is none.
 *
 * `URL.canParse` would read better. Once optimized, though, it takes the characters from U+0080 to U+00FF for broken UTF-8 in Node 20, and
 * refuses `https://köln.example/`.
 */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
