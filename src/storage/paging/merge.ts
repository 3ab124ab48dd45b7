/** Merging sorted partitions of which each may have been read only in part. */

/** The order of a list; keys compare as text. */
export type Order = 'asc' | 'desc';

export interface Entry<T> {
  readonly key: string;
  readonly value: T;
}

/** The beginning of a sorted partition, as far as it has been read. */
export interface Part<T> {
  readonly entries: readonly Entry<T>[];
  /** Nothing is unread up to this key, and it may lie behind the last entry; absent where the partition was read to its end. */
  readonly readTo?: string | undefined;
}

/** Whether the key `a` comes before the key `b`. */
function comesBefore(a: string, b: string, order: Order): boolean {
  return order === 'asc' ? a < b : a > b;
}

/**
 * The beginning of the whole list that these parts make known. It goes as far as the part that was read least far: behind
 * that, something unread may come before what was read elsewhere.
 */
export function merge<T>(parts: readonly Part<T>[], order: Order): Part<T> {
  const readTo = parts.reduce((least: string | undefined, part) => nearer(least, part.readTo, order), undefined);
  const entries = parts
    .flatMap((part) => part.entries)
    .filter(({ key }) => readTo === undefined || !comesBefore(readTo, key, order))
    .sort((a, b) => (comesBefore(a.key, b.key, order) ? -1 : 1));
  return { entries, readTo };
}

/** Whether more must be read of a part before more of the whole is known: all that was read of it is in the whole already. */
export function holdsBack<T>(part: Part<T>, whole: Part<T>, order: Order): boolean {
  const { readTo } = whole;
  if (part.readTo === undefined || readTo === undefined) return false;
  const last = part.entries.at(-1);
  return last === undefined || !comesBefore(readTo, last.key, order);
}

/** The one of two ends that comes first; absent is the end of everything. */
function nearer(a: string | undefined, b: string | undefined, order: Order): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return comesBefore(b, a, order) ? b : a;
}
