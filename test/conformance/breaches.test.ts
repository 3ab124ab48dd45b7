import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'breaches-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a test file with the configuration of this project, but without its database and what this very run has seen. */
function run(source: string): string {
  const config = `import base from ${JSON.stringify(resolve('jest.config.js'))};
    export default { ...base, rootDir: ${JSON.stringify(process.cwd())}, roots: [${JSON.stringify(folder)}], globalSetup: undefined, globalTeardown: undefined };`;
  writeFileSync(join(folder, 'jest.config.mjs'), config);
  writeFileSync(
    join(folder, 'one.test.ts'),
    `import { noteBreach } from ${JSON.stringify(resolve('test/conformance/breaches.ts'))};\n${source}`,
  );
  return spawnSync(process.execPath, ['node_modules/jest/bin/jest.js', '--config', join(folder, 'jest.config.mjs')], {
    encoding: 'utf8',
  }).stderr;
}

test('a breach fails the test in which it was noted, and no other, whatever became of the answer', () => {
  const report = run(`
    test('before', () => {});
    test('swallows it', () => noteBreach(new Error('an undocumented status')));
    test('after', () => {});`);
  expect(report).toContain('● swallows it\n\n    an undocumented status');
  expect(report).toMatch(/Tests: +1 failed, 2 passed, 3 total/);
});

test('one that is noted after the last test of a group fails the file', () => {
  const report = run(`
    describe('a group', () => {
      afterAll(() => noteBreach(new Error('an undocumented status')));
      test('all is well', () => {});
    });`);
  expect(report).toContain('an undocumented status');
  expect(report).toContain('FAIL');
});
