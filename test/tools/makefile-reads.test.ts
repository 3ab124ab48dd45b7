/** The files that make builds: each depends on everything that its program imports or reads, so that no result is stale. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closureOf, generated, importsOf } from '../support/makefile.ts';

// For machines that are busy: generating and building take some seconds each.
jest.setTimeout(120_000);

/** What the programs can read, besides packages. */
const parts = ['openapi', 'scripts', 'src', 'client', 'docs/site', 'CHANGELOG.md', 'package.json', 'tsconfig.json'];
const isPart = (name: string) => !/(^|\/)(node_modules|dist)$/.test(name);

/** The files that each program has read, until something changes that decides it: tracing them takes ten seconds. */
const cache = 'build/files-read.json';
type FilesRead = Readonly<Record<string, readonly string[]>>;

/** A digest of everything that decides which files a program reads. */
function stateOfParts(): string {
  const digest = createHash('sha256').update(process.version);
  for (const file of ['package-lock.json', 'test/support/trace-reads.mjs', ...parts.flatMap(filesIn)])
    digest.update(`${file}\0`).update(readFileSync(file)).update('\0');
  return digest.digest('hex');
}

function filesIn(name: string): string[] {
  if (!isPart(name)) return [];
  return statSync(name).isDirectory() ? readdirSync(name).flatMap((one) => filesIn(join(name, one))) : [name];
}

describe('a file that make builds', () => {
  const state = stateOfParts();
  const stored = existsSync(cache) ? (JSON.parse(readFileSync(cache, 'utf8')) as Record<string, FilesRead>) : {};
  const known: Record<string, readonly string[]> = { ...stored[state] };
  let copy: string | undefined;

  afterAll(() => {
    if (copy === undefined) return;
    rmSync(copy, { recursive: true, force: true });
    mkdirSync('build', { recursive: true });
    writeFileSync(cache, JSON.stringify({ [state]: known }));
  });

  function copyProject(): string {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'makefile-')));
    for (const name of parts) cpSync(name, join(folder, name), { recursive: true, filter: isPart });
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    symlinkSync(resolve('client/node_modules'), join(folder, 'client/node_modules'));
    return folder;
  }

  /** Runs a program in a copy of the project, and returns the files of the project that it has read. */
  function filesReadBy(program: string): readonly string[] {
    return (known[program] ??= traceReads(program, (copy ??= copyProject())));
  }

  function traceReads(program: string, folder: string): string[] {
    const trace = join(folder, 'reads.json');
    const hook = resolve('test/support/trace-reads.mjs');
    const { status, stderr } = spawnSync(process.execPath, ['--import', hook, '--import', 'tsx', program], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, TRACE_FILE: trace, REDOCLY_TELEMETRY: 'off' },
    });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    return (JSON.parse(readFileSync(trace, 'utf8')) as string[])
      .map((file) => relative(folder, resolve(folder, file.startsWith('file:') ? fileURLToPath(file) : file)))
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
    const prerequisites = closureOf(target);
    // The generated sources come from build/.generated, which the target depends on.
    const derived = target === 'build/.generated' ? new Set<string>() : new Set(generated);
    if ([...inputs].some((file) => derived.has(file))) expect(prerequisites).toContain('build/.generated');
    const missing = [...inputs].filter((file) => !prerequisites.has(file) && !generated.includes(file));
    expect(missing.sort()).toEqual([]);
  });

  it.each(['build/.generated', 'build/docs/index.html', 'client/dist/.built'])(
    '%s is built again after an update of the packages',
    (target) => {
      expect(closureOf(target)).toContain('package-lock.json');
    },
  );
});
