/** What `make init`, `plan`, `apply` and `destroy` print and run. A stand-in for Terraform records its calls. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

let scratch: string;
let project: string;
let program: string;
const source = resolve('scripts/terraform/deploy.ts');
const credentials = { AWS_PROFILE: 'somebody' };

// Compiled once: compiling it for each call would take most of the time.
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'deploy-'));
  project = join(scratch, 'project');
  program = join(scratch, 'deploy.mjs');
  buildSync({ entryPoints: [source], outfile: program, bundle: true, platform: 'node', format: 'esm' });
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

beforeEach(() => {
  for (const folder of ['bin', 'home', 'build', 'src/entries', 'terraform/.terraform/providers'])
    mkdirSync(join(project, folder), { recursive: true });
  for (const file of ['src/entries/lambda-api.ts', 'build/api.zip', 'terraform/terraform.tfvars'])
    writeFileSync(join(project, file), '');
  installTerraform('1.11.4');
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

const remove = (path: string) => rmSync(join(project, path), { recursive: true });

/** Installs a stand-in that records its arguments, and whose plans contain `planned`. */
function installTerraform(version: string, planned: unknown = {}, outputs: Record<string, string> = {}): void {
  writeFileSync(join(project, 'plan.json'), JSON.stringify(planned));
  const values = Object.entries(outputs).map(([name, value]) => [name, { value }]);
  writeFileSync(join(project, 'outputs.json'), JSON.stringify(Object.fromEntries(values)));
  const script = [
    '#!/bin/sh',
    `if [ "$1" = version ]; then echo '{ "terraform_version": "${version}" }'; exit; fi`,
    `if [ "$2" = output ]; then cat ${project}/outputs.json; exit; fi`,
    `echo "$*" | sed 's/-out=[^ ]*/-out=FILE/; s/-json .*/-json FILE/' >> ${project}/calls`,
    `if [ "$2" = show ]; then cat ${project}/plan.json; fi`,
    `if [ "$2" = "$FAILS" ]; then echo "\${MESSAGE:-Error: something is wrong}" >&2; exit 3; fi`,
  ];
  writeFileSync(join(project, 'bin/terraform'), `${script.join('\n')}\n`);
  chmodSync(join(project, 'bin/terraform'), 0o755);
}

/** @param command the program as Node's arguments; by default compiled */
function deploy(
  args: readonly string[],
  env: Record<string, string> = credentials,
  command: readonly string[] = [program],
) {
  const path = `${join(project, 'bin')}:${dirname(process.execPath)}:/usr/bin:/bin`;
  const home = join(project, 'home');
  const { status, stdout, stderr } = spawnSync(process.execPath, [...command, ...args], {
    cwd: project,
    encoding: 'utf8',
    env: { PATH: path, HOME: home, ...env },
  });
  const calls = existsSync(join(project, 'calls'))
    ? readFileSync(join(project, 'calls'), 'utf8').trim().split('\n')
    : [];
  return { status, stdout, stderr, calls };
}

const says = (stderr: string) => ({ status: 1, stdout: '', stderr: `${stderr}\n`, calls: [] });

describe('a command that lacks something runs nothing, and names in one sentence', () => {
  it('Terraform', () => {
    remove('bin/terraform');
    expect(deploy(['init'], { ...credentials, PATH: join(project, 'bin') })).toEqual(
      says(
        'Terraform is missing: install version 1.11 or later from https://developer.hashicorp.com/terraform/install.',
      ),
    );
  });

  it('a newer version of Terraform', () => {
    installTerraform('1.9.8');
    expect(deploy(['plan'])).toEqual(
      says(
        'Terraform 1.9.8 is too old: install version 1.11 or later from https://developer.hashicorp.com/terraform/install.',
      ),
    );
  });

  it('the package of each function', () => {
    remove('build/api.zip');
    expect(deploy(['plan'])).toEqual(says('A package is missing (build/api.zip): run `make deps`.'));
    writeFileSync(join(project, 'src/entries/lambda-other.ts'), '');
    expect(deploy(['plan'])).toEqual(says('A package is missing (build/api.zip, build/other.zip): run `make deps`.'));
    writeFileSync(join(project, 'build/api.zip'), '');
    expect(deploy(['plan'])).toEqual(says('A package is missing (build/other.zip): run `make deps`.'));
  });

  it('the initialization, even after one that failed', () => {
    remove('terraform/.terraform/providers');
    expect(deploy(['apply'])).toEqual(says('Terraform is not initialized: run `make init`.'));
  });

  it('credentials', () => {
    const { stderr, ...rest } = deploy(['apply'], { AWS_EC2_METADATA_DISABLED: 'true' });
    expect(rest).toEqual({ status: 1, stdout: '', calls: [] });
    expect(stderr).toMatch(/^AWS credentials are missing: run `aws configure`, or set .+\.\n$/);
  });

  it('variables', () => {
    remove('terraform/terraform.tfvars');
    const { stderr, ...rest } = deploy(['destroy']);
    expect(rest).toEqual({ status: 1, stdout: '', calls: [] });
    expect(stderr).toMatch(
      /^Variables are missing: copy terraform\/terraform\.tfvars\.example to terraform\/terraform\.tfvars, and .+\.\n$/,
    );
  });

  it('a command', () => {
    expect(deploy(['deploy'])).toEqual(says('Unknown command "deploy": expected one of init, plan, apply, destroy.'));
  });
});

