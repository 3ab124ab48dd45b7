/**
 * Tests the deployment without an AWS account: applies terraform/, makes what it has applied in an emulator of AWS, with the packages that
 * `make deps` has built, and sends requests through the gateway. Needs Terraform and Python.
 *
 *     tsx scripts/terraform/deployed.ts [arguments of Jest]
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { UserError } from '../quality/python.ts';
import { copyProject } from './copy.ts';
import { installEmulator, region, startEmulator } from './deployed/emulator.ts';
import { firstMissing, unreachable } from './needs.ts';

/** The account in the examples of AWS, which the ARNs of the deployment have. */
const account = '123456789012';

/** Variables that make the deployment as complete as an emulator allows. */
const variables = {
  create_user_pool: 'true',
  events_function_path: '/api/v1/events/{proxy+}',
  // The longest: a function starts slowly on a busy machine.
  function_timeout_seconds: '29',
  package_folder: resolve('build'),
};

/**
 * The tests of the API that hold behind a gateway too. The others replace the clock, the configuration or the database, read the log, or
 * expect responses that the gateway makes itself.
 */
const httpTests = ['examples'].map((name) => `test/http/${name}.test.ts`);

interface Command {
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the output is shown, and not returned. */
  readonly shown?: boolean;
}

/** Runs a command to its end. @throws Error with its output if it fails */
function run(command: string, args: readonly string[], { env = {}, shown = false }: Command = {}): Promise<string> {
  return new Promise((fulfill, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', shown ? 'inherit' : 'pipe', shown ? 'inherit' : 'pipe'],
    });
    const end = () => void child.kill('SIGTERM');
    process.once('SIGTERM', end);
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name]?.setEncoding('utf8').on('data', (text: string) => (output[name] += text));
    child.on('error', reject).on('close', (status) => {
      process.off('SIGTERM', end);
      if (status === 0) fulfill(output.stdout);
      else if (shown) reject(new UserError(''));
      else reject(new Error(unreachable(output.stderr) ?? `${command} ${args.join(' ')} failed:\n${output.stderr}`));
    });
  });
}

/** Runs a phase, and prints how long it takes. */
async function phase<Result>(description: string, work: () => Result | Promise<Result>): Promise<Result> {
  console.log(`${description} ...`);
  const begin = performance.now();
  const result = await work();
  console.log(`  done in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  return result;
}

/**
 * Applies terraform/ to an emulator, and writes the state as JSON. A provider that only pretends to create resources ignores the emulator.
 */
async function apply(scratch: string): Promise<string> {
  const emulator = await startEmulator(account, join(scratch, 'emulator'));
  const env = {
    AWS_ENDPOINT_URL: emulator.url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'emulated',
    AWS_EC2_METADATA_DISABLED: 'true',
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
  };
  try {
    copyProject(scratch);
    const terraform = (...args: string[]) =>
      run('terraform', [`-chdir=${join(scratch, 'terraform')}`, ...args], { env });
    await terraform('init', '-input=false', '-no-color', '-test-directory=modules');
    const values = Object.entries(variables).flatMap(([name, value]) => ['-var', `${name}=${value}`]);
    await terraform('apply', '-auto-approve', '-input=false', '-no-color', ...values);
    const state = join(scratch, 'state.json');
    writeFileSync(state, await terraform('show', '-json'));
    return state;
  } finally {
    await emulator.stop();
  }
}

async function main(args: readonly string[]): Promise<void> {
  const missing = firstMissing(['terraform', 'packages'], { env: process.env, args: [] });
  if (missing !== undefined) throw new UserError(missing);
  // Outside the project, whose package.json would tell Node.js how to read the files of the emulator.
  const scratch = mkdtempSync(join(tmpdir(), 'deployed-'));
  // Ctrl-C reaches the programs that run, too. They end, and then the files are removed.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  try {
    mkdirSync(join(scratch, 'emulator'));
    await phase('Installing the emulator of AWS', () => void installEmulator());
    const state = await phase('Applying terraform/', () => apply(scratch));
    // The tests use the tables of the deployment: no other database is started.
    const env = { TEST_TRANSPORT: 'deployed', DEPLOYED_STATE: state, DYNAMODB_ENDPOINT: '', TMPDIR: scratch };
    const jest = (...own: string[]) => run('node_modules/.bin/jest', [...own, ...args], { env, shown: true });
    await phase('Testing the deployment', () => jest('--config', 'test/deployed/jest.config.js'));
    await phase('Testing the API through the gateway', () => jest('--testTimeout=120000', ...httpTests));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

main(process.argv.slice(2)).catch((error: Error) => {
  if (error.message !== '') console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
});
