/** The Makefile: each target depends on everything that its programs read, so that no result is stale. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

interface Rule {
  readonly prerequisites: readonly string[];
  readonly recipe: string;
}

/** The rules as make has expanded them, by target. */
function readRules(): Map<string, Rule> {
  const { stdout } = spawnSync('make', ['--print-data-base', '--question', '--no-builtin-rules', 'help'], {
    encoding: 'utf8',
    env: { ...process.env, MAKEFLAGS: '', LC_ALL: 'C' },
  });
  const rules = [...stdout.matchAll(/^([\w./-]+):(?!=) ?(.*)\n((?:(?:#.*|\t.*)\n)*)/gm)];
  return new Map(
    rules.map(([, target = '', prerequisites = '', rest = '']) => [
      target,
      {
        prerequisites: prerequisites.split(/[ |]+/).filter((one) => one !== ''),
        recipe: (rest.match(/^\t.*$/gm) ?? []).join('\n'),
      },
    ]),
  );
}

const rules = readRules();

/** Everything that a target depends on, directly or not. */
function closureOf(target: string, found = new Set<string>()): Set<string> {
  for (const one of rules.get(target)?.prerequisites ?? []) {
    if (found.has(one)) continue;
    found.add(one);
    closureOf(one, found);
  }
  return found;
}

/** The files of the project that a program imports, directly or not, with itself. */
async function importsOf(entry: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    write: false,
    outdir: 'build/unused',
    metafile: true,
    logLevel: 'silent',
  });
  return Object.keys(metafile.inputs).filter((file) => !file.startsWith('node_modules/'));
}

/** What the generators write: see scripts/contract/generate.ts. */
const generated = readFileSync('scripts/contract/generate.ts', 'utf8')
  .match(/^ {2}'(src|client)\/\S+\.ts'(?=:)/gm)!
  .map((line) => line.trim().replaceAll("'", ''));

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

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Readonly<Record<string, string>> };

/** The programs that a recipe runs: our own ones, and `jest`. */
function programsOf(recipe: string): string[] {
  const named = [...recipe.matchAll(/\$\(RUN\) ([\w:]+)/g)].map(([, name = '']) => scripts[name] ?? '');
  const commands = [recipe, ...named].join('\n').replaceAll('$(TSX)', 'tsx');
  return [...commands.matchAll(/\btsx (\S+\.ts)|\b(jest)\b/g)].map(([, file, jest]) => file ?? jest ?? '');
}

const targets = [...rules].filter(([target, { recipe }]) => programsOf(recipe).length > 0 && !target.includes('/'));

/** Programs that use no generated source, and `check`, which compares them with the contract before anything generates them. */
const withoutGenerated = ['apply', 'baseline', 'changes', 'check', 'destroy', 'init', 'node24', 'plan', 'token'];

describe('the targets of the Makefile', () => {
  it('include those that run programs of the project', () => {
    expect(targets.map(([target]) => target)).toEqual(
      expect.arrayContaining([...withoutGenerated, 'dev', 'test', 'test-tools', 'deps']),
    );
  });

  it.each(targets.map(([target]) => target))(
    'include %s, which looks for Node.js and installs the packages first',
    (target) => {
      expect(closureOf(target)).toContain('node');
      // `token` prints nothing else, and works only beside a running stack.
      if (target !== 'token') expect(closureOf(target)).toContain('package-lock.json');
    },
  );

  it.each(targets.filter(([target]) => !withoutGenerated.includes(target)).map(([target]) => target))(
    'include %s, which generates what follows from the contract first',
    (target) => {
      expect(closureOf(target)).toContain('build/.generated');
    },
  );

  it.each(targets.filter(([target]) => withoutGenerated.includes(target) && target !== 'check'))(
    'include %s, whose program uses no generated source',
    async (_target, { recipe }) => {
      const used = (await Promise.all(programsOf(recipe).map(importsOf))).flat();
      expect(used.filter((file) => generated.includes(file))).toEqual([]);
    },
  );

  it.each([
    ['generate', 'build/.generated'],
    ['docs', 'build/docs/index.html'],
    ['client', 'client/dist/.built'],
    ['screenshots', 'build/docs/index.html'],
    ['screenshots', 'example'],
    ['check', 'node24'],
    ['bench', 'node24'],
    ['bench', 'scripts/bench/package-lock.json'],
    ['mutate-modules', 'scripts/quality/mutate/modules/package-lock.json'],
    ['terraform-scan', '.github/checkov.txt'],
  ])('include %s, which needs %s', (target, prerequisite) => {
    expect(closureOf(target)).toContain(prerequisite);
  });

  it('look for Node.js before they install packages', () => {
    const installing = [...rules].filter(([, { recipe }]) => recipe.includes('npm ci'));
    expect(installing.length).toBeGreaterThan(2);
    for (const [target] of installing) expect(closureOf(target)).toContain('node');
  });

  it('all have names that are not files', () => {
    const phony = rules.get('.PHONY')?.prerequisites ?? [];
    const named = [...rules.keys()].filter((target) => !/[./]/.test(target) && target !== 'Makefile');
    expect(named.filter((target) => !phony.includes(target))).toEqual([]);
  });
});
