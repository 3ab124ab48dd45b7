/** What `make init`, `plan`, `apply` and `destroy` say and do. Terraform is a stand-in here that notes how it was called. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

let project: string;
const credentials = { AWS_PROFILE: 'somebody' };

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'deploy-'));
  cpSync('scripts', join(project, 'scripts'), { recursive: true });
  cpSync('package.json', join(project, 'package.json'));
  symlinkSync(join(process.cwd(), 'node_modules'), join(project, 'node_modules'));
  for (const folder of ['bin', 'home', 'build', 'terraform/.terraform/providers'])
    mkdirSync(join(project, folder), { recursive: true });
  writeFileSync(join(project, 'build/function.zip'), '');
  writeFileSync(join(project, 'terraform/terraform.tfvars'), '');
  installTerraform('1.11.4');
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

const remove = (path: string) => rmSync(join(project, path), { recursive: true });

/** A Terraform that notes its arguments, and whose plans hold `planned`. */
function installTerraform(version: string, planned: unknown = {}): void {
  writeFileSync(join(project, 'plan.json'), JSON.stringify(planned));
  const script = [
    '#!/bin/sh',
    `if [ "$1" = version ]; then echo '{ "terraform_version": "${version}" }'; exit; fi`,
    `echo "$*" | sed 's/-out=[^ ]*/-out=FILE/; s/-json .*/-json FILE/' >> ${project}/calls`,
    `if [ "$2" = show ]; then cat ${project}/plan.json; fi`,
    `if [ "$2" = "$FAILS" ]; then echo "\${WORDS:-Error: something is wrong}" >&2; exit 3; fi`,
  ];
  writeFileSync(join(project, 'bin/terraform'), `${script.join('\n')}\n`);
  chmodSync(join(project, 'bin/terraform'), 0o755);
}

function deploy(args: readonly string[], env: Record<string, string> = credentials) {
  const path = `${join(project, 'bin')}:${dirname(process.execPath)}:/usr/bin:/bin`;
  const home = join(project, 'home');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'scripts/terraform/deploy.ts', ...args],
    {
      cwd: project,
      encoding: 'utf8',
      env: { PATH: path, HOME: home, ...env },
    },
  );
  const calls = existsSync(join(project, 'calls'))
    ? readFileSync(join(project, 'calls'), 'utf8').trim().split('\n')
    : [];
  return { status, stdout, stderr, calls };
}

const says = (stderr: string) => ({ status: 1, stdout: '', stderr: `${stderr}\n`, calls: [] });

describe('what is missing is said in one sentence, and nothing is done', () => {
  it('Terraform itself', () => {
    remove('bin/terraform');
    expect(deploy(['init'], { ...credentials, PATH: join(project, 'bin') })).toEqual(
      says(
        'Terraform is missing: install version 1.11 or later from https://developer.hashicorp.com/terraform/install.',
      ),
    );
  });

  it('a newer Terraform', () => {
    installTerraform('1.9.8');
    expect(deploy(['plan'])).toEqual(
      says(
        'Terraform 1.9.8 is too old: install version 1.11 or later from https://developer.hashicorp.com/terraform/install.',
      ),
    );
  });

  it('the package', () => {
    remove('build/function.zip');
    expect(deploy(['plan'])).toEqual(says('The package of the function is missing: run `make deps`.'));
  });

  it('the initialisation, also after one that failed', () => {
    remove('terraform/.terraform/providers');
    expect(deploy(['apply'])).toEqual(says('Terraform is not initialised: run `make init`.'));
  });

  it('credentials', () => {
    const { stderr, ...rest } = deploy(['apply'], { AWS_EC2_METADATA_DISABLED: 'true' });
    expect(rest).toEqual({ status: 1, stdout: '', calls: [] });
    expect(stderr).toMatch(/^There are no AWS credentials: run `aws configure`, or set .+\.\n$/);
  });

  it('variables', () => {
    remove('terraform/terraform.tfvars');
    const { stderr, ...rest } = deploy(['destroy']);
    expect(rest).toEqual({ status: 1, stdout: '', calls: [] });
    expect(stderr).toMatch(
      /^It is not said whose tokens are accepted: copy terraform\/terraform\.tfvars\.example to .+\.\n$/,
    );
  });

  it('a command', () => {
    expect(deploy(['deploy'])).toEqual(says('There is no command "deploy": it is one of init, plan, apply, destroy.'));
  });
});

describe('with everything there', () => {
  it('a command is handed to Terraform with its arguments, and its status comes back', () => {
    expect(deploy(['plan', '-var', 'user_pool_id=x y'])).toMatchObject({
      status: 0,
      calls: ['-chdir=terraform plan -var user_pool_id=x y'],
    });
    expect(deploy(['apply'], { ...credentials, FAILS: 'apply' })).toMatchObject({
      status: 3,
      stderr: 'Error: something is wrong\n',
    });
  });

  it('what a registry that cannot be reached means is said after the words of Terraform, and of nothing else', () => {
    const words = [
      '\u001b[31m│\u001b[0m hashicorp/aws: could not connect',
      '\u001b[31m│\u001b[0m to registry.terraform.io: failed to request',
      '',
    ].join('\n');
    const failed = deploy(['init'], { FAILS: 'init', WORDS: words });
    expect(failed).toMatchObject({ status: 1, calls: ['-chdir=terraform init -test-directory=modules'] });
    expect(failed.stderr.replace(words, '')).toMatch(
      /^\nThe AWS provider could not be fetched: Terraform must reach registry\.terraform\.io .+\.\n$/,
    );
    expect(deploy(['init'], { FAILS: 'init' })).toMatchObject({ status: 3, stderr: 'Error: something is wrong\n' });
  });

  it('variables may come as arguments or from the environment, and credentials from a file', () => {
    remove('terraform/terraform.tfvars');
    mkdirSync(join(project, 'home/.aws'));
    writeFileSync(join(project, 'home/.aws/config'), '');
    expect(deploy(['plan', '-var=create_user_pool=true'], {})).toMatchObject({ status: 0 });
    expect(deploy(['plan'], { TF_VAR_create_user_pool: 'true' })).toMatchObject({ status: 0 });
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
  const looks = ['-chdir=terraform plan -destroy -input=false -out=FILE', '-chdir=terraform show -json FILE'];

  it('looks first, deletes nothing while something is protected, and says how to go on', () => {
    installTerraform('1.11.4', { resource_changes: [table, pool, open] });
    expect(deploy(['destroy'])).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'Nothing was deleted: the table events-table and the user pool users are protected. To delete everything, with all data, set ' +
        'deletion_protection = false in terraform/terraform.tfvars, run `make apply`, and then `make destroy` again.\n',
      calls: looks,
    });
  });

  it('goes on where nothing is protected', () => {
    installTerraform('1.11.4', { resource_changes: [open] });
    expect(deploy(['destroy'])).toMatchObject({ status: 0, calls: [...looks, '-chdir=terraform destroy'] });
  });

  it('stops where it cannot look, with the words of Terraform', () => {
    expect(deploy(['destroy'], { ...credentials, FAILS: 'plan' })).toMatchObject({
      status: 1,
      stderr: 'Error: something is wrong\n',
      calls: looks.slice(0, 1),
    });
  });
});
