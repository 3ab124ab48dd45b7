/** Restoring tables. DynamoDB Local has no point-in-time recovery, so a stand-in of DynamoDB records what is called. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

type Body = Readonly<Record<string, any>>;

let server: Server;
let calls: [string, Body][];
/** How often a restored table is looked at before it is active. */
let looks: number;
let recovery: string;
/** The latest instants to which the tables can be restored. */
let latest: Readonly<Record<string, string>>;
/** The restored tables with their sources and instants, in seconds, as an interrupted run has left them. */
let restoredBefore: Map<string, { readonly source: string; readonly second: number; readonly isComplete: boolean }>;
/** The errors of the next calls of an operation. */
let errors: { readonly operation: string; readonly type: string }[];

const secondOf = (instant: string) => Date.parse(instant) / 1000;

/** The response of DynamoDB to one call. */
function respond(operation: string, body: Body): object {
  const index = errors.findIndex((one) => one.operation === operation);
  const [error] = index < 0 ? [] : errors.splice(index, 1);
  if (error !== undefined) return { __type: `com.amazonaws.dynamodb.v20120810#${error.type}`, message: error.type };
  const name = body['TableName'] as string;
  const before = restoredBefore.get(name);
  switch (operation) {
    case 'RestoreTableToPointInTime':
      if (!restoredBefore.has(body['TargetTableName'] as string)) return {};
      return { __type: 'com.amazonaws.dynamodb.v20120810#TableAlreadyExistsException' };
    case 'DescribeContinuousBackups': {
      const LatestRestorableDateTime = secondOf(latest[name] ?? '2026-11-29T12:00:00Z');
      return {
        ContinuousBackupsDescription: {
          PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: recovery, LatestRestorableDateTime },
        },
      };
    }
    case 'DescribeTable':
      return {
        Table: {
          TableStatus: looks-- > 0 ? 'CREATING' : 'ACTIVE',
          GlobalSecondaryIndexes: [{ IndexStatus: 'ACTIVE' }],
          DeletionProtectionEnabled: before?.isComplete ?? false,
          ...(before && {
            RestoreSummary: {
              SourceTableArn: `arn:aws:dynamodb:us-east-1:123456789012:table/${before.source}`,
              RestoreDateTime: before.second,
            },
          }),
        },
      };
    case 'DescribeTimeToLive':
      return {
        TimeToLiveDescription:
          name === 'events-table' || before?.isComplete === true ? { AttributeName: 'expiresAt' } : {},
      };
    default:
      return {};
  }
}

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
      const body = JSON.parse(text) as Body;
      calls.push([operation, body]);
      const output = respond(operation, body);
      response.writeHead('__type' in output ? 400 : 200, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(output));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void server.close());
beforeEach(() => {
  calls = [];
  looks = 2;
  recovery = 'ENABLED';
  latest = {};
  restoredBefore = new Map();
  errors = [];
});

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const restore = (...args: string[]) => restoreIn({ cwd: process.cwd(), environment: undefined }, ...args);

/** Runs the command in a folder, for the deployment that ENV names. */
function restoreIn(
  { cwd, environment }: { readonly cwd: string; readonly environment: string | undefined },
  ...args: string[]
): Promise<Ended> {
  const env = {
    ...process.env,
    ENV: environment,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    DYNAMODB_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };
  const tsx = pathToFileURL(createRequire(resolve('package.json')).resolve('tsx')).href;
  const child = spawn(process.execPath, ['--import', tsx, resolve('scripts/terraform/restore.ts'), ...args], {
    cwd,
    env,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  return new Promise((done) => child.on('close', (status) => done({ status, stdout, stderr })));
}

const bodies = (operation: string) => calls.filter(([name]) => name === operation).map(([, body]) => body);
const tables = ['events=events-table', 'registrations=events-function-registrations'];

it('restores all tables to the same second as new ones, with the settings that a restore leaves out', async () => {
  const { status, stdout, stderr } = await restore('2026-11-29T10:00:00Z', 'restored', ...tables);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const RestoreDateTime = secondOf('2026-11-29T10:00:00Z');
  const restored = ['events-table-restored', 'events-function-registrations-restored'];
  const started = bodies('RestoreTableToPointInTime').toSorted((one) =>
    one['SourceTableName'] === 'events-table' ? -1 : 1,
  );
  expect(started).toEqual([
    { SourceTableName: 'events-table', TargetTableName: restored[0], RestoreDateTime },
    { SourceTableName: 'events-function-registrations', TargetTableName: restored[1], RestoreDateTime },
  ]);
  expect(bodies('UpdateTimeToLive')).toEqual([
    { TableName: restored[0], TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } },
  ]);
  for (const operation of ['UpdateContinuousBackups', 'UpdateTable'])
    expect(
      bodies(operation)
        .map(({ TableName }) => TableName as string)
        .sort(),
    ).toEqual([...restored].sort());
  expect(bodies('UpdateTable')).toContainEqual({ TableName: restored[0], DeletionProtectionEnabled: true });
  expect(stdout).toContain('table_names = {\n  events = "events-table-restored"\n');
  const address = `'module.api.module.tables.aws_dynamodb_table.table["events"]'`;
  expect(stdout).toContain(`terraform -chdir=terraform state rm ${address}\n`);
  expect(stdout).toContain(`terraform -chdir=terraform import ${address} events-table-restored\n`);
});

it('changes nothing in the existing tables', async () => {
  await restore('latest', 'restored', ...tables);
  const writes = calls.filter(([name]) => /^(Update|Delete|Create|Put)/.test(name));
  expect(writes.length).toBeGreaterThan(0);
  expect(writes.filter(([, { TableName }]) => !String(TableName).endsWith('-restored'))).toEqual([]);
});

it('restores all tables to the latest second that all of them have', async () => {
  latest = { 'events-table': '2026-11-29T11:58:20.7Z', 'events-function-registrations': '2026-11-29T11:57:10Z' };
  const { status, stdout } = await restore('latest', 'restored', ...tables);
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('as of 2026-11-29T11:57:10Z') });
  const seconds = bodies('RestoreTableToPointInTime').map(({ RestoreDateTime }) => RestoreDateTime as number);
  expect(seconds).toEqual([secondOf('2026-11-29T11:57:10Z'), secondOf('2026-11-29T11:57:10Z')]);
});