describe('a command that lacks nothing', () => {
  it('passes its arguments to Terraform, and returns the exit status', () => {
    expect(deploy(['plan', '-var', 'user_pool_id=x y'])).toMatchObject({
      status: 0,
      calls: ['-chdir=terraform plan -var user_pool_id=x y'],
    });
    expect(deploy(['apply'], { ...credentials, FAILS: 'apply' })).toMatchObject({
      status: 3,
      stderr: 'Error: something is wrong\n',
    });
  });

  it('runs uncompiled, as the Makefile runs it', () => {
    const loader = createRequire(resolve('package.json')).resolve('tsx');
    const tsx = ['--import', pathToFileURL(loader).href, source];
    expect(deploy(['plan'], credentials, tsx)).toMatchObject({ status: 0, calls: ['-chdir=terraform plan'] });
  });

  it('explains a registry that cannot be reached after the message of Terraform, and explains no other error', () => {
    const message = [
      '\u001b[31m│\u001b[0m hashicorp/aws: could not connect',
      '\u001b[31m│\u001b[0m to registry.terraform.io: failed to request',
      '',
    ].join('\n');
    const failed = deploy(['init'], { FAILS: 'init', MESSAGE: message });
    expect(failed).toMatchObject({ status: 1, calls: ['-chdir=terraform init -test-directory=modules'] });
    expect(failed.stderr.replace(message, '')).toMatch(
      /^\nThe AWS provider could not be downloaded: Terraform must reach registry\.terraform\.io .+\.\n$/,
    );
    expect(deploy(['init'], { FAILS: 'init' })).toMatchObject({ status: 3, stderr: 'Error: something is wrong\n' });
  });

  it('accepts variables as arguments or from the environment, and credentials from a file', () => {
    remove('terraform/terraform.tfvars');
    mkdirSync(join(project, 'home/.aws'));
    writeFileSync(join(project, 'home/.aws/config'), '');
    expect(deploy(['plan', '-var=create_user_pool=true'], {})).toMatchObject({ status: 0 });
    expect(deploy(['plan'], { TF_VAR_create_user_pool: 'true' })).toMatchObject({ status: 0 });
  });

  it('accepts packages in another folder', () => {
    remove('build/api.zip');
    expect(deploy(['plan', '-var=package_folder=/packages'])).toMatchObject({ status: 0 });
    expect(deploy(['plan'], { ...credentials, TF_VAR_package_folder: '/packages' })).toMatchObject({ status: 0 });
  });
});

