/** Prints how often the last run of all tests used each coverage item of the contract; exits with 1 if one was never used. */
import { storedContract } from './contract-file.ts';
import { coverageOf } from './coverage.ts';
import { readRecorded } from './recorded.ts';

const coverage = coverageOf(storedContract(), readRecorded());
const column = (text: unknown) => String(text).padStart(8);
for (const [heading, rows] of coverage) {
  console.log(`\n${heading}\n\n${column('socket')}${column('Lambda')}`);
  for (const { item, socket, lambda } of rows) console.log(`${column(socket)}${column(lambda)}  ${item}`);
}

const rows = [...coverage.values()].flat();
const missing = rows.filter(({ socket, lambda }) => socket + lambda === 0);
console.log(`\n${rows.length - missing.length} of ${rows.length} coverage items are used.`);
if (missing.length > 0) {
  console.error(`Not used:\n${missing.map(({ item }) => `  ${item}`).join('\n')}`);
  process.exitCode = 1;
}
