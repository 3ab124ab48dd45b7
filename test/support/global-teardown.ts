import { rmSync } from 'node:fs';

/** Prints the seed of the samples, stops the database that the global setup started, if it started one, and removes the files that test files shared. */
export default async function globalTeardown(): Promise<void> {
  process.stderr.write(`To repeat the samples of this run: CASES_SEED=${process.env['CASES_SEED']}\n`);
  for (const folder of ['TEST_SCRATCH', 'TEST_BUNDLES']) rmSync(process.env[folder]!, { recursive: true, force: true });
  await globalThis.testDatabase?.stop();
}
