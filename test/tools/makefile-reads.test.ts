/** The files that make builds: each depends on everything that its program imports or reads, so that no result is stale. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closureOf, generated, importsOf } from '../support/makefile.ts';

// For machines that are busy: generating and building take some seconds each.
jest.setTimeout(120_000);

describe('a file that make builds', () => {
  let copy: string;
  beforeAll(() => {
    copy = realpathSync(mkdtempSync(join(tmpdir(), 'makefile-')));
    const parts = ['openapi', 'scripts', 'src', 'client', 'docs/site', 'CHANGELOG.md', 'package.json', 'tsconfig.json'];
    for (const name of parts)
      cpSync(name, join(copy, name), { recursive: true, filter: (from) => !/\/(node_modules|dist)$/.test(from) });
    symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
    symlinkSync(resolve('client/node_modules'), join(copy, 'client/node_modules'));
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  /** Runs a program in the copy, and returns the files of the project that it has read. */
  function filesReadBy(program: string): string[] {
    const trace = join(copy, 'reads.json');
    const hook = resolve('test/support/trace-reads.mjs');
    const { status, stderr } = spawnSync(process.execPath, ['--import', hook, '--import', 'tsx', program], {
      cwd: copy,
      encoding: 'utf8',
      env: { ...process.env, TRACE_FILE: trace, REDOCLY_TELEMETRY: 'off' },
    });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    return (JSON.parse(readFileSync(trace, 'utf8')) as string[])
      .map((file) => relative(copy, resolve(copy, file.startsWith('file:') ? fileURLToPath(file) : file)))
      .filter((file) => !/^\.\.|\bnode_modules\b|^build\/|^client\/dist\//.test(file) && existsSync(file))
      .filter((file) => statSync(file).isFile());
  }

  it.each([
    ['build/.generated', 'scripts/contract/generate.ts'],
    ['build/docs/index.html', 'scripts/docs/build.ts'],
    ['client/dist/.built', 'scripts/client/build.ts'],
  ])('%s is built again after a change of any file that %s imports or reads', async (target, program) => {
    const inputs = new Set([...(await importsOf(program)), ...filesReadBy(program)]);
    expect(inputs.size).toBeGreaterThan(10);
    const known = closureOf(target);
    // The generated sources come from build/.generated, which the target depends on.
    const derived = target === 'build/.generated' ? new Set<string>() : new Set(generated);
    if ([...inputs].some((file) => derived.has(file))) expect(known).toContain('build/.generated');
    const missing = [...inputs].filter((file) => !known.has(file) && !generated.includes(file));
    expect(missing.sort()).toEqual([]);
  });

  it.each(['build/.generated', 'build/docs/index.html', 'client/dist/.built'])(
    '%s is built again after an update of the packages',
    (target) => {
      expect(closureOf(target)).toContain('package-lock.json');
    },
  );
});
