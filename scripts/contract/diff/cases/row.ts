import type { Level } from '../changes.ts';

/** A piece of the contract `library.yaml`, what replaces it, what the list says then, and how the change back is judged. By hand. */
export type Row = readonly [
  change: string,
  before: string,
  after: string,
  list: string | readonly string[],
  back: Level | 'nothing',
];
