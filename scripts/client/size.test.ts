import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const script = 'scripts/client/size.ts';
let copy: string;
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'size-'));
  for (const name of [script, 'client/src', 'package.json', 'tsconfig.json'])
    cpSync(name, join(copy, name), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true }));

/** Measures the client in the copy, with another limit in the script. */
function measure(limit: string) {
  const text = readFileSync(script, 'utf8');
  const changed = text.replace('5_200', limit);
  expect(changed).not.toBe(text);
  writeFileSync(join(copy, script), changed);
  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', script], { cwd: copy, encoding: 'utf8' });
  return { status, bytes: Number(/^The client: (\d+) of at most \d+ bytes,/.exec(stdout)?.[1]) };
}

test('the size check of the client fails if its limit is exceeded by one byte', () => {
  const { status, bytes } = measure('50_000');
  expect(status).toBe(0);
  // The bundle includes openapi-fetch.
  expect(bytes).toBeGreaterThan(4_000);
  const perOperation = 'Object.keys(operations).length - 9';
  expect(measure(`${bytes} - 20 * (${perOperation})`).status).toBe(0);
  expect(measure(`${bytes - 1} - 20 * (${perOperation})`).status).toBe(1);
});
