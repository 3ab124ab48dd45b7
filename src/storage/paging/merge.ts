/** Merging sorted partitions that may each have been read only in part. */

/** The order of a list; keys compare as text. */
export type Order = 'asc' | 'desc';

export interface Entry<T> {
  readonly key: string;
  readonly value: T;
}

/** The start of a sorted partition, or of several merged ones, as far as it has been read. */
export interface SortedRun<T> {
  readonly entries: readonly Entry<T>[];
  /** Everything up to this key has been read, which may be after the last entry; absent if the run was read to its end. */
  readonly readUpTo?: string | undefined;
}

/** Whether the key `a` comes before the key `b`. */
function comesBefore(a: string, b: string, order: Order): boolean {
  return order === 'asc' ? a < b : a > b;
}

/**
 * The start of the merged list, as far as these runs determine it: up to the run that was read least far. After that, an unread
 * entry may come before one that was read in another run.
 */
export function merge<T>(runs: readonly SortedRun<T>[], order: Order): SortedRun<T> {
  const compare = (a: string, b: string) => (comesBefore(a, b, order) ? -1 : 1);
  const [readUpTo] = runs.flatMap((run) => run.readUpTo ?? []).sort(compare);
  const entries = runs
    .flatMap((run) => run.entries)
    .filter(({ key }) => readUpTo === undefined || !comesBefore(readUpTo, key, order))
    .sort((a, b) => compare(a.key, b.key));
  return { entries, readUpTo };
}

/** True if a run limits the merged list: everything read from it has been merged, so it must be read further. */
export function limits<T>(run: SortedRun<T>, merged: SortedRun<T>, order: Order): boolean {
  const { readUpTo } = merged;
  if (run.readUpTo === undefined || readUpTo === undefined) return false;
  const last = run.entries.at(-1);
  return last === undefined || !comesBefore(readUpTo, last.key, order);
}
