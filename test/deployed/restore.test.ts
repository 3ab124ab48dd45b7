/** The drill of docs/deploying.md: tables are restored as new ones, the function uses them, and what was lost is there again. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { replaceIn } from '../../scripts/terraform/deployed/state.ts';
import type { Deployment } from '../../scripts/terraform/deployed/deployment.ts';
import { pathTo } from '../../src/contract/operations.ts';
import { tables as definitions } from '../../src/storage/tables.ts';
import type { TestRequest, TestResponse } from '../support/api.ts';
import { startDeployedApi, startDeployedIssuer } from '../support/deployed.ts';
import { concert } from '../support/events.ts';
import { testUsers, type TestIssuer, type TestUser } from '../support/issuer.ts';
import type { TestTables } from '../support/tables.ts';

let issuer: TestIssuer;
let deployment: Deployment;
let tables: TestTables;
let send: (request: TestRequest & { readonly as: TestUser }) => Promise<TestResponse>;
let output: string;
let eventId: string;

const suffix = 'restored';
const restoredName = (name: string) => `${name}-${suffix}`;

beforeAll(async () => {
  issuer = await startDeployedIssuer();
  const started = await startDeployedApi(issuer);
  ({ deployment, tables } = started);
  send = async ({ method = 'GET', path, headers = {}, body, as }) =>
    started.transport.send({
      method,
      path,
      headers: {
        authorization: `Bearer ${await issuer.tokenFor(as)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      bytes: body === undefined ? undefined : Buffer.from(JSON.stringify(body)),
    });
  await createEventWithRegistration();
  output = await restore();
  // The incident: the event is overwritten, and a registration erased.
  const overwritten = await change('PATCH', 'updateEvent', { name: 'Overwritten' });
  expect(overwritten).toMatchObject({ status: 200 });
  const erasure = { method: 'DELETE', path: pathTo('deleteMyRegistration', { eventId }) };
  expect(await send({ ...erasure, as: 'attendee' })).toMatchObject({ status: 204 });
});
afterAll(async () => {
  await tables?.drop();
  await issuer?.stop();
});

/** Changes the event as its organizer. */
async function change(
  method: string,
  operationId: 'publishEvent' | 'updateEvent',
  body?: object,
): Promise<TestResponse> {
  const { headers } = await send({ path: pathTo('getEvent', { eventId }), as: 'organizer' });
  const ifMatch = { 'if-match': headers['etag'] ?? '' };
  return send({ method, path: pathTo(operationId, { eventId }), headers: ifMatch, body, as: 'organizer' });
}

/** Creates and publishes an event, and lets the attendee register. */
async function createEventWithRegistration(): Promise<void> {
  const key = { 'idempotency-key': randomUUID() };
  const creation = { method: 'POST', path: pathTo('createEvent'), body: concert, headers: key };
  ({ eventId } = (await send({ ...creation, as: 'organizer' })).body as { eventId: string });
  expect(await change('POST', 'publishEvent')).toMatchObject({ status: 200 });
  const path = pathTo('registerForEvent', { eventId });
  const registered = await send({ method: 'PUT', path, body: { name: 'Mira Novak' }, as: 'attendee' });
  expect(registered).toMatchObject({ status: 201 });
}

/** Runs the command of the guide. Resolves with what it prints. */
function restore(): Promise<string> {
  const named = Object.entries(tables.tableNames).map(([key, name]) => `${key}=${name}`);
  const env = {
    ...process.env,
    AWS_REGION: deployment.region,
    AWS_ACCESS_KEY_ID: deployment.account,
    AWS_SECRET_ACCESS_KEY: 'emulated',
    DYNAMODB_ENDPOINT: deployment.endpoint,
  };
  const args = ['--import', 'tsx', 'scripts/terraform/restore.ts', 'latest', suffix, ...named];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return new Promise((resolve, reject) =>
    child.on('close', (status) =>
      status === 0 ? resolve(text) : reject(new Error(`restore.ts ended with ${status}`)),
    ),
  );
}

interface Description {
  readonly DeletionProtectionEnabled: boolean;
  readonly GlobalSecondaryIndexes?: readonly { readonly IndexName: string }[];
}

describe('a restore of all tables', () => {
  it.each(Object.entries(definitions))('makes %s again, with all settings', async (key, { indexes, ...definition }) => {
    const TableName = restoredName(tables.tableNames[key as keyof typeof definitions]);
    const { Table } = await deployment.call<{ Table: Description }>('dynamodb', 'describe_table', { TableName });
    expect(Table.DeletionProtectionEnabled).toBe(true);
    expect((Table.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName).sort()).toEqual(
      Object.keys(indexes).sort(),
    );
    const { TimeToLiveDescription: ttl } = await deployment.call<{ TimeToLiveDescription: object }>(
      'dynamodb',
      'describe_time_to_live',
      { TableName },
    );
    const expected = 'timeToLive' in definition ? { AttributeName: definition.timeToLive } : {};
    expect(ttl).toMatchObject({ TimeToLiveStatus: 'timeToLive' in definition ? 'ENABLED' : 'DISABLED', ...expected });
    const { ContinuousBackupsDescription: backups } = await deployment.call<{ ContinuousBackupsDescription: object }>(
      'dynamodb',
      'describe_continuous_backups',
      { TableName },
    );
    expect(backups).toMatchObject({ PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' } });
  });

  it('names the tables for Terraform, which takes them over', () => {
    for (const [key, name] of Object.entries(tables.tableNames)) {
      expect(output).toContain(`\n  ${key} = "${restoredName(name)}"\n`);
      expect(output).toMatch(new RegExp(`terraform -chdir=terraform import .*\\["${key}"\\]' ${restoredName(name)}\n`));
    }
  });

  it('brings back what was lost, once the function uses the tables', async () => {
    const event = { path: pathTo('getEvent', { eventId }), as: 'organizer' } as const;
    const registration = { path: pathTo('getMyRegistration', { eventId }), as: 'attendee' } as const;
    expect(await send(event)).toMatchObject({ status: 200, body: { name: 'Overwritten' } });
    expect(await send(registration)).toMatchObject({ status: 404 });
    // As `make apply` does with table_names: the environment of the function and its policy name the tables.
    const names = new Map(Object.values(tables.tableNames).map((name) => [name, restoredName(name)]));
    await deployment.setPolicy(replaceIn(deployment.policy.policy, names));
    await deployment.setVariables(replaceIn(deployment.variables, names));
    expect(await send(event)).toMatchObject({ status: 200, body: { name: concert.name, registeredCount: 1 } });
    const list = await send({ path: `${pathTo('listEvents')}?organizerId=${testUsers.organizer}`, as: 'attendee' });
    expect(list).toMatchObject({ status: 200, body: { items: [{ eventId }] } });
    expect(await send(registration)).toMatchObject({ status: 200, body: { status: 'confirmed' } });
  });
});
