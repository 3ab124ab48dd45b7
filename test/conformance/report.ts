/** Prints which documented answers and parameters the last run of all tests has seen; exits 1 where one is missing. */
import { coverageOf } from './coverage.ts';
import { readSeen } from './seen.ts';

const rows = coverageOf(readSeen());
const missing = rows.filter(({ count }) => count === 0);
for (const { entry, count } of rows) console.log(`${String(count).padStart(7)}  ${entry}`);
console.log(`\n${rows.length - missing.length} of ${rows.length} documented answers and parameters were seen.`);
if (missing.length > 0) {
  console.error(`Not seen:\n${missing.map(({ entry }) => `  ${entry}`).join('\n')}`);
  process.exit(1);
}
