/** The workflows in .github/workflows: when they run, on what, and with which rights. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly 'continue-on-error'?: unknown;
}

interface Job {
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string | { readonly name: string };
  readonly strategy?: {
    readonly 'fail-fast'?: boolean;
    readonly matrix?: Readonly<Record<string, readonly string[]>> & {
      readonly include?: readonly Readonly<Record<string, string>>[];
    };
  };
  readonly if?: string;
  readonly 'continue-on-error'?: unknown;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly file: string;
  readonly text: string;
  readonly on: Readonly<
    Record<string, { readonly branches?: readonly string[]; readonly tags?: readonly string[] } | null>
  >;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = '.github/workflows';
const workflows = readdirSync(folder).map((file): Workflow => {
  const text = readFileSync(`${folder}/${file}`, 'utf8');
  return { file, text, ...(parse(text) as Pick<Workflow, 'on' | 'permissions' | 'jobs'>) };
});
const jobs = workflows.flatMap((workflow) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ name: `${workflow.file}: ${name}`, workflow, job })),
);
const runsOf = ({ steps }: Job) => steps.flatMap(({ run }) => run ?? []);
const usesOf = ({ steps }: Job, action: string) => steps.filter(({ uses }) => uses?.startsWith(`${action}@`));

/** Those that publish something; all others check. */
const publishing = workflows.filter(({ file }) => /^(deploy|docs|release-.*)\.yml$/.test(file));
const checking = workflows.filter((workflow) => !publishing.includes(workflow));

const manifest = (file: string) =>
  JSON.parse(readFileSync(file, 'utf8')) as { version: string; engines: { node: string } };

describe('the workflows that check', () => {
  it('include the one that runs everything', () => {
    expect(checking.flatMap(({ jobs: own }) => Object.values(own).flatMap(runsOf))).toEqual(
      expect.arrayContaining([
        '.ci/run',
        'make client-runtimes',
        'make terraform-scan',
        expect.stringMatching(/^go run \S+actionlint@v/),
      ]),
    );
  });

  it.each(checking)('run for every pull request and every push to main: $file', ({ on }) => {
    // A filter of branches or paths would leave some out.
    const { schedule: _schedule, ...others } = on;
    expect(others).toEqual({ push: { branches: ['main'] }, pull_request: null });
  });

  it('test Terraform each week too, with its oldest and its newest version, and with the oldest and the newest provider', () => {
    const { on, jobs: own } = checking.find(({ file }) => file === 'infrastructure.yml')!;
    const { strategy } = own['terraform']!;
    const [, oldest] = /required_version = ">= (.*)"/.exec(readFileSync('terraform/versions.tf', 'utf8')) ?? [];
    expect(on['schedule']).toEqual([{ cron: expect.stringMatching(/^\d+ \d+ \* \* \d$/) }]);
    expect(strategy?.['fail-fast']).toBe(false);
    expect(strategy?.matrix?.include).toEqual([
      { terraform: expect.stringMatching(`^${oldest}\\.\\d+$`), args: '--oldest-provider' },
      { terraform: 'latest', args: '' },
    ]);
    expect(usesOf(own['terraform']!, 'hashicorp/setup-terraform')[0]?.with).toMatchObject({
      terraform_version: '${{ matrix.terraform }}',
    });
    expect(runsOf(own['terraform']!)).toEqual([
      'make terraform-test ARGS=${{ matrix.args }}',
      'make test-deployed',
      'make test-updates ARGS=${{ matrix.args }}',
    ]);
  });

  it('run on the oldest supported version of Node.js, on its next releases, and on that of the function', () => {
    const [everything] = jobs.filter(({ job }) => runsOf(job).includes('.ci/run') && job.strategy !== undefined);
    const versions = everything?.job.strategy?.matrix?.['node'] ?? [];
    const [major = '', minor = ''] = manifest('package.json').engines.node.replace('>=', '').split('.');
    const [, functionMajor] =
      /runtime += "nodejs(\d+)\.x"/.exec(readFileSync('terraform/modules/function/main.tf', 'utf8')) ?? [];
    expect(versions[0]).toBe(`${major}.${minor}`);
    expect(versions).toContain(functionMajor);
    expect(new Set(versions.map((version) => version.split('.')[0])).size).toBeGreaterThan(2);
    expect(everything?.job.strategy?.['fail-fast']).toBe(false);
    expect(usesOf(everything!.job, 'actions/setup-node')[0]?.with).toMatchObject({
      'node-version': '${{ matrix.node }}',
    });
  });

  it('install what .ci/run and the tests of the client skip without: Python, Java, Chromium, and all commits', () => {
    const [everything] = jobs.filter(({ job }) => runsOf(job).includes('.ci/run') && job.strategy !== undefined);
    for (const action of ['actions/setup-python', 'actions/setup-java', 'browser-actions/setup-chrome'])
      expect([action, usesOf(everything!.job, action)]).toEqual([action, [expect.anything()]]);
    expect(usesOf(everything!.job, 'actions/checkout')[0]?.with).toEqual({ 'fetch-depth': 0 });
    expect(JSON.stringify(everything!.job.steps)).toContain('"CHROMIUM":"${{ steps.chrome.outputs.chrome-path }}"');
  });
});

