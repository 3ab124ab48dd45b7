// Copied by `make generate` from src/lib/parse-url.ts; do not edit.
/**
 * Parses a URL. Returns undefined if the text is not one.
 *
 * `URL.canParse` would read better. Once optimized, though, it takes the characters from U+0080 to U+00FF for broken UTF-8 in Node.js 20, and
 * rejects `https://köln.example/`.
 */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
