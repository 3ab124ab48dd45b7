/** Tags as the text of one field: separated by commas, and in double quotes if they contain a comma, as in CSV (RFC 4180). */

const quoted = (tag: string) => `"${tag.replaceAll('"', '""')}"`;

/** Writes tags so that `parseTags` reads the same ones. */
export function formatTags(tags: readonly string[]): string {
  return tags
    .map((tag) => (tag.includes(',') || tag.startsWith('"') || tag !== tag.trim() ? quoted(tag) : tag))
    .join(', ');
}

/** Reads tags, without those that are empty. A quote that is not closed is a part of the text. */
export function parseTags(text: string): string[] {
  const found = text.matchAll(/\s*(?:"((?:[^"]|"")*)"\s*(?=,|$)|([^,]*))(?:,|$)/g);
  return [...found]
    .map(([, inQuotes, plain = '']) => inQuotes?.replaceAll('""', '"') ?? plain.trim())
    .filter((tag) => tag !== '');
}