describe('the release of the client', () => {
  const release = workflows.find(({ file }) => file === 'release-client.yml')!;
  const [job] = Object.values(release.jobs) as [Job];
  const commands = runsOf(job);
  const publish = commands.findIndex((command) => command.startsWith('npm publish'));
  const before = commands.slice(0, publish);

  it('runs for tags of the client only', () => {
    expect(release.on).toEqual({ push: { tags: ['client-v*'] } });
  });

  it('publishes only if the Git tag names the version of the package', () => {
    const checks = before.filter((command) => command.includes('GITHUB_REF_NAME'));
    expect(checks).toHaveLength(1);
    const { version } = manifest('client/package.json');
    const outcome = (tag: string) =>
      spawnSync('bash', ['-eo', 'pipefail', '-c', checks[0]!], { env: { ...process.env, GITHUB_REF_NAME: tag } })
        .status === 0;
    expect(outcome(`client-v${version}`)).toBe(true);
    for (const tag of [`client-v${version}-next`, 'client-v99.0.0', `v${version}`, version, 'client-v', ''])
      expect([tag, outcome(tag)]).toEqual([tag, false]);
  });

  it('publishes after all checks, with a provenance, without a stored token', () => {
    expect(before).toEqual(expect.arrayContaining(['.ci/run', 'make client-runtimes']));
    expect(commands.slice(publish)).toEqual(['npm publish --workspace client --provenance --access public']);
    expect(job.environment).toBe('npm');
    expect(release.text).not.toMatch(/secrets\.|NODE_AUTH_TOKEN|NPM_TOKEN/);
  });
});

describe('the deployment', () => {
  const deploy = workflows.find(({ file }) => file === 'deploy.yml')!;
  const { plan, apply } = deploy.jobs as { plan: Job; apply: Job & { needs: string } };

  it('plans for pull requests, for main and each night, and applies for main only', () => {
    expect(Object.keys(deploy.on)).toEqual(['push', 'pull_request', 'schedule']);
    expect(deploy.on['push']).toEqual({ branches: ['main'] });
    expect(apply.needs).toBe('plan');
    expect(apply.if).toMatch(/^github\.event_name == 'push' && /);
    expect(JSON.stringify(plan.steps)).not.toContain('make apply');
  });

  it('is off until roles are configured, and gives no role to forks', () => {
    expect(plan.if).toContain("vars.AWS_PLAN_ROLE != ''");
    expect(plan.if).toContain('github.event.pull_request.head.repo.full_name == github.repository');
    expect(apply.if).toContain("vars.AWS_DEPLOY_ROLE != ''");
    expect(deploy.text).not.toContain('secrets.');
  });

  it('applies the plan that was read, with its packages, after an approval', () => {
    expect(apply.environment).toBe('production');
    const applied = runsOf(apply).filter((command) => command.startsWith('make apply'));
    expect(applied).toEqual(["make apply ARGS='-input=false tfplan'"]);
    expect(runsOf(apply).join('\n')).not.toMatch(/make (deps|plan)/);
    expect(runsOf(plan).join('\n')).toContain('-out=tfplan');
    for (const saved of ['tfplan', "--include '*.zip'", '.terraform.lock.hcl'])
      expect(runsOf(plan).join('\n')).toContain(saved);
  });

  it('applies the plan of its own run, and fails if the API does not respond then', () => {
    const { env } = deploy as unknown as { env: Readonly<Record<string, string>> };
    expect(env['SAVED']).toMatch(/\/\$\{\{ github\.run_id \}\}$/);
    expect(runsOf(apply).at(-1)).toMatch(/^curl --fail .* "\$\(terraform .* output -raw api_url\)\/health"$/);
  });

  it('has its own commands of Terraform use the data of the environment that make has initialized', () => {
    const { env } = deploy as unknown as { env: Readonly<Record<string, string>> };
    expect(env['TF_DATA_DIR']).toBe(`.terraform/environments/${env['ENV']}`);
    const source = readFileSync('scripts/terraform/environment.ts', 'utf8');
    expect(source).toContain("dataFolder: resolve(folder, '.terraform/environments', name)");
    expect(Object.values(deploy.jobs).flatMap(runsOf).join('\n')).toContain('terraform -chdir=terraform output');
  });

  it.each([
    ['schedule', '0', true],
    ['schedule', '3', false],
    ['push', '3', true],
    ['pull_request', '3', true],
  ])('on %s with %s changes, passes: %s', (event, changes, passes) => {
    const [check] = runsOf(plan).filter((command) => command.startsWith('test "$GITHUB_EVENT_NAME"'));
    const env = { ...process.env, GITHUB_EVENT_NAME: event, CHANGES: changes };
    expect(spawnSync('bash', ['-e', '-c', check!], { env }).status === 0).toBe(passes);
  });

  it('has the credentials of roles that an example creates', () => {
    const roles = [plan, apply].map(
      (job) => usesOf(job, 'aws-actions/configure-aws-credentials')[0]?.with?.['role-to-assume'],
    );
    expect(roles).toEqual(['${{ vars.AWS_PLAN_ROLE }}', '${{ vars.AWS_DEPLOY_ROLE }}']);
    const example = readFileSync('terraform/examples/github-actions/main.tf', 'utf8');
    expect(example).toContain(`repo:\${var.repository}:environment:${apply.environment as string}`);
  });
});

