/** A deployment in an emulator of its own: everything that Terraform has applied, made again. */
import { readFileSync } from 'node:fs';
import { type Call, startAws } from './aws.ts';
import { region, startEmulator } from './emulator.ts';
import { type Environment, ignored, make, order, type RolePolicy, rolePolicy } from './resources.ts';
import { inOrder, replaceIn, type Resource, resourcesOf, type State } from './state.ts';

/** An issuer whose tokens are accepted in place of those of the user pool. */
export interface Issuer {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly clientId: string;
}

/** What was made, with the identifiers that the services have chosen. */
export interface Deployed {
  /** The path of the API at the address of the emulator, with the base path. */
  readonly path: string;
  readonly basePath: string;
  /** The environment variables of the function. */
  readonly variables: Environment;
  readonly functionName: string;
  /** The alias that the gateway invokes. */
  readonly alias: string;
  readonly apiId: string;
  readonly stage: string;
  readonly logGroup: string;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly organizersGroup: string;
  readonly policy: RolePolicy;
}

export interface Deployment extends Deployed {
  readonly call: Call;
  readonly account: string;
  readonly region: string;
  /** The address of the emulator, which is that of every service. */
  readonly endpoint: string;
  /** The address of the API, with its base path. */
  readonly url: string;
  /** Replaces the policy of the function's role. */
  setPolicy(policy: string): Promise<void>;
  /** Publishes a version of the function with other environment variables, and lets it serve. */
  setVariables(variables: Environment): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts an emulator and makes all resources of a state in it.
 *
 * @param file the output of `terraform show -json`
 * @param scratch a folder for files of the emulator
 * @throws Error if the state has a resource of an unknown type
 */
export async function startDeployment(file: string, scratch: string, issuer?: Issuer): Promise<Deployment> {
  const planned = read(file);
  const emulator = await startEmulator(accountOf(planned), scratch);
  const aws = startAws(emulator);
  const stop = async () => {
    await aws.stop();
    await emulator.stop();
  };
  try {
    const { deployed, added } = await makeAll(aws.call, planned, emulator.url, issuer);
    return {
      ...deployed,
      call: aws.call,
      account: emulator.account,
      region,
      endpoint: emulator.url,
      url: `${emulator.url}${deployed.path}`,
      setPolicy: (policy) => rolePolicy(aws.call, { ...deployed.policy, policy }, {}),
      setVariables: (variables) => publish(aws.call, deployed, { ...variables, ...added }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The policy of the function's role in a state. */
export function policyOf(file: string): string {
  return only<RolePolicy>(read(file), 'aws_iam_role_policy').policy;
}

/** The name of the group of organizers in a state. */
export function organizersGroupOf(file: string): string {
  return only<{ name: string }>(read(file), 'aws_cognito_user_group').name;
}

/** The environment variables of the function in a state. */
export function variablesOf(file: string): Environment {
  return only<FunctionValues>(read(file), 'aws_lambda_function').environment[0].variables;
}

function read(file: string): Resource[] {
  return inOrder(resourcesOf(JSON.parse(readFileSync(file, 'utf8')) as State), order, ignored);
}

/** Publishes a version of the function with these environment variables, and points the alias to it. */
async function publish(call: Call, { functionName, alias }: Deployed, variables: Environment): Promise<void> {
  const FunctionName = functionName;
  await call('lambda', 'update_function_configuration', { FunctionName, Environment: { Variables: variables } });
  const { Version } = await call<{ Version: string }>('lambda', 'publish_version', { FunctionName });
  await call('lambda', 'update_alias', { FunctionName, Name: alias, FunctionVersion: Version });
}

/** Makes the resources. `added` are the environment variables that Terraform has not set. */
async function makeAll(
  call: Call,
  planned: readonly Resource[],
  endpoint: string,
  issuer?: Issuer,
): Promise<{ deployed: Deployed; added: Environment }> {
  const poolId = only<{ id: string }>(planned, 'aws_cognito_user_pool').id;
  const replacements = new Map<string, string>();
  if (issuer) {
    const { jwt_configuration } = only<{ jwt_configuration: [{ issuer: string; audience: [string] }] }>(
      planned,
      'aws_apigatewayv2_authorizer',
    );
    replacements.set(jwt_configuration[0].issuer, issuer.issuer);
  }
  const replaced: Resource[] = [];
  let added: Environment = {};
  for (const resource of planned) {
    const values = replaceIn(resource.values, replacements);
    // The function reads its keys and its tables at these addresses instead of those of AWS.
    const keys = `${endpoint}/${replaceIn(poolId, replacements)}/.well-known/jwks.json`;
    added = { DYNAMODB_ENDPOINT: endpoint, TOKEN_JWKS_URI: issuer?.jwksUri ?? keys };
    const chosen = await make(call, resource.type, values, added);
    for (const [from, to] of Object.entries(chosen)) replacements.set(from, to);
    if (issuer && resource.type === 'aws_cognito_user_pool_client')
      replacements.set(resource.values['id'] as string, issuer.clientId);
    replaced.push({ ...resource, values: replaceIn(resource.values, replacements) });
  }
  return { deployed: describe(replaced), added };
}

interface FunctionValues {
  readonly function_name: string;
  readonly environment: readonly [{ readonly variables: Environment }];
  readonly logging_config: readonly [{ readonly log_group: string }];
}

function describe(resources: readonly Resource[]): Deployed {
  const { function_name, environment, logging_config } = only<FunctionValues>(resources, 'aws_lambda_function');
  const [{ variables }] = environment;
  const basePath = variables['BASE_PATH'] ?? '';
  const { id: apiId } = only<{ id: string }>(resources, 'aws_apigatewayv2_api');
  return {
    path: `/_aws/execute-api/${apiId}${basePath}`,
    basePath,
    variables,
    functionName: function_name,
    alias: only<{ name: string }>(resources, 'aws_lambda_alias').name,
    apiId,
    stage: only<{ name: string }>(resources, 'aws_apigatewayv2_stage').name,
    logGroup: logging_config[0].log_group,
    userPoolId: only<{ id: string }>(resources, 'aws_cognito_user_pool').id,
    clientId: only<{ id: string }>(resources, 'aws_cognito_user_pool_client').id,
    organizersGroup: only<{ name: string }>(resources, 'aws_cognito_user_group').name,
    policy: only<RolePolicy>(resources, 'aws_iam_role_policy'),
  };
}

/** The values of the only resource of a type. */
function only<Values>(resources: readonly Resource[], type: string): Values {
  const found = resources.filter((one) => one.type === type);
  if (found.length !== 1) throw new Error(`Expected one ${type} in the state of Terraform, not ${found.length}.`);
  return found[0]!.values as Values;
}

/** The account of Terraform's values, from the ARN of a role. */
function accountOf(resources: readonly Resource[]): string {
  return only<{ arn: string }>(resources, 'aws_iam_role').arn.split(':')[4]!;
}
