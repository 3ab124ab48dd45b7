/**
 * Large tables of cases: a run tries a sample of each, and all of them with CASES=all, as `make check` does. To try all cases of a file:
 * make test ARGS=test/http/secrecy CASES=all. To repeat a run: CASES_SEED=1
 */
import { createHash } from 'node:crypto';

/** One case in this many is tried. */
const share = 6;
const isComplete = process.env['CASES'] === 'all';
const seed = process.env['CASES_SEED'] ?? '';
/** How many tables this test file has had so far. */
let tables = 0;

/** The cases of a table that this run tries, at least one. Call it where tests are defined, so that a seed draws the same cases again. */
export function sampled<T>(cases: readonly T[]): readonly T[] {
  tables += 1;
  if (isComplete) return cases;
  const drawn = createHash('sha256').update(`${seed}/${tables}`).digest().readUInt32BE();
  const first = drawn % Math.min(share, cases.length);
  return cases.filter((_, index) => index % share === first);
}
