import { rmSync } from 'node:fs';

/** Stops the database that the global setup started, if it started one, and removes the files that test files shared. */
export default async function globalTeardown(): Promise<void> {
  rmSync(process.env['TEST_SCRATCH']!, { recursive: true, force: true });
  await globalThis.testDatabase?.stop();
}
