/**
 * Ranges of sort keys (`<prefix>#<id>`) as BETWEEN takes them: both ends inclusive. `<prefix>` sorts before `<prefix>#<id>`, so a
 * bare prefix is inclusive as a lower bound and exclusive as an upper bound.
 */
import type { Order } from './merge.ts';

export interface KeyRange {
  readonly from: string;
  readonly to: string;
}

/** The keys from the first prefix (inclusive) to the second (exclusive); an absent prefix sets no bound. */
export function rangeBetween(from = '0', before = '~'): KeyRange {
  return { from, to: before };
}

/** Whether a range can contain no key. DynamoDB rejects inverted ranges. */
export function isEmpty({ from, to }: KeyRange): boolean {
  return from >= to;
}

/** The part of a range that comes after a key, in the order of the list. */
export function rangeAfter({ from, to }: KeyRange, key: string | undefined, order: Order): KeyRange {
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
