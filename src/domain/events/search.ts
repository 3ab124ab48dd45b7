/** Searching events by words and tags. Texts are compared folded (src/lib/fold.ts). */
import { fold } from '../../lib/fold.ts';
import type { Condition } from '../../storage/condition.ts';
import type { EventRecord } from './model.ts';

/** What an event must contain. Words and tag are folded; each word must occur, at least as a part of another word. */
export interface Search {
  readonly words?: readonly string[] | undefined;
  readonly tag?: string | undefined;
}

/** The members of an event that are searched. */
type SearchedMember = 'name' | 'organizerName' | 'location' | 'tags';
type Searched = Pick<EventRecord, SearchedMember>;

/** The attribute that holds the searched text of an event, so that the database can filter by it. */
export const searchAttribute = 'searchText';

/** The maximum length of that attribute in UTF-8. It is part of every item and of every index. */
export const maxSearchTextBytes = 600;

/** How many words the database compares. The rest is compared here: an expression has at most 4 kB. */
const maxFilterWords = 8;

/** A query split into words, folded, each once. */
export function wordsOf(query: string): string[] {
  return [...new Set(fold(query).split(' '))].sort();
}

/** The searched texts of an event, folded: one on each line, and tags between tabs. Folded texts contain neither. */
function searchedText({ name, organizerName, location, tags = [] }: Searched): string {
  const place = location && 'address' in location ? [location.name, location.address] : [];
  const texts = [name, ...(organizerName === undefined ? [] : [organizerName]), ...place];
  return [...texts.map(fold), ['', ...tags.map(fold), ''].join('\t')].join('\n');
}

/** The attribute to store with an event; null if it would be too long. */
export function searchTextOf(event: Searched): string | null {
  const text = searchedText(event);
  return Buffer.byteLength(text) <= maxSearchTextBytes ? text : null;
}

/** What the text of an event must contain for a search. */
function partsOf({ words = [], tag }: Search): string[] {
  return [...(tag === undefined ? [] : [`\t${tag}\t`]), ...words];
}

/** Whether an event is found. */
export function isFound(event: Searched, search: Search): boolean {
  const text = searchedText(event);
  return partsOf(search).every((part) => text.includes(part));
}

/**
 * A condition that every event meets which a search finds, and with the attribute few others: the database need not return them.
 * Undefined if the search finds everything.
 */
export function searchCondition(search: Search): Condition | undefined {
  const parts = partsOf(search).slice(0, maxFilterWords);
  if (parts.length === 0) return undefined;
  const contained = parts.map((_, index) => `contains(#search, :part${index})`);
  return {
    expression: `(attribute_not_exists(#search) OR (${contained.join(' AND ')}))`,
    names: { '#search': searchAttribute },
    values: Object.fromEntries(parts.map((part, index) => [`:part${index}`, part])),
  };
}
