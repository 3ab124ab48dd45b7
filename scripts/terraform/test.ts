/**
 * Tests terraform/ in a copy below build/, so that your variables, state, backend and lock file have no effect.
 *
 *     tsx scripts/terraform/test.ts                      everything; Terraform downloads the AWS provider from its registry
 *     tsx scripts/terraform/test.ts --without-registry   only what needs no provider; skipped if Terraform is not installed
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { firstMissing, unreachable } from './needs.ts';

const copy = 'build/terraform-test';
const withoutRegistry = process.argv.includes('--without-registry');

/** Files of a deployment, which are not part of the project. A lock file would also forbid other builds of the provider. */
const own = /^(\.terraform|\.terraform\.lock\.hcl|.*\.tfvars|.*\.tfstate.*|backend\.tf)$/;

/** Copies the files that Terraform reads to the same places. Providers that were downloaded before are kept. */
function copyProject(): void {
  for (const folder of ['terraform', 'terraform/modules/contract']) {
    mkdirSync(join(copy, folder), { recursive: true });
    for (const name of readdirSync(join(copy, folder)))
      if (!own.test(name) && name !== 'modules') rmSync(join(copy, folder, name), { recursive: true });
  }
  cpSync('terraform', join(copy, 'terraform'), { recursive: true, filter: (from) => !own.test(basename(from)) });
  for (const file of ['openapi/openapi.yaml', 'src/storage/tables.json']) cpSync(file, join(copy, file));
}

/** Runs a step. Its output is shown if it fails, or always if `shown` is set. */
function step(command: string, args: readonly string[], { shown = false } = {}): void {
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TERRAFORM_COPY: copy };
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env,
    stdio: shown ? 'inherit' : 'pipe',
  });
  if (error) throw error;
  if (status === 0) return;
  if (!shown) process.stderr.write(`${stdout}${stderr}`);
  throw new Error(unreachable(stderr ?? '') ?? `${command} ${args.join(' ')} failed.`);
}

function testModule(folder: string): void {
  const chdir = `-chdir=${join(copy, folder)}`;
  step('terraform', [chdir, 'init', '-input=false', '-no-color']);
  step('terraform', [chdir, 'test', '-no-color'], { shown: !withoutRegistry });
}

function main(): void {
  const missing = firstMissing(['terraform'], { env: process.env, args: [] });
  if (missing !== undefined && withoutRegistry) {
    console.log('  Terraform is not installed or too old: skipped.');
    return;
  }
  if (missing !== undefined) throw new Error(missing);

  step('terraform', ['fmt', '-check', '-recursive', '-diff', 'terraform']);
  copyProject();
  testModule('terraform/modules/contract');
  if (!withoutRegistry) testModule('terraform');
  const jest = ['node_modules/.bin/jest', '--config', 'test/tools/terraform/with-terraform/jest.config.js'];
  const only = withoutRegistry ? ['--silent', 'contract.test.ts'] : [];
  step(process.execPath, [...jest, ...only], { shown: !withoutRegistry });
}

try {
  main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
