import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storedContract } from './contract-file.ts';
import { coverageOf } from './coverage.ts';

/** A project of its own, with what a run has left behind: it must not touch what this run has seen. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
  for (const name of ['node_modules', 'package.json', 'tsconfig.json', 'test', 'openapi', 'src'])
    symlinkSync(join(process.cwd(), name), join(folder, name));
  mkdirSync(join(folder, 'build/seen'), { recursive: true });
  cpSync('build/contract.json', join(folder, 'build/contract.json'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const entries = [...coverageOf(storedContract(), new Map()).values()].flat().map(({ entry }) => entry);

/** What the report says of a run in which two processes have seen these entries, one of them over a socket and one as a Lambda. */
function report(...seen: readonly (readonly string[])[]) {
  seen.forEach((of, index) => {
    const counts = of.map((entry) => [entry, { socket: 1 - index, lambda: index }]);
    writeFileSync(join(folder, `build/seen/${index}.jsonl`), `${JSON.stringify(counts)}\n`);
  });
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'test/conformance/report.ts'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('the report on what a run has seen', () => {
  it('is content where each entry was seen once, by whichever process', () => {
    const { status, stdout, stderr } = report(entries.slice(1), entries.slice(0, 2));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(
      `       0       1  ${entries[0]}\n       1       1  ${entries[1]}\n       1       0  ${entries[2]}\n`,
    );
    expect(stdout).toContain(`${entries.length} of ${entries.length} entries of the contract were seen.\n`);
  });

  it('fails where one never was, and names it', () => {
    const { status, stdout, stderr } = report(entries.slice(1), []);
    expect({ status, stderr }).toEqual({ status: 1, stderr: `Not seen:\n  ${entries[0]}\n` });
    expect(stdout).toContain(`${entries.length - 1} of ${entries.length} entries of the contract were seen.\n`);
  });
});
