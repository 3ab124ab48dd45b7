/**
 * Says what changed in the contract since the baseline, which is the contract of the last release.
 *
 *     tsx scripts/contract/diff.ts                 prints the changes, in the form of the changelog
 *     tsx scripts/contract/diff.ts --check    does the same, and exits 1 where they break clients and the version does not say so
 *     tsx scripts/contract/diff.ts --accept   makes the contract the new baseline, where that is allowed
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { renderChanges } from './diff/changes.ts';
import { compareContracts } from './diff/contracts.ts';
import { releaseError, baselineError, releasedVersions, versionOf } from './diff/gate.ts';
import { ContractError, readContract } from './read.ts';

const contractFile = 'openapi/openapi.yaml';
const baselineFile = 'openapi/baseline.yaml';
const mark = (version: string) =>
  `# The contract of ${version}, with which later ones are compared; written by \`make baseline\`, not by hand.\n`;

class GateError extends Error {}

function run(flag: string | undefined): void {
  const [before, after] = [readContract(baselineFile, baselineFile), readContract(contractFile, contractFile)];
  const versions = {
    baseline: versionOf(before, baselineFile),
    next: versionOf(after, contractFile),
    released: releasedVersions(readFileSync('CHANGELOG.md', 'utf8')),
  };
  const changes = compareContracts(before, after);
  console.log(changes.length === 0 ? `Nothing changed since ${versions.baseline}.` : renderChanges(changes));
  if (flag === '--check') assertNone(releaseError(changes, versions));
  if (flag === '--accept') {
    assertNone(baselineError(changes, versions));
    writeFileSync(baselineFile, mark(versions.next) + readFileSync(contractFile, 'utf8'));
    console.log(`The baseline is now the contract of ${versions.next}.`);
  }
}

function assertNone(reason: string | undefined): void {
  if (reason !== undefined) throw new GateError(reason);
}

try {
  run(process.argv[2]);
} catch (error) {
  if (!(error instanceof GateError || error instanceof ContractError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
