/** A copy of the project, in which a change is made and judged by the compiler and the tests, as `make check` would. */
import { spawn } from 'node:child_process';
import { cpSync, lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFiles } from '../project-files.ts';

/** Who noticed a change first, and by what; undefined where nobody did. */
export interface Verdict {
  readonly by: 'generator' | 'types' | 'tests';
  readonly because: string;
}

export interface Workbench {
  readonly folder: string;
  /**
   * Judges what stands in the folder now. `generate` makes anew what follows from the contract; `near` are groups of folders whose
   * tests are run before all others, group by group, as they are quick and most likely to notice.
   */
  judge(options: {
    readonly generate: boolean;
    readonly near: readonly (readonly string[])[];
  }): Promise<Verdict | undefined>;
  remove(): void;
}

/**
 * Tests that judge something else: that files are in sync (they are made anew here), that every check is made, how the local stack lives,
 * what the README says, and the places of these very changes.
 */
const elsewhere = [
  'test/tools/generated.test.ts',
  'test/tools/checks.test.ts',
  'test/tools/readme.test.ts',
  'test/stack',
  'scripts/stack',
  'scripts/quality/mutate',
];
/** The test that shows every change of the contract, whatever the server does: without it, behaviour alone is judged. */
const acceptedPromises = 'test/contract/surface.test.ts';

/**
 * Copies the project; packages are linked, but those that are parts of the project themselves.
 *
 * @param behaviourOnly whether to leave out the test that compares the contract with what was accepted
 */
export function createWorkbench(folder: string, { behaviourOnly }: { readonly behaviourOnly: boolean }): Workbench {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  for (const file of projectFiles()) cpSync(file, join(folder, file));
  linkPackages('node_modules', join(folder, 'node_modules'));

  const run = (command: string, args: readonly string[]) => runIn(folder, join('node_modules/.bin', command), args);
  const ignored = [...elsewhere, ...(behaviourOnly ? [acceptedPromises] : [])].map((path) => `<rootDir>/${path}`);
  writeFileSync(join(folder, 'jest.mutate.config.js'), configWithout(ignored));
  // `--ci` writes no snapshot, so that what is not accepted fails.
  const options = ['--config', 'jest.mutate.config.js', '--ci', '--bail', '--silent', '--passWithNoTests'];
  const jest = (...paths: string[]) => run('jest', [...options, '--', ...paths]);

  /** A test counts where it fails twice: on a busy machine one that waits for something may fail by itself. */
  async function judgeByTests(paths: readonly string[], tries = 3): Promise<Verdict | undefined> {
    const tested = await jest(...paths);
    if (tested === undefined) return undefined;
    const again = await jest(...failedFiles(tested));
    if (again === undefined && tries > 1) return judgeByTests(paths, tries - 1);
    return { by: 'tests', because: failedTest(again ?? tested) };
  }

  return {
    folder,
    async judge({ generate, near }) {
      const generated = generate ? await run('tsx', ['scripts/contract/generate.ts']) : undefined;
      if (generated !== undefined) return { by: 'generator', because: firstLine(generated) };
      const typed = await run('tsc', ['--noEmit', '--incremental', '--tsBuildInfoFile', 'build/types.tsbuildinfo']);
      if (typed !== undefined) return { by: 'types', because: firstLine(typed) };
      for (const folders of [...near, []]) {
        const verdict = await judgeByTests(folders);
        if (verdict) return verdict;
      }
      return undefined;
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Jest's configuration with more paths to leave out: the option of its command line would replace those of the configuration. */
const configWithout = (paths: readonly string[]) => `
import config from './jest.config.js';
export default { ...config, testPathIgnorePatterns: [...config.testPathIgnorePatterns, ...${JSON.stringify(paths)}] };
`;

/** Links every package; what is a link already (a workspace) is copied as one, and so leads into the copy. */
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

/** A change may make something run for ever: whoever watches a run that does not end has noticed it. In milliseconds. */
const longestRun = 300_000;

/** Runs a command, with all processes that it starts, to its end: undefined where it succeeds, else what it printed. */
function runIn(cwd: string, command: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    let output = '';
    const tooLong = setTimeout(() => {
      output += '● It does not end.';
      endGroup(child.pid);
    }, longestRun);
    const keep = (chunk: Buffer) => (output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    // Jest's workers outlive it where `--bail` has ended it.
    child.once('exit', () => {
      clearTimeout(tooLong);
      endGroup(child.pid);
    });
    child.once('close', (code) => resolve(code === 0 ? undefined : output));
  });
}

function endGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {
    // It is empty.
  }
}

const firstLine = (text: string) => text.trim().split('\n')[0] ?? '';

const failedFiles = (report: string) => [...report.matchAll(/^FAIL (\S+)/gm)].map(([, file]) => file as string);

/** The title of the test that failed first, in Jest's report. */
function failedTest(report: string): string {
  return firstLine(/● (.+)/.exec(report)?.[1] ?? report);
}
