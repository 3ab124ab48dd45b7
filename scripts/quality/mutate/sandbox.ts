/** A copy of the project, in which the compiler and the tests run with a mutant, as in `make check`. */
import { spawn } from 'node:child_process';
import { cpSync, lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFiles } from '../project-files.ts';

/** What killed a mutant first, and its message. */
export interface Result {
  readonly by: 'generator' | 'types' | 'tests';
  readonly because: string;
}

/** Tests that run together: those of the product (`make test`) or of its tools (`make test-tools`). */
export interface TestRun {
  readonly suite: 'product' | 'tools';
  /** The folders whose tests run; all of the suite if absent. */
  readonly folders?: readonly string[];
}

export interface Sandbox {
  readonly folder: string;
  /**
   * Checks the current state of the folder with the compiler, then with the tests, until something fails. `generate` regenerates what
   * follows from the contract first.
   *
   * @returns undefined if the mutant survived
   */
  run(options: { readonly generate: boolean; readonly tests: readonly TestRun[] }): Promise<Result | undefined>;
  remove(): void;
}

/** Tests of something else: generated files (they are regenerated here), the list of checks, the README, the local stack, the mutants. */
const unrelated = [
  'test/tools/generated.test.ts',
  'test/tools/checks.test.ts',
  'test/tools/readme.test.ts',
  'test/stack',
  'scripts/stack',
  'scripts/quality',
];
/** The test that notices every change of the contract without running the server. */
const surfaceTest = 'test/contract/surface.test.ts';

/**
 * Copies the project. Packages are linked, except those that are part of the project.
 *
 * @param behaviorOnly whether to skip the snapshot of the contract
 */
export function createSandbox(folder: string, { behaviorOnly }: { readonly behaviorOnly: boolean }): Sandbox {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  for (const file of projectFiles()) cpSync(file, join(folder, file));
  linkPackages('node_modules', join(folder, 'node_modules'));

  const execute = (command: string, args: readonly string[]) => runIn(folder, join('node_modules/.bin', command), args);
  const ignored = [...unrelated, ...(behaviorOnly ? [surfaceTest] : [])].map((path) => `<rootDir>/${path}`);
  for (const [suite, config] of Object.entries(jestConfigs)) {
    writeFileSync(join(folder, configName(suite)), configWithout(config, ignored));
  }
  // `--ci` writes no snapshots, so an unknown one fails.
  const options = ['--ci', '--bail', '--silent', '--passWithNoTests'];
  const jest = (suite: string, paths: readonly string[]) =>
    execute('jest', ['--config', configName(suite), ...options, '--', ...paths]);

  /** A failure counts if it repeats: on a busy machine, a test that waits for something may fail without a reason. */
  async function runTests({ suite, folders = [] }: TestRun, attempts = 3): Promise<Result | undefined> {
    const failure = await jest(suite, folders);
    if (failure === undefined) return undefined;
    const again = await jest(suite, failedFiles(failure));
    if (again === undefined && attempts > 1) return runTests({ suite, folders }, attempts - 1);
    return { by: 'tests', because: failedTest(again ?? failure) };
  }

  return {
    folder,
    async run({ generate, tests }) {
      const generated = generate ? await execute('tsx', ['scripts/contract/generate.ts']) : undefined;
      if (generated !== undefined) return { by: 'generator', because: firstLine(generated) };
      const typed = await execute('tsc', ['--noEmit', '--incremental', '--tsBuildInfoFile', 'build/types.tsbuildinfo']);
      if (typed !== undefined) return { by: 'types', because: firstLine(typed) };
      for (const testRun of tests) {
        const failure = await runTests(testRun);
        if (failure) return failure;
      }
      return undefined;
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** The configuration of Jest for each suite. */
const jestConfigs: Readonly<Record<TestRun['suite'], string>> = {
  product: 'jest.config.js',
  tools: 'jest.tools.config.js',
};

const configName = (suite: string) => `jest.mutate.${suite}.config.js`;

/** The configuration with more ignored paths: the option of the command line would replace those of the configuration. */
const configWithout = (config: string, paths: readonly string[]) => `
import config from './${config}';
export default { ...config, testPathIgnorePatterns: [...config.testPathIgnorePatterns, ...${JSON.stringify(paths)}] };
`;

/** Links every package. Links to workspaces are copied, so that they lead into the copy. */
function linkPackages(from: string, to: string): void {
  for (const name of readdirSync(from)) {
    const source = join(from, name);
    if (lstatSync(source).isSymbolicLink()) cpSync(source, join(to, name), { verbatimSymlinks: true });
    else if (name.startsWith('@')) {
      mkdirSync(join(to, name));
      linkPackages(source, join(to, name));
    } else symlinkSync(join(process.cwd(), source), join(to, name));
  }
}

/** A mutant may cause an infinite loop, which counts as killed. In milliseconds; a whole suite takes several minutes. */
const maxRunMs = 600_000;

/** Runs a command and ends all processes that it started. Returns its output if it fails, undefined otherwise. */
function runIn(cwd: string, command: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    let output = '';
    const timer = setTimeout(() => {
      output += '● Timeout.';
      endGroup(child.pid);
    }, maxRunMs);
    const keep = (chunk: Buffer) => (output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    // Jest's workers outlive it if `--bail` ends it.
    child.once('exit', () => {
      clearTimeout(timer);
      endGroup(child.pid);
    });
    child.once('close', (code) => resolve(code === 0 ? undefined : output));
  });
}

function endGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {
    // All of its processes have ended.
  }
}

const firstLine = (text: string) => text.trim().split('\n')[0] ?? '';

const failedFiles = (report: string) => [...report.matchAll(/^FAIL (\S+)/gm)].map(([, file]) => file as string);

/** The title of the first test that failed, from Jest's report. */
function failedTest(report: string): string {
  return firstLine(/● (.+)/.exec(report)?.[1] ?? report);
}