it('continues after an interruption with what is not done yet', async () => {
  const second = secondOf('2026-11-29T10:00:00Z');
  restoredBefore.set('events-table-restored', { source: 'events-table', second, isComplete: true });
  const { status, stdout, stderr } = await restore('2026-11-29T10:00:00Z', 'restored', ...tables);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(bodies('UpdateTimeToLive')).toEqual([]);
  expect(bodies('UpdateTable').map(({ TableName }) => TableName as string)).toEqual([
    'events-function-registrations-restored',
  ]);
  expect(stdout).toContain('import ');
});

it.each([
  ['as of another instant', 'events-table', '2026-11-29T09:00:00Z'],
  ['of another table', 'events-staging', '2026-11-29T10:00:00Z'],
])('does not take over a table that was restored %s', async (_, source, instant) => {
  restoredBefore.set('events-table-restored', { source, second: secondOf(instant), isComplete: false });
  const { status, stderr } = await restore('2026-11-29T10:00:00Z', 'restored', ...tables);
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: `events-table-restored exists already. It is ${source} as of ${instant}. Choose another suffix.\n`,
  });
  expect(calls.filter(([name]) => name.startsWith('Update'))).toEqual([]);
});

it('prints the commands for an environment, which has variables and a state of its own', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'restore-'));
  mkdirSync(join(cwd, 'terraform/environments'), { recursive: true });
  for (const file of ['backend.tf', 'environments/staging.tfvars']) writeFileSync(join(cwd, 'terraform', file), '');
  const { status, stdout } = await restoreIn({ cwd, environment: 'staging' }, 'latest', 'restored', ...tables);
  rmSync(cwd, { recursive: true });
  expect(status).toBe(0);
  expect(stdout).toContain('write this into terraform/environments/staging.tfvars:');
  expect(stdout).toContain('check-tables.ts events-table-restored events-function-registrations-restored\n');
  const terraform = stdout.split('\n').filter((line) => line.includes('terraform -chdir='));
  expect(terraform).toHaveLength(4);
  for (const line of terraform)
    expect(line).toMatch(/^TF_DATA_DIR=\S+\/terraform\/\.terraform\/environments\/staging /);
  const imports = terraform.filter((line) => line.includes(' import '));
  for (const line of imports) expect(line).toContain(" import -var-file=environments/staging.tfvars 'module.api.");
  expect(stdout).toMatch(/\nmake plan ENV=staging\nmake apply ENV=staging\n$/);
});

it('waits for what DynamoDB is not ready for at once: the new table, and its recovery', async () => {
  errors = [
    { operation: 'DescribeTable', type: 'ResourceNotFoundException' },
    { operation: 'UpdateContinuousBackups', type: 'ContinuousBackupsUnavailableException' },
  ];
  const { status, stderr } = await restore('latest', 'restored', 'events=events-table');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(bodies('UpdateContinuousBackups')).toHaveLength(2);
});

it('waits until a table is active before it changes its settings', async () => {
  looks = 4;
  await restore('latest', 'restored', 'events=events-table');
  const names = calls.map(([name]) => name);
  expect(names.slice(0, names.indexOf('UpdateTimeToLive')).filter((name) => name === 'DescribeTable')).toHaveLength(5);
});

it.each([
  [
    'without point-in-time recovery',
    ['latest', 'restored', 'events=events-table'],
    'DISABLED',
    /^events-table has no point-in-time recovery\.\n$/,
  ],
  ['at an invalid instant', ['yesterday', 'restored', 'events=events-table'], 'ENABLED', /^Usage: /],
  ['at an instant of no time zone', ['2026-11-29T10:00:00', 'restored', 'events=events-table'], 'ENABLED', /^Usage: /],
  ['without a suffix', ['latest'], 'ENABLED', /^Usage: /],
])('restores nothing %s', async (_, args, state, message) => {
  recovery = state;
  const { status, stderr } = await restore(...args);
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
  expect(bodies('RestoreTableToPointInTime')).toEqual([]);
});
