import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storedContract } from './contract-file.ts';
import { coverageOf } from './coverage.ts';

/** A separate project folder, so that the report does not read the counts of this run. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
  for (const name of ['node_modules', 'package.json', 'tsconfig.json', 'test', 'openapi', 'src'])
    symlinkSync(join(process.cwd(), name), join(folder, name));
  mkdirSync(join(folder, 'build/recorded'), { recursive: true });
  cpSync('build/contract.json', join(folder, 'build/contract.json'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const items = [...coverageOf(storedContract(), new Map()).values()].flat().map(({ item }) => item);

/** Runs the report after two processes used these items: the first over a socket, the second through the Lambda handler. */
function report(...used: readonly (readonly string[])[]) {
  used.forEach((items, index) => {
    const counts = items.map((item) => [item, { socket: 1 - index, lambda: index }]);
    writeFileSync(join(folder, `build/recorded/${index}.jsonl`), `${JSON.stringify(counts)}\n`);
  });
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'test/conformance/report.ts'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('The coverage report', () => {
  it('succeeds if each coverage item was used, in any process', () => {
    const { status, stdout, stderr } = report(items.slice(1), items.slice(0, 2));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(
      `       0       1  ${items[0]}\n       1       1  ${items[1]}\n       1       0  ${items[2]}\n`,
    );
    expect(stdout).toContain(`${items.length} of ${items.length} coverage items are used.\n`);
  });

  it('fails if a coverage item was never used, and names it', () => {
    const { status, stdout, stderr } = report(items.slice(1), []);
    expect({ status, stderr }).toEqual({ status: 1, stderr: `Not used:\n  ${items[0]}\n` });
    expect(stdout).toContain(`${items.length - 1} of ${items.length} coverage items are used.\n`);
  });
});
