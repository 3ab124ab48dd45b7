/** The function of terraform/examples/signed-in-check, in the emulator, which has the SDK of Lambda's runtime. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zip } from '../../scripts/function/zip.ts';
import type { Deployment } from '../../scripts/terraform/deployed/deployment.ts';
import { startDeployedApi } from '../support/deployed.ts';
import type { TestTables } from '../support/tables.ts';
import { createUser, password } from './users.ts';

const folder = 'terraform/examples/signed-in-check';
const name = 'events-signed-in-check';
const parameter = '/event-management-api/signed-in-check';

let deployment: Deployment;
let tables: TestTables;

beforeAll(async () => {
  ({ deployment, tables } = await startDeployedApi());
  await createUser(deployment, 'signed-in-check@example.com');
  await storePassword(password);
  await createCheck();
});
afterAll(() => tables?.drop());

const storePassword = (Value: string) =>
  deployment.call('ssm', 'put_parameter', { Name: parameter, Type: 'SecureString', Value, Overwrite: true });

/** The actions of the example, each with the resources that it names. */
function statements(): object[] {
  const { region, account, userPoolId } = deployment;
  const text = readFileSync(`${folder}/main.tf`, 'utf8');
  const resources = {
    'cognito-idp': `arn:aws:cognito-idp:${region}:${account}:userpool/${userPoolId}`,
    ssm: `arn:aws:ssm:${region}:${account}:parameter${parameter}`,
  };
  const actions = [...text.matchAll(/actions += \["([\w-]+):(\w+)"\]/g)];
  expect(actions).toHaveLength(Object.keys(resources).length);
  return actions.map(([, service = '', action]) => ({
    Effect: 'Allow',
    Action: `${service}:${action}`,
    Resource: resources[service as keyof typeof resources],
  }));
}

async function createCheck(): Promise<void> {
  const { call, account, userPoolId, clientId, url } = deployment;
  const principal = { Service: 'lambda.amazonaws.com' };
  const trust = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal }] };
  await call('iam', 'create_role', { RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) });
  const document = JSON.stringify({ Version: '2012-10-17', Statement: statements() });
  await call('iam', 'put_role_policy', { RoleName: name, PolicyName: 'function', PolicyDocument: document });
  const file = join(mkdtempSync(join(process.env['TEST_SCRATCH']!, 'check-')), 'check.zip');
  writeFileSync(file, zip({ 'index.js': readFileSync(`${folder}/check.cjs`) }));
  await call('lambda', 'create_function', {
    FunctionName: name,
    Role: `arn:aws:iam::${account}:role/${name}`,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    Timeout: 30,
    Code: { ZipFile: { $file: file } },
    Environment: {
      Variables: {
        API_URL: url,
        USER_POOL_ID: userPoolId,
        CLIENT_ID: clientId,
        USER_NAME: 'signed-in-check@example.com',
        PASSWORD_PARAMETER: parameter,
      },
    },
  });
}

/** Whether the check fails, which is an error of the function. */
async function fails(): Promise<boolean> {
  const { FunctionError } = await deployment.call<{ FunctionError?: string }>('lambda', 'invoke', {
    FunctionName: name,
  });
  return FunctionError !== undefined;
}

describe('the signed-in check', () => {
  it('succeeds if the API accepts the token', async () => {
    expect(await fails()).toBe(false);
  });

  it('fails if the API rejects every token', async () => {
    await deployment.setVariables({ ...deployment.variables, TOKEN_CLIENT_ID: 'another' });
    expect(await fails()).toBe(true);
    await deployment.setVariables(deployment.variables);
    expect(await fails()).toBe(false);
  });

  it('fails if it cannot sign in', async () => {
    await storePassword('Wrong-Horse-7-Battery');
    expect(await fails()).toBe(true);
  });
});
