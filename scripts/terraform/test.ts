/**
 * Tests terraform/ in a copy below build/, so that your variables, state, backend and lock file have no effect.
 *
 *     tsx scripts/terraform/test.ts                      everything; Terraform downloads the AWS provider from its registry
 *     tsx scripts/terraform/test.ts --without-registry   only what needs no provider; skipped if Terraform is not installed
 *     tsx scripts/terraform/test.ts --deployment         only the comparison of a deployment with the application
 *     tsx scripts/terraform/test.ts --oldest-provider    everything, with the oldest version of the AWS provider that is allowed
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { copyProject } from './copy.ts';
import { firstMissing, unreachable } from './needs.ts';
import { pinOldestProvider } from './provider.ts';

const copy = 'build/terraform-test';
const withoutRegistry = process.argv.includes('--without-registry');
const onlyDeployment = process.argv.includes('--deployment');
const withOldestProvider = process.argv.includes('--oldest-provider');

/** Runs a step, and returns its output. The output is shown if it fails, or always if `shown` is set. */
function step(command: string, args: readonly string[], { shown = false } = {}): string {
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TERRAFORM_COPY: copy };
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env,
    stdio: shown ? 'inherit' : 'pipe',
  });
  if (error) throw error;
  if (status === 0) return stdout ?? '';
  if (!shown) process.stderr.write(`${stdout}${stderr}`);
  throw new Error(unreachable(stderr ?? '') ?? `${command} ${args.join(' ')} failed.`);
}

function initialize(folder: string): void {
  step('terraform', [`-chdir=${join(copy, folder)}`, 'init', '-upgrade', '-input=false', '-no-color']);
}

/** Fails if the configuration uses what the provider has deprecated. */
function checkWarnings(folder: string): void {
  const { diagnostics } = JSON.parse(step('terraform', [`-chdir=${join(copy, folder)}`, 'validate', '-json'])) as {
    diagnostics: readonly { summary: string; detail: string }[];
  };
  if (diagnostics.length === 0) return;
  const warnings = diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`);
  throw new Error(`terraform validate warns:\n${[...new Set(warnings)].join('\n')}`);
}

function testModule(folder: string): void {
  initialize(folder);
  checkWarnings(folder);
  step('terraform', [`-chdir=${join(copy, folder)}`, 'test', '-no-color'], { shown: !withoutRegistry });
}

function testWithJest(file?: string): void {
  const jest = ['node_modules/.bin/jest', '--config', 'test/tools/terraform/with-terraform/jest.config.js'];
  step(process.execPath, [...jest, ...(file === undefined ? [] : ['--silent', file])], { shown: file === undefined });
}

function main(): void {
  const missing = firstMissing(['terraform'], { env: process.env, args: [] });
  if (missing !== undefined && withoutRegistry) {
    console.log('  Terraform is not installed or too old: skipped.');
    return;
  }
  if (missing !== undefined) throw new Error(missing);

  copyProject(copy);
  if (withOldestProvider) pinOldestProvider(copy);
  if (onlyDeployment) {
    initialize('terraform');
    testWithJest('deployment.test.ts');
    return;
  }
  step('terraform', ['fmt', '-check', '-recursive', '-diff', 'terraform']);
  testModule('terraform/modules/contract');
  if (!withoutRegistry) {
    testModule('terraform');
    for (const name of readdirSync('terraform/examples')) testModule(`terraform/examples/${name}`);
  }
  testWithJest(withoutRegistry ? 'contract.test.ts' : undefined);
}

try {
  main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
