/** What the function and the gateway have from Terraform: requests fail without any environment variable, and without the permission. */
import { variablesOf } from '../../scripts/terraform/deployed/deployment.ts';
import { stateFile } from '../support/deployed.ts';
import { mayInvoke, type ResourcePolicy } from './invocation.ts';
import { startTrials, type Trials } from './trials.ts';

let trials: Trials;
beforeAll(async () => {
  trials = await startTrials();
});
afterAll(() => trials?.stop());

describe('the environment of the function', () => {
  it.each(Object.keys(variablesOf(stateFile())))('has %s, without which requests fail', async (name) => {
    const { [name]: _removed, ...others } = trials.deployment.variables;
    await trials.deployment.setVariables(others);
    expect(await trials.failing()).toHaveLength(1);
  });

  it('lets every example request succeed', async () => {
    await trials.deployment.setVariables(trials.deployment.variables);
    expect(await trials.failing({ all: true })).toEqual([]);
  });
});

/** The emulator calls the function without asking its policy, so the policy is evaluated here. */
describe('the permission of the gateway', () => {
  /** The routes for which the gateway may not call the alias. */
  async function refused(): Promise<string[]> {
    const { call, functionName, alias, apiId, stage, account, region } = trials.deployment;
    const { Items } = await call<{ Items: { RouteKey: string }[] }>('apigatewayv2', 'get_routes', { ApiId: apiId });
    expect(Items.length).toBeGreaterThan(1);
    const { Policy } = await call<{ Policy: string }>('lambda', 'get_policy', {
      FunctionName: functionName,
      Qualifier: alias,
    }).catch(() => ({ Policy: '{"Statement":[]}' }));
    return Items.map(({ RouteKey }) => RouteKey).filter((routeKey) => {
      const api = { account, region, apiId, stage };
      return !mayInvoke(JSON.parse(Policy) as ResourcePolicy, `${functionName}:${alias}`, api, routeKey);
    });
  }

  it('is for every route', async () => {
    expect(await refused()).toEqual([]);
  });

  it('is missed by every route', async () => {
    const { call, functionName, alias, apiId } = trials.deployment;
    const { Policy } = await call<{ Policy: string }>('lambda', 'get_policy', {
      FunctionName: functionName,
      Qualifier: alias,
    });
    const [statement] = (JSON.parse(Policy) as ResourcePolicy).Statement;
    const removed = { FunctionName: functionName, Qualifier: alias, StatementId: statement!.Sid };
    await call('lambda', 'remove_permission', removed);
    const { Items } = await call<{ Items: object[] }>('apigatewayv2', 'get_routes', { ApiId: apiId });
    expect(await refused()).toHaveLength(Items.length);
  });
});
