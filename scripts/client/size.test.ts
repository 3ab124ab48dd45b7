import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEntries } from './entries.ts';

const script = 'scripts/client/size.ts';
let copy: string;
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'size-'));
  for (const name of ['scripts/client', 'client/src', 'client/package.json', 'package.json', 'tsconfig.json'])
    cpSync(name, join(copy, name), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true }));

/** Measures an entry in the copy, with another limit in the script. */
function measure(specifier: string, limit: string, path: string) {
  const text = readFileSync(script, 'utf8');
  const changed = text.replace(new RegExp(`(?<='${path.replaceAll('.', '\\.')}': )[\\d_]+`), limit);
  expect(changed).not.toBe(text);
  writeFileSync(join(copy, script), changed);
  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', script], { cwd: copy, encoding: 'utf8' });
  return { status, bytes: Number(new RegExp(`^${specifier}: (\\d+) of at most \\d+ bytes,`, 'm').exec(stdout)?.[1]) };
}

test.each(readEntries())(
  'the size check of $specifier fails if its limit is exceeded by one byte',
  ({ path, specifier }) => {
    const entry = (limit: string) => measure(specifier, limit, path);
    const { status, bytes } = entry('50_000');
    expect(status).toBe(0);
    // With its dependencies, and without the core if it is another entry.
    const [least, most] = /^\.$|testing/.test(path) ? [4_000, 10_000] : [0, path === './schemas' ? 13_000 : 4_000];
    expect(bytes).toBeGreaterThan(least);
    expect(bytes).toBeLessThan(most);
    expect(entry(String(bytes)).status).toBe(0);
    expect(entry(String(bytes - 1)).status).toBe(1);
  },
);

test('the size check fails if the limit of an export of an entry is exceeded by one byte', () => {
  const check = (limit: string) => {
    const text = readFileSync(script, 'utf8').replace(/(?<=limits: )[\d_]+/, limit);
    writeFileSync(join(copy, script), text);
    return spawnSync(process.execPath, ['--import', 'tsx', script], { cwd: copy, encoding: 'utf8' });
  };
  const { status, stdout } = check('50_000');
  const [, bytes] = /^limits of it: (\d+) of/m.exec(stdout) ?? [];
  expect(status).toBe(0);
  expect(check(String(bytes)).status).toBe(0);
  expect(check(String(Number(bytes) - 1)).status).toBe(1);
});
