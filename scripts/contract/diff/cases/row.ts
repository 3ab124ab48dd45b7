import type { Level } from '../changes.ts';

/** A piece of `library.yaml`, its replacement, the expected list, and the expected level of the reverse change. Written by hand. */
export type Row = readonly [
  change: string,
  before: string,
  after: string,
  list: string | readonly string[],
  back: Level | 'nothing',
];
