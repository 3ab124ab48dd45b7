import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'violations-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a test file with the Jest configuration of this project, but without its global setup: no database, and this run's counts are kept. */
function run(source: string): string {
  const config = `import base from ${JSON.stringify(resolve('jest.config.js'))};
    export default { ...base, rootDir: ${JSON.stringify(process.cwd())}, roots: [${JSON.stringify(folder)}], globalSetup: undefined, globalTeardown: undefined };`;
  writeFileSync(join(folder, 'jest.config.mjs'), config);
  writeFileSync(
    join(folder, 'one.test.ts'),
    `import { recordViolation } from ${JSON.stringify(resolve('test/conformance/violations.ts'))};\n${source}`,
  );
  return spawnSync(process.execPath, ['node_modules/jest/bin/jest.js', '--config', join(folder, 'jest.config.mjs')], {
    encoding: 'utf8',
  }).stderr;
}

describe('A violation', () => {
  test('fails the test in which it is recorded, and no other test', () => {
    const report = run(`
    test('before', () => {});
    test('swallows the violation', () => recordViolation(new Error('an undocumented status')));
    test('after', () => {});`);
    expect(report).toContain('● swallows the violation\n\n    an undocumented status');
    expect(report).toMatch(/Tests: +1 failed, 2 passed, 3 total/);
  });

  test('fails the test file if it is recorded after the last test of a group', () => {
    const report = run(`
    describe('a group', () => {
      afterAll(() => recordViolation(new Error('an undocumented status')));
      test('succeeds', () => {});
    });`);
    expect(report).toContain('an undocumented status');
    expect(report).toContain('FAIL');
  });
});