describe('a rollback', () => {
  const outputs = { live_version: '7', newest_version: '8' };
  const warning =
    'Warning: version 7 serves all requests, although version 8 is the newest, and live_version is not set: this sends all requests to the ' +
    'newest version. To stay, add live_version = "7" to terraform/terraform.tfvars.\n\n';

  it.each(['plan', 'apply'])('is not undone without a warning by %s', (command) => {
    installTerraform('1.11.4', {}, outputs);
    expect(deploy([command])).toMatchObject({ status: 0, stderr: warning, calls: [`-chdir=terraform ${command}`] });
  });

  it.each([
    ['an argument', () => deploy(['apply', '-var', 'live_version=7'])],
    ['the environment', () => deploy(['apply'], { ...credentials, TF_VAR_live_version: '7' })],
    ['a saved plan', () => deploy(['apply', 'tfplan'])],
    [
      'terraform.tfvars',
      () => {
        writeFileSync(join(project, 'terraform/terraform.tfvars'), 'create_user_pool = true\nlive_version     = "7"\n');
        return deploy(['apply']);
      },
    ],
  ])('stays without a warning if live_version is in %s', (_, apply) => {
    installTerraform('1.11.4', {}, outputs);
    expect(apply()).toMatchObject({ status: 0, stderr: '' });
  });

  it('is assumed by nothing else: the newest version serves, or nothing was applied yet', () => {
    installTerraform('1.11.4', {}, { live_version: '8', newest_version: '8' });
    expect(deploy(['apply'])).toMatchObject({ status: 0, stderr: '' });
    installTerraform('1.11.4');
    expect(deploy(['apply'])).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('a saved plan', () => {
  it('needs no variables, which it contains', () => {
    remove('terraform/terraform.tfvars');
    expect(deploy(['apply', 'tfplan'])).toMatchObject({ status: 0, calls: ['-chdir=terraform apply tfplan'] });
    rmSync(join(project, 'calls'));
    expect(deploy(['apply', '-parallelism=5'])).toMatchObject({ status: 1, calls: [] });
  });
});

describe('an environment', () => {
  const staging = { ...credentials, ENV: 'staging' };
  beforeEach(() => {
    mkdirSync(join(project, 'terraform/.terraform/environments/staging/providers'), { recursive: true });
    mkdirSync(join(project, 'terraform/environments'));
    writeFileSync(join(project, 'terraform/environments/staging.tfvars'), '');
    writeFileSync(join(project, 'terraform/backend.tf'), '');
    remove('terraform/terraform.tfvars');
    rmSync(join(project, 'terraform/.terraform/providers'), { recursive: true });
  });

  it('has variables and a state of its own', () => {
    for (const command of ['init', 'plan', 'apply', 'destroy'])
      expect(deploy([command], staging)).toMatchObject({ status: 0 });
    expect(deploy(['apply', 'tfplan'], staging).calls).toEqual([
      '-chdir=terraform init -test-directory=modules -backend-config=key=event-management-api/staging/terraform.tfstate',
      '-chdir=terraform plan -var-file=environments/staging.tfvars',
      '-chdir=terraform apply -var-file=environments/staging.tfvars',
      '-chdir=terraform plan -destroy -input=false -out=FILE -var-file=environments/staging.tfvars',
      '-chdir=terraform show -json FILE',
      '-chdir=terraform destroy -var-file=environments/staging.tfvars',
      '-chdir=terraform apply tfplan',
    ]);
  });

  it('has a rollback of its own', () => {
    installTerraform('1.11.4', {}, { live_version: '7', newest_version: '8' });
    expect(deploy(['plan'], staging).stderr).toMatch(/^Warning: version 7 serves all requests/);
    writeFileSync(join(project, 'terraform/environments/staging.tfvars'), 'live_version = "7"\n');
    expect(deploy(['plan'], staging).stderr).toBe('');
  });

  it('is initialized by itself', () => {
    remove('terraform/.terraform/environments/staging/providers');
    expect(deploy(['plan'], staging)).toEqual(says('Terraform is not initialized: run `make init ENV=staging`.'));
  });

  it('needs variables, a shared state, and a name that is not a file of the shell', () => {
    expect(deploy(['plan'], { ...credentials, ENV: 'production' })).toEqual(
      says('The environment production has no variables: write terraform/environments/production.tfvars.'),
    );
    expect(deploy(['plan'], { ...credentials, ENV: 'Staging' })).toEqual(
      says('ENV must be lowercase letters, digits and hyphens, such as staging, not "Staging".'),
    );
    expect(deploy(['plan'], { ...credentials, ENV: '/home/ada/.shrc' })).toEqual(
      says('Terraform is not initialized: run `make init`.'),
    );
    remove('terraform/backend.tf');
    expect(deploy(['plan'], staging)).toEqual(
      says('Environments need a shared state: copy terraform/backend.tf.example to terraform/backend.tf.'),
    );
  });
});

describe('destroy', () => {
  const table = {
    type: 'aws_dynamodb_table',
    change: { actions: ['delete'], before: { name: 'events-table', deletion_protection_enabled: true } },
  };
  const pool = {
    type: 'aws_cognito_user_pool',
    change: { actions: ['delete'], before: { name: 'users', deletion_protection: 'ACTIVE' } },
  };
  const open = {
    type: 'aws_dynamodb_table',
    change: { actions: ['delete'], before: { name: 'other', deletion_protection_enabled: false } },
  };
  const planning = ['-chdir=terraform plan -destroy -input=false -out=FILE', '-chdir=terraform show -json FILE'];

  it('plans first, deletes nothing while something is protected, and says what to do next', () => {
    installTerraform('1.11.4', { resource_changes: [table, pool, open] });
    expect(deploy(['destroy'])).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'Nothing was deleted: the table events-table and the user pool users are protected. To delete everything, including all data, set ' +
        'deletion_protection = false in terraform/terraform.tfvars, run `make apply`, and then `make destroy` again.\n',
      calls: planning,
    });
  });

  it('deletes everything if nothing is protected', () => {
    installTerraform('1.11.4', { resource_changes: [open] });
    expect(deploy(['destroy'])).toMatchObject({ status: 0, calls: [...planning, '-chdir=terraform destroy'] });
  });

  it('stops with the message of Terraform if planning fails', () => {
    expect(deploy(['destroy'], { ...credentials, FAILS: 'plan' })).toMatchObject({
      status: 1,
      stderr: 'Error: something is wrong\n',
      calls: planning.slice(0, 1),
    });
  });
});
