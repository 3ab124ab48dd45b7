/** The contract for the tests. Parsing its YAML takes a quarter of a second, so it is done once per test run (`contract-source.ts`). */
import { readFileSync } from 'node:fs';

export const parsed = 'build/contract.json';

/** The contract that `storeContract` has stored. */
export function storedContract(): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(parsed, 'utf8')) as Readonly<Record<string, unknown>>;
}
