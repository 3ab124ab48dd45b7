/** Restoring tables. DynamoDB Local has no point-in-time recovery, so a stand-in of DynamoDB records what is called. */
import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

type Body = Readonly<Record<string, any>>;

let server: Server;
let calls: [string, Body][];
/** How often a restored table is looked at before it is active. */
let looks: number;
let recovery: string;

/** The response of DynamoDB to one call. */
function respond(operation: string, body: Body): object {
  switch (operation) {
    case 'DescribeContinuousBackups':
      return {
        ContinuousBackupsDescription: { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: recovery } },
      };
    case 'DescribeTable':
      return {
        Table: {
          TableStatus: looks-- > 0 ? 'CREATING' : 'ACTIVE',
          GlobalSecondaryIndexes: [{ IndexStatus: 'ACTIVE' }],
        },
      };
    case 'DescribeTimeToLive':
      return { TimeToLiveDescription: body['TableName'] === 'events-table' ? { AttributeName: 'expiresAt' } : {} };
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
      response.setHeader('content-type', 'application/x-amz-json-1.0').end(JSON.stringify(respond(operation, body)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void server.close());
beforeEach(() => {
  calls = [];
  looks = 2;
  recovery = 'ENABLED';
});

function restore(...args: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const env = {
    ...process.env,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    DYNAMODB_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/terraform/restore.ts', ...args], { env });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, stdout, stderr })));
}

const bodies = (operation: string) => calls.filter(([name]) => name === operation).map(([, body]) => body);
const tables = ['events=events-table', 'registrations=events-function-registrations'];

it('restores all tables to the same second as new ones, with the settings that a restore leaves out', async () => {
  const { status, stdout, stderr } = await restore('2026-11-29T10:00:00Z', 'restored', ...tables);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const RestoreDateTime = Date.parse('2026-11-29T10:00:00Z') / 1000;
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
  expect(bodies('RestoreTableToPointInTime')).toContainEqual(
    expect.objectContaining({ UseLatestRestorableTime: true }),
  );
  const writes = calls.filter(([name]) => /^(Update|Delete|Create|Put)/.test(name));
  expect(writes.length).toBeGreaterThan(0);
  expect(writes.filter(([, { TableName }]) => !String(TableName).endsWith('-restored'))).toEqual([]);
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
  ['without a suffix', ['latest'], 'ENABLED', /^Usage: /],
])('restores nothing %s', async (_, args, state, message) => {
  recovery = state;
  const { status, stderr } = await restore(...args);
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
  expect(bodies('RestoreTableToPointInTime')).toEqual([]);
});
