/** What a deployment needs, and the sentence that says how to get what is missing. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { folder } from './terraform.ts';

export type Need = keyof typeof checks;

/** Around a command: its environment, and the arguments for Terraform. */
interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly args: readonly string[];
}

/** Each says what is missing, or nothing. */
const checks = { terraform, package: functionPackage, init, credentials, variables } satisfies Record<
  string,
  (surroundings: Surroundings) => string | undefined
>;

/** The sentence for the first need that is not met. */
export function firstMissing(needs: readonly Need[], surroundings: Surroundings): string | undefined {
  for (const need of needs) {
    const missing = checks[need](surroundings);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

/** The sentence for a registry that could not be reached, where Terraform says so, in a frame and in broken lines. */
export function unreachable(stderr: string): string | undefined {
  const said = stripVTControlCharacters(stderr).replace(/[│\s]+/g, ' ');
  if (!/could not connect to [\w.-]+: |Failed to install provider/.test(said)) return undefined;
  return (
    'The AWS provider could not be fetched: Terraform must reach registry.terraform.io and releases.hashicorp.com, or a mirror ' +
    '(https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation).'
  );
}

function terraform({ env }: Surroundings): string | undefined {
  const where = 'install version 1.11 or later from https://developer.hashicorp.com/terraform/install.';
  const { error, stdout } = spawnSync('terraform', ['version', '-json'], {
    encoding: 'utf8',
    env: { ...env, CHECKPOINT_DISABLE: '1' },
  });
  if (error) return `Terraform is missing: ${where}`;
  const version = /"terraform_version": *"((\d+)\.(\d+)[^"]*)"/.exec(stdout);
  const [, text, major, minor] = version ?? [];
  const old = Number(major) < 1 || (Number(major) === 1 && Number(minor) < 11);
  return old ? `Terraform ${text} is too old: ${where}` : undefined;
}

function functionPackage({ env, args }: Surroundings): string | undefined {
  const elsewhere = env['TF_VAR_package_path'] || args.some((one) => one.includes('package_path='));
  return elsewhere || existsSync('build/function.zip')
    ? undefined
    : 'The package of the function is missing: run `make deps`.';
}

/** An init that failed leaves its folder behind, but no provider in it. */
function init(): string | undefined {
  return existsSync(join(folder, '.terraform/providers'))
    ? undefined
    : 'Terraform is not initialised: run `make init`.';
}

/** Where the AWS SDKs look for credentials, but for what the AWS CLI keeps in files. */
const credentialVariables = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

function credentials({ env }: Surroundings): string | undefined {
  const files = [
    env['AWS_SHARED_CREDENTIALS_FILE'],
    env['AWS_CONFIG_FILE'],
    join(homedir(), '.aws/credentials'),
    join(homedir(), '.aws/config'),
  ];
  const found =
    credentialVariables.some((name) => env[name]) ||
    files.some((file) => file && existsSync(file)) ||
    hasInstanceRole(env);
  if (found) return undefined;
  return 'There are no AWS credentials: run `aws configure`, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.';
}

/** A virtual machine of AWS may have a role instead of credentials. The variable is the AWS SDKs' own. */
function hasInstanceRole(env: NodeJS.ProcessEnv): boolean {
  if (env['AWS_EC2_METADATA_DISABLED'] === 'true') return false;
  try {
    return readFileSync('/sys/class/dmi/id/sys_vendor', 'utf8').startsWith('Amazon EC2');
  } catch {
    return false;
  }
}

function variables({ env, args }: Surroundings): string | undefined {
  const given = [
    ...Object.keys(env).filter((name) => name.startsWith('TF_VAR_')),
    ...args.filter((one) => /^--?var(-file)?\b/.test(one)),
    ...readdirSync(folder).filter((name) => /\.tfvars(\.json)?$/.test(name)),
  ];
  if (given.length > 0) return undefined;
  return (
    'It is not said whose tokens are accepted: copy terraform/terraform.tfvars.example to terraform/terraform.tfvars, and set ' +
    'user_pool_id and cognito_client_id there, or create_user_pool = true.'
  );
}
