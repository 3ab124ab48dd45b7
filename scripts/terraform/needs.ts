/** What a deployment needs, and for each need the sentence that explains how to meet it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { functionEntries } from '../function/entries.ts';
import { folder } from './terraform.ts';

export type Need = keyof typeof checks;

/** The context of a command: its environment, and the arguments for Terraform. */
export interface Context {
  readonly env: NodeJS.ProcessEnv;
  readonly args: readonly string[];
}

/** Each check returns a sentence if its need is not met, else undefined. */
const checks = { terraform, packages, init, credentials, variables } satisfies Record<
  string,
  (context: Context) => string | undefined
>;

/** The sentence for the first need that is not met; undefined if all are met. */
export function firstMissing(needs: readonly Need[], context: Context): string | undefined {
  for (const need of needs) {
    const missing = checks[need](context);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

/** Explains Terraform's error for an unreachable registry, which it prints in a frame and wraps; undefined for other errors. */
export function unreachable(stderr: string): string | undefined {
  const message = stripVTControlCharacters(stderr).replace(/[│\s]+/g, ' ');
  if (!/could not connect to [\w.-]+: |Failed to install provider/.test(message)) return undefined;
  return (
    'The AWS provider could not be downloaded: Terraform must reach registry.terraform.io and releases.hashicorp.com, or a mirror ' +
    '(https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation).'
  );
}

function terraform({ env }: Context): string | undefined {
  const install = 'install version 1.11 or later from https://developer.hashicorp.com/terraform/install.';
  const { error, stdout } = spawnSync('terraform', ['version', '-json'], {
    encoding: 'utf8',
    env: { ...env, CHECKPOINT_DISABLE: '1' },
  });
  if (error) return `Terraform is missing: ${install}`;
  const version = /"terraform_version": *"((\d+)\.(\d+)[^"]*)"/.exec(stdout);
  const [, text, major, minor] = version ?? [];
  const old = Number(major) < 1 || (Number(major) === 1 && Number(minor) < 11);
  return old ? `Terraform ${text} is too old: ${install}` : undefined;
}

function packages({ env, args }: Context): string | undefined {
  if (env['TF_VAR_package_folder'] || args.some((one) => one.includes('package_folder='))) return undefined;
  const missing = functionEntries('.')
    .map(({ name }) => `build/${name}.zip`)
    .filter((path) => !existsSync(path));
  return missing.length > 0 ? `A package is missing (${missing.join(', ')}): run \`make deps\`.` : undefined;
}

/** Looks for providers: a failed init leaves the folder .terraform, but without them. */
function init({ env }: Context): string | undefined {
  const data = resolve(folder, env['TF_DATA_DIR'] || '.terraform');
  if (existsSync(join(data, 'providers'))) return undefined;
  const environment = env['TF_DATA_DIR'] && env['ENV'] ? ` ENV=${env['ENV']}` : '';
  return `Terraform is not initialized: run \`make init${environment}\`.`;
}

/** Environment variables in which the AWS SDKs look for credentials. */
const credentialVariables = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

function credentials({ env }: Context): string | undefined {
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
  return 'AWS credentials are missing: run `aws configure`, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.';
}

/** An EC2 instance may have a role instead of credentials. The variable is one of the AWS SDKs. */
function hasInstanceRole(env: NodeJS.ProcessEnv): boolean {
  if (env['AWS_EC2_METADATA_DISABLED'] === 'true') return false;
  try {
    return readFileSync('/sys/class/dmi/id/sys_vendor', 'utf8').startsWith('Amazon EC2');
  } catch {
    return false;
  }
}

/** The file of a saved plan among the arguments of an apply, which has its variables in it. */
export function savedPlan(args: readonly string[]): string | undefined {
  return args.find(
    (one, index) => !one.startsWith('-') && !/^--?(var|var-file|target|replace)$/.test(args[index - 1] ?? ''),
  );
}

function variables({ env, args }: Context): string | undefined {
  if (savedPlan(args) !== undefined) return undefined;
  const given = [
    ...Object.keys(env).filter((name) => name.startsWith('TF_VAR_')),
    ...args.filter((one) => /^--?var(-file)?\b/.test(one)),
    ...readdirSync(folder).filter((name) => /\.tfvars(\.json)?$/.test(name)),
  ];
  if (given.length > 0) return undefined;
  return (
    'Variables are missing: copy terraform/terraform.tfvars.example to terraform/terraform.tfvars, and set user_pool_id and ' +
    'cognito_client_id there, or create_user_pool = true.'
  );
}
