/**
 * Ranges of sort keys (`<startsAt>#<eventId>`) as BETWEEN takes them: both ends inclusive. A key sorts after every text that
 * it begins with, so a bare instant as an end lets in the keys of its moment below, and keeps them out above.
 */
import type { Order } from './merge.ts';

export interface KeyRange {
  readonly from: string;
  readonly to: string;
}

/** The keys from the first instant, inclusive, to the second, exclusive; of all times where they are absent. */
export function rangeBetween(startsFrom = '0', startsBefore = '~'): KeyRange {
  return { from: startsFrom, to: startsBefore };
}

/** Whether nothing can lie in a range. The engine refuses an inverted one. */
export function isEmpty({ from, to }: KeyRange): boolean {
  return from >= to;
}

/** What of a range comes behind a key, in the order of the list. */
export function rangeBehind({ from, to }: KeyRange, key: string | undefined, order: Order): KeyRange {
  if (key === undefined) return { from, to };
  if (order === 'asc') return { from: greater(from, justAfter(key)), to };
  return { from, to: lesser(to, justBefore(key)) };
}

/** A text between a key and the next greater one: all keys have one length, and `~` is greater than all their characters. */
function justAfter(key: string): string {
  return `${key}~`;
}

/** A text between a key and the next smaller one: its last character one less, and a `~`. */
function justBefore(key: string): string {
  const last = key.charCodeAt(key.length - 1);
  return `${key.slice(0, -1)}${String.fromCharCode(last - 1)}~`;
}

const greater = (a: string, b: string) => (a > b ? a : b);
const lesser = (a: string, b: string) => (a < b ? a : b);
