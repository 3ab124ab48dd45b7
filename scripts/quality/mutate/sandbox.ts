/** A copy of the project, in which the compiler and the tests run with a mutant, as in `make check`. */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFiles } from '../project-files.ts';
import { snapshotTests } from './snapshots.ts';

/** What killed a mutant first, and its message. */
export interface Result {
  readonly by: 'generator' | 'types' | 'tests' | 'terraform';
  readonly because: string;
}

/** One way to notice a mutant. */
export type Step =
  /** The generators, which write what follows from the contract, then the compiler. */
  | { readonly check: 'generate' | 'types' }
  /**
   * Tests of the product (`make test`) or of its tools (`make test-tools`): those in these files and folders, or all. The result of
   * tests that start nothing and wait for nothing is certain: their failure need not repeat.
   */
  | { readonly check: 'product' | 'tools'; readonly paths?: readonly string[]; readonly certain?: boolean }
  /** The tests that run Terraform (`make terraform-test`), or those of a deployment only, which take a minute. */
  | { readonly check: 'deployment' | 'terraform' };

export interface Sandbox {
  readonly folder: string;
  /**
   * Checks the current state of the folder.
   *
   * @returns what failed; undefined if nothing did
   */
  run(step: Step): Promise<Result | undefined>;
  remove(): void;
}

/** Tests of something else: generated files (they are regenerated here), the list of checks, the README, the local stack, the mutants. */
export const unrelated = [
  'test/tools/generated.test.ts',
  'test/tools/checks.test.ts',
  'test/tools/readme.test.ts',
  'test/stack/kill.test.ts',
  'scripts/stack',
  'scripts/quality',
];

/**
 * Copies the project. Packages are linked, except those that are part of the project.
 *
 * @param behaviorOnly whether to skip the snapshots of the contract
 */
export function createSandbox(folder: string, { behaviorOnly }: { readonly behaviorOnly: boolean }): Sandbox {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  for (const file of projectFiles()) cpSync(file, join(folder, file));
  linkPackages('node_modules', join(folder, 'node_modules'));

  const execute = (command: string, args: readonly string[]) => runIn(folder, join('node_modules/.bin', command), args);
  const ignored = [...unrelated, ...(behaviorOnly ? snapshotTests : [])].map((path) => `<rootDir>/${path}`);
  for (const [suite, config] of Object.entries(jestConfigs)) {
    writeFileSync(join(folder, configName(suite)), configWithout(config, ignored));
  }
  // `--ci` writes no snapshots, so an unknown one fails.
  const options = ['--ci', '--bail', '--silent', '--passWithNoTests'];
  const jest = (suite: Suite, paths: readonly string[]) =>
    execute('jest', ['--config', configName(suite), ...options, '--', ...paths]);

  /** A failure counts if it repeats: on a busy machine, a test that waits for something may fail without a reason. */
  async function runTests(
    { check: suite, paths = [], certain = false }: TestStep,
    attempts = 3,
  ): Promise<Result | undefined> {
    const failure = await jest(suite, paths);
    if (failure === undefined) return undefined;
    if (certain) return { by: 'tests', because: failedTest(failure) };
    const again = await jest(suite, failedFiles(failure));
    if (again === undefined && attempts > 1) return runTests({ check: suite, paths }, attempts - 1);
    return { by: 'tests', because: failedTest(again ?? failure) };
  }

  async function runStep(step: Step): Promise<Result | undefined> {
    if (isTestStep(step)) return runTests(step);
    const { by, command, args, because = firstLine } = programs[step.check];
    const output = await execute(command, args);
    return output === undefined ? undefined : { by, because: because(output) };
  }

  return {
    folder,
    run: runStep,
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

type Suite = 'product' | 'tools';
type TestStep = Extract<Step, { readonly check: Suite }>;

const isTestStep = (step: Step): step is TestStep => step.check === 'product' || step.check === 'tools';

interface Program {
  readonly by: Result['by'];
  /** Below node_modules/.bin. */
  readonly command: string;
  readonly args: readonly string[];
  /** The message in its output; the first line by default. */
  readonly because?: (output: string) => string;
}

const programs: Readonly<Record<Exclude<Step['check'], Suite>, Program>> = {
  generate: { by: 'generator', command: 'tsx', args: ['scripts/contract/generate.ts'] },
  types: {
    by: 'types',
    command: 'tsc',
    args: ['--noEmit', '--incremental', '--tsBuildInfoFile', 'build/types.tsbuildinfo'],
  },
  deployment: {
    by: 'terraform',
    command: 'tsx',
    args: ['scripts/terraform/test.ts', '--deployment'],
    because: terraformError,
  },
  terraform: { by: 'terraform', command: 'tsx', args: ['scripts/terraform/test.ts'], because: terraformError },
};

/** The configuration of Jest for each suite. */
const jestConfigs: Readonly<Record<Suite, string>> = {
  product: 'jest.config.js',
  tools: 'jest.tools.config.js',
};

const configName = (suite: string) => `jest.mutate.${suite}.config.js`;

/** The configuration for mutants, with more ignored paths: the option of the command line would replace those of the configuration. */
const configWithout = (config: string, paths: readonly string[]) => `
import config from './${config}';
export default {
  ...config,
  testEnvironment: '<rootDir>/scripts/quality/mutate/first-failure.ts',
  testPathIgnorePatterns: [...config.testPathIgnorePatterns, ...${JSON.stringify(paths)}],
};
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
      env: {
        ...process.env,
        ...providerSettings,
        TEST_TRANSPORT: 'all',
        FUZZ_RUNS: '4',
        WORLDS: '40',
        CASES: 'all',
        NO_COLOR: '1',
      },
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

const substitute = '../shared/terraform-offline/run-check';

/** As in .ci/run: without a network, Terraform finds its provider in a substitute for the registry, if there is one. */
const providerSettings = readProviderSettings();

function readProviderSettings(): Record<string, string> {
  if (!existsSync(substitute)) return {};
  const exports = execFileSync(substitute, ['--env'], { encoding: 'utf8' });
  const settings = [...exports.matchAll(/^export (\w+)='(.*)'$/gm)];
  return Object.fromEntries(settings.map(([, name = '', value = '']) => [name, value]));
}

function endGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {
    // All of its processes have ended.
  }
}

/** The first error of Terraform, or the first test that failed. */
function terraformError(output: string): string {
  return firstLine(/^\W*Error: .*$|● .+/m.exec(output)?.[0] ?? output);
}

const firstLine = (text: string) => text.trim().split('\n')[0] ?? '';

const failedFiles = (report: string) => [...report.matchAll(/^FAIL (\S+)/gm)].map(([, file]) => file as string);

/** The title of the first test that failed, from Jest's report. */
function failedTest(report: string): string {
  return firstLine(/● (.+)/.exec(report)?.[1] ?? report);
}
