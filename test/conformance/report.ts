/** Prints how often the last run of all tests has seen each entry of the contract; exits 1 where one was never seen. */
import { storedContract } from './contract-file.ts';
import { coverageOf } from './coverage.ts';
import { readSeen } from './seen.ts';

const coverage = coverageOf(storedContract(), readSeen());
const column = (text: unknown) => String(text).padStart(8);
for (const [heading, rows] of coverage) {
  console.log(`\n${heading}\n\n${column('socket')}${column('Lambda')}`);
  for (const { entry, socket, lambda } of rows) console.log(`${column(socket)}${column(lambda)}  ${entry}`);
}

const rows = [...coverage.values()].flat();
const missing = rows.filter(({ socket, lambda }) => socket + lambda === 0);
console.log(`\n${rows.length - missing.length} of ${rows.length} entries of the contract were seen.`);
if (missing.length > 0) {
  console.error(`Not seen:\n${missing.map(({ entry }) => `  ${entry}`).join('\n')}`);
  process.exit(1);
}
