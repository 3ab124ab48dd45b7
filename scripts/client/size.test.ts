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

/** Measures an entry in the copy, with another limit in the script. */
function measure(name: string, current: string, limit: string) {
  const text = readFileSync(script, 'utf8');
  const changed = text.replace(current, limit);
  expect(changed).not.toBe(text);
  writeFileSync(join(copy, script), changed);
  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', script], { cwd: copy, encoding: 'utf8' });
  return { status, bytes: Number(new RegExp(`^${name}: (\\d+) of at most \\d+ bytes,`, 'm').exec(stdout)?.[1]) };
}

test.each([
  // The bundle includes openapi-fetch.
  ['The client', '5_600', 4_000, 10_000],
  // The core is not part of the others.
  ['Tickets', '400', 0, 1_000],
  ['Calendars', '250', 0, 1_000],
])('the size check of the entry %s fails if its limit is exceeded by one byte', (name, max, least, most) => {
  const entry = (limit: string) => measure(name, `maxBytes: ${max} `, `maxBytes: ${limit} `);
  const { status, bytes } = entry('50_000');
  expect(status).toBe(0);
  expect(bytes).toBeGreaterThan(least);
  expect(bytes).toBeLessThan(most);
  expect(entry(String(bytes)).status).toBe(0);
  expect(entry(String(bytes - 1)).status).toBe(1);
});
