/** The index of the search: in the browser, and in tests. */
import MiniSearch, { type SearchResult } from 'minisearch';

/** A section of a page, as the search finds it. */
export interface SearchEntry {
  /** Relative to the root of the site, such as `errors.html#event-not-found`. */
  readonly url: string;
  /** The title of the page. */
  readonly page: string;
  /** The title of the section; empty at the top of a page. */
  readonly title: string;
  readonly text: string;
}

/** How much entries count by the beginning of their addresses: guides explain, schemas only list. */
const weights = [
  ['guides/client.', 1],
  ['guides/', 1.5],
  ['schemas.', 0.5],
] as const;

/**
 * An index of the entries. It finds the beginnings of words and, in long words, a typing error. Entries with all words come first; `searchIn`
 * adds those with some.
 */
export function createIndex(entries: readonly SearchEntry[]): MiniSearch<SearchEntry> {
  const index = new MiniSearch<SearchEntry>({
    idField: 'url',
    fields: ['page', 'title', 'text'],
    storeFields: ['page', 'title', 'text'],
    searchOptions: {
      boost: { page: 4, title: 4 },
      prefix: true,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      combineWith: 'AND',
      boostDocument: (url: string) => weights.find(([start]) => url.startsWith(start))?.[1] ?? 1,
    },
  });
  index.addAll(entries);
  return index;
}

/**
 * What a reader finds, the best first. Sections with the same title on the same page, such as a sample in each language, are one result. If no
 * entry has all words, those with the most of them are found.
 */
export function searchIn(index: MiniSearch<SearchEntry>, query: string, limit: number): readonly SearchResult[] {
  const found = index.search(query);
  const results = found.length > 0 ? found : index.search(query, { combineWith: 'OR' });
  const nameOf = ({ page, title }: SearchResult) => `${String(page)}\n${String(title)}`;
  const names = results.map(nameOf);
  return results.filter((one, at) => names.indexOf(nameOf(one)) === at).slice(0, limit);
}
