/** The API as Terraform deploys it, in an emulator of AWS. `make test-deployed` applies Terraform, and names the result. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { type Deployment, type Issuer, startDeployment } from '../../scripts/terraform/deployed/deployment.ts';
import { createClient } from '../../src/storage/client.ts';
import { createDatabase } from '../../src/storage/database.ts';
import { forEachTable, tableNameVariable } from '../../src/storage/tables.ts';
import { assertConforms } from '../conformance/assert-conforms.ts';
import { type TestResponse, toResponse, type Transport } from './api.ts';
import type { GatewayRequest } from './gateway.ts';
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

/** Sends requests through the gateway of a deployment; each exchange is checked, unless the gateway has responded itself. */
export function throughGateway({ url, basePath }: Deployment): (request: GatewayRequest) => Promise<TestResponse> {
  return async ({ method, path, headers, bytes }) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers,
      ...(bytes ? { body: new Uint8Array(bytes) } : {}),
    });
    const text = await response.text();
    const received = Object.fromEntries(response.headers);
    if (received['x-request-id'] !== undefined) {
      const requestHeaders = Object.fromEntries(new Headers(headers));
      const request = { method, path: `${basePath}${path}`, requestHeaders, requestBody: bytes };
      // The gateway adds its own id, and the emulator a media type to responses without a body.
      const { 'apigw-requestid': _, 'content-type': mediaType, ...others } = received;
      const own = text === '' || mediaType === undefined ? others : { ...others, 'content-type': mediaType };
      assertConforms({ transport: 'lambda', ...request, status: response.status, headers: own, text }, basePath);
    }
    return toResponse(response.status, received, text);
  };
}

/** The tables of a deployment. Their client is that of an administrator: no policy limits it. */
function tablesOf({ endpoint, variables, account, region, stop }: Deployment): TestTables {
  const settings = { region, endpoint, credentials: { accessKeyId: account, secretAccessKey: 'emulated' } };
  const client = createClient(settings);
  const database = createDatabase(settings);
  return {
    client,
    database,
    tableNames: forEachTable((name) => variables[tableNameVariable(name)] ?? ''),
    async drop() {
      database.close();
      client.destroy();
      await stop();
    },
  };
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
  const transport: Transport = { url: deployment.url, send: throughGateway(deployment), async stop() {} };
  return { deployment, tables: tablesOf(deployment), transport };
}
