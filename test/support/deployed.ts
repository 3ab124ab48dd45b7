/** The API as Terraform deploys it, in an emulator of AWS. `make test-deployed` applies Terraform, and names the result. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteTableCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  type Deployed,
  type Deployment,
  type Issuer,
  organizersGroupOf,
  startDeployment,
} from '../../scripts/terraform/deployed/deployment.ts';
import { createClient } from '../../src/storage/client.ts';
import { createTables } from '../../src/storage/create-tables.ts';
import { createDatabase } from '../../src/storage/database.ts';
import { forEachTable, tableNameVariable } from '../../src/storage/tables.ts';
import { assertConforms } from '../conformance/assert-conforms.ts';
import { type TestResponse, toResponse, type Transport } from './api.ts';
import type { GatewayRequest } from './gateway.ts';
import { remoteTestIssuer, startTestIssuer, type TestIssuer } from './issuer.ts';
import type { TestTables } from './tables.ts';

/**
 * The file with the state of Terraform.
 *
 * @throws Error outside `make test-deployed`
 */
export function stateFile(): string {
  const file = process.env['DEPLOYED_STATE'];
  if (file === undefined) throw new Error('These tests need the state of Terraform: run `make test-deployed`.');
  return file;
}

/**
 * Sends requests through the gateway of a deployment. Each exchange is checked, unless the gateway has responded itself, or `checked` is
 * false.
 */
export function throughGateway(
  { url, basePath }: Pick<Deployment, 'url' | 'basePath'>,
  { checked = true } = {},
): (request: GatewayRequest) => Promise<TestResponse> {
  return async ({ method, path, headers, bytes }) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers,
      ...(bytes ? { body: new Uint8Array(bytes) } : {}),
    });
    const text = await response.text();
    const received = Object.fromEntries(response.headers);
    if (checked && received['x-request-id'] !== undefined) {
      const requestHeaders = Object.fromEntries(new Headers(headers));
      const request = { method, path: `${basePath}${path}`, requestHeaders, requestBody: bytes };
      // The gateway adds its own id, and the emulator a media type to responses without a body.
      const { 'apigw-requestid': _, 'content-type': mediaType, ...others } = received;
      const hasType = mediaType !== undefined && (text !== '' || method === 'HEAD');
      const own = hasType ? { ...others, 'content-type': mediaType } : others;
      assertConforms({ transport: 'lambda', ...request, status: response.status, headers: own, text }, basePath);
    }
    return toResponse(response.status, received, text);
  };
}

/** The settings of a client that is an administrator of the emulated account: no policy limits it. */
function settingsOf({ endpoint, account, region }: Pick<Deployment, 'endpoint' | 'account' | 'region'>) {
  return { region, endpoint, credentials: { accessKeyId: account, secretAccessKey: 'emulated' } };
}

const tableNamesOf = ({ variables }: Pick<Deployed, 'variables'>) =>
  forEachTable((name) => variables[tableNameVariable(name)] ?? '');

/** The tables of a deployment. */
function tablesOf(
  deployment: Pick<Deployment, 'endpoint' | 'account' | 'region' | 'variables'>,
  stop = () => Promise.resolve(),
): TestTables {
  const client = createClient(settingsOf(deployment));
  const database = createDatabase(settingsOf(deployment));
  return {
    client,
    database,
    tableNames: tableNamesOf(deployment),
    async drop() {
      database.close();
      client.destroy();
      await stop();
    },
  };
}

/** Sends paths without the base path, and returns locations without it. */
function transportOf(deployment: Pick<Deployment, 'url' | 'basePath'>): Transport {
  const { url, basePath } = deployment;
  const send = throughGateway(deployment);
  return {
    url,
    async send(request) {
      const response = await send(request);
      const location = response.headers['location'];
      if (!location?.startsWith(basePath)) return response;
      return { ...response, headers: { ...response.headers, location: location.slice(basePath.length) } };
    },
    async stop() {},
  };
}

/** Starts an issuer whose organizers are those of the deployment. */
export function startDeployedIssuer(): Promise<TestIssuer> {
  return startTestIssuer({ organizersGroup: organizersGroupOf(stateFile()) });
}

/**
 * Makes a deployment in an emulator of its own. Dropping its tables ends it.
 *
 * @param issuer the issuer whose tokens the gateway and the function accept; by default the user pool
 */
export async function startDeployedApi(
  issuer?: Issuer,
): Promise<{ deployment: Deployment; tables: TestTables; transport: Transport }> {
  const scratch = mkdtempSync(join(process.env['TEST_SCRATCH']!, 'emulator-'));
  const deployment = await startDeployment(stateFile(), scratch, issuer);
  return { deployment, tables: tablesOf(deployment, deployment.stop), transport: transportOf(deployment) };
}

/** A deployment that other processes use. */
export interface SharedDeployment {
  readonly deployment: Pick<
    Deployment,
    'endpoint' | 'account' | 'region' | 'variables' | 'url' | 'basePath' | 'organizersGroup'
  >;
  readonly issuer: { readonly issuer: string; readonly jwksUri: string; readonly kid: string };
}

/** The file with the deployments that test files share: one for each worker of Jest. */
const sharedFile = () => join(process.env['TEST_SCRATCH']!, 'deployments.json');

/** Makes deployments for the workers of Jest: making one for each test file would take most of the time. */
export async function startSharedDeployments(workers: number): Promise<readonly { stop(): Promise<void> }[]> {
  const started = await Promise.all(
    Array.from({ length: workers }, async () => {
      const issuer = await startDeployedIssuer();
      const { deployment, tables } = await startDeployedApi(issuer);
      // Otherwise the tables could not be emptied by deleting them.
      for (const TableName of Object.values(tables.tableNames))
        await tables.client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
      return { issuer, deployment, tables };
    }),
  );
  const described = started.map(({ issuer, deployment }): SharedDeployment => ({
    // JSON leaves its functions out.
    deployment,
    issuer: { issuer: issuer.issuer, jwksUri: issuer.jwksUri, kid: issuer.publicKey.kid ?? '' },
  }));
  writeFileSync(sharedFile(), JSON.stringify(described));
  return started.map(({ issuer, tables }) => ({
    async stop() {
      await tables.drop();
      await issuer.stop();
    },
  }));
}

/** The API in the deployment of this worker of Jest, with empty tables. */
export async function openSharedDeployment(): Promise<{
  issuer: TestIssuer;
  tables: TestTables;
  transport: Transport;
  organizersGroup: string;
}> {
  const all = JSON.parse(readFileSync(sharedFile(), 'utf8')) as SharedDeployment[];
  const { deployment, issuer } = all[(Number(process.env['JEST_WORKER_ID']) - 1) % all.length]!;
  const tables = tablesOf(deployment);
  const { organizersGroup } = deployment;
  for (const TableName of Object.values(tables.tableNames))
    await tables.client.send(new DeleteTableCommand({ TableName }));
  await createTables(tables.client, tables.tableNames);
  return {
    issuer: await remoteTestIssuer(issuer, organizersGroup),
    tables,
    transport: transportOf(deployment),
    organizersGroup,
  };
}
