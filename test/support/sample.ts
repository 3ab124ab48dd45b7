/**
 * Large tables of cases, and loads: a run tries a sample of each, and all of them with CASES=all, as `make check` does. To try all cases of
 * a file: make test ARGS=test/http/secrecy CASES=all. To repeat a run: CASES_SEED=1
 */
import { createHash } from 'node:crypto';

/** One case in this many is tried. */
const share = 20;
const isComplete = process.env['CASES'] === 'all';
const seed = process.env['CASES_SEED'] ?? '';
/** How many tables this test file has had so far. */
let tables = 0;

/** The cases of a table that this run tries, at least one. Call it where tests are defined, so that a seed draws the same cases again. */
export function sampled<T>(cases: readonly T[]): readonly T[] {
  tables += 1;
  if (isComplete) return cases;
  const table = tables;
  // One of every twenty in a row, each time another: a table of all combinations repeats its values in a fixed rhythm.
  return cases.filter((_, index) => {
    const group = Math.floor(index / share);
    const drawn = createHash('sha256').update(`${seed}/${table}/${group}`).digest().readUInt32BE();
    return index % share === drawn % (group === 0 ? Math.min(share, cases.length) : share);
  });
}

/** A test that takes seconds because its size is what it is about: only complete runs have it. */
export const inFull: jest.It = isComplete ? it : it.skip;

/** How large a load is in this run. The sample must be large enough for what the test is about, such as a second page. */
export const scaled = ({ all, sample }: Readonly<Record<'all' | 'sample', number>>): number =>
  isComplete ? all : sample;