describe('every workflow', () => {
  it.each(workflows)('may only read, except to publish: $file', ({ file, permissions, jobs: own }) => {
    const ofJobs = Object.values(own).map((job) => job.permissions ?? {});
    const granted = [permissions ?? { all: 'write' }, ...ofJobs];
    const writes = granted.flatMap((one) =>
      Object.entries(one)
        .filter(([, right]) => right === 'write')
        .map(([name]) => name),
    );
    const expected: Readonly<Record<string, readonly string[]>> = {
      'deploy.yml': ['id-token', 'id-token'],
      'docs.yml': ['pages', 'id-token'],
      'release-client.yml': ['id-token'],
    };
    expect(writes).toEqual(expected[file] ?? []);
    expect(permissions).toMatchObject({ contents: 'read' });
  });

  it.each(jobs)('ends by itself, and fails if a step fails: $name', ({ job, workflow }) => {
    expect(job['timeout-minutes']).toBeGreaterThan(0);
    expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
    // The deployment is off until it is configured.
    const parts = workflow.file === 'deploy.yml' ? job.steps : [job, ...job.steps];
    for (const part of [...parts, { ...job, if: undefined }])
      expect({ if: part.if, 'continue-on-error': part['continue-on-error'] }).toEqual({});
    expect(runsOf(job).filter((command) => /\|\| *(true|:)|; *true/.test(command))).toEqual([]);
  });

  it.each(publishing)('is not cancelled by a newer run while it publishes: $file', ({ text }) => {
    expect(text).not.toContain('cancel-in-progress');
  });

  it('runs one deployment at a time', () => {
    const { concurrency } = workflows.find(({ file }) => file === 'deploy.yml') as unknown as { concurrency: object };
    // Pull requests only plan.
    expect(concurrency).toEqual({
      group: "deploy-${{ github.event_name == 'pull_request' && github.ref || 'main' }}",
    });
  });

  it('uses actions by their commit, one for each action, with the version in a comment', () => {
    const uses = workflows.flatMap(({ text }) => text.match(/\buses: .*$/gm) ?? []);
    expect(uses.length).toBeGreaterThan(10);
    expect(uses.filter((use) => !/^uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use))).toEqual([]);
    expect(new Set(uses).size).toBe(new Set(uses.map((use) => use.split('@')[0])).size);
  });

  it('publishes the documentation of main, one publication at a time', () => {
    const docs = workflows.find(({ file }) => file === 'docs.yml')!;
    expect(docs.on).toEqual({ push: { branches: ['main'] }, workflow_dispatch: null });
    expect(docs).toMatchObject({ concurrency: { group: 'pages' } });
    expect(Object.values(docs.jobs).flatMap(runsOf)).toEqual(['make docs']);
  });
});
