/** How each type of resource is made in the emulator, with the values that Terraform has computed. */
import type { Call } from './aws.ts';
import type { Attributes } from './state.ts';

/** Environment variables of functions, besides those of Terraform. */
export type Environment = Readonly<Record<string, string>>;

/** Texts of Terraform's state, and what stands for them in the emulator: identifiers that a service chooses. */
type Chosen = Readonly<Record<string, string>>;

type Make<Values, Made = void> = (call: Call, values: Values, environment: Environment) => Promise<Made>;

/** Types that are not made, each with the reason. */
export const ignored: Readonly<Record<string, string>> = {
  aws_budgets_budget: 'The emulator has no costs.',
  aws_cloudwatch_dashboard: 'The emulator has no metrics of the gateway or of tables.',
  aws_cloudwatch_metric_alarm: 'The emulator has no metrics of the gateway or of tables.',
  aws_cloudwatch_query_definition: 'Nothing runs a saved query.',
  aws_route53_health_check: 'Its probes come from the internet.',
};

interface UserPool {
  readonly id: string;
  readonly name: string;
  readonly username_attributes: readonly string[];
  readonly auto_verified_attributes: readonly string[];
  readonly admin_create_user_config: readonly { readonly allow_admin_create_user_only: boolean }[];
  readonly username_configuration: readonly { readonly case_sensitive: boolean }[];
}

const userPool: Make<UserPool, Chosen> = async (call, values) => {
  const { UserPool: made } = await call<{ UserPool: { Id: string } }>('cognito-idp', 'create_user_pool', {
    PoolName: values.name,
    UsernameAttributes: values.username_attributes,
    AutoVerifiedAttributes: values.auto_verified_attributes,
    UsernameConfiguration: { CaseSensitive: values.username_configuration[0]?.case_sensitive ?? true },
    AdminCreateUserConfig: {
      AllowAdminCreateUserOnly: values.admin_create_user_config[0]?.allow_admin_create_user_only ?? false,
    },
  });
  return { [values.id]: made.Id };
};

interface UserPoolClient {
  readonly id: string;
  readonly name: string;
  readonly user_pool_id: string;
  readonly explicit_auth_flows: readonly string[];
  readonly generate_secret: boolean;
}

const userPoolClient: Make<UserPoolClient, Chosen> = async (call, values) => {
  const { UserPoolClient: made } = await call<{ UserPoolClient: { ClientId: string } }>(
    'cognito-idp',
    'create_user_pool_client',
    {
      UserPoolId: values.user_pool_id,
      ClientName: values.name,
      ExplicitAuthFlows: values.explicit_auth_flows,
      GenerateSecret: values.generate_secret,
    },
  );
  return { [values.id]: made.ClientId };
};

const userGroup: Make<{ readonly name: string; readonly user_pool_id: string }> = async (call, values) => {
  await call('cognito-idp', 'create_group', { UserPoolId: values.user_pool_id, GroupName: values.name });
};

interface Keys {
  readonly hash_key?: string | null;
  readonly range_key?: string | null;
  /** The later form of the two above. */
  readonly key_schema?: readonly { readonly attribute_name: string; readonly key_type: string }[];
}

interface Table extends Keys {
  readonly name: string;
  readonly billing_mode: string;
  readonly deletion_protection_enabled: boolean;
  readonly attribute: readonly { readonly name: string; readonly type: string }[];
  readonly global_secondary_index: readonly (Keys & { readonly name: string; readonly projection_type: string })[];
  readonly ttl: readonly { readonly attribute_name: string; readonly enabled: boolean }[];
  readonly point_in_time_recovery: readonly { readonly enabled: boolean }[];
}

function keySchema({ hash_key, range_key, key_schema = [] }: Keys): object[] {
  if (key_schema.length > 0)
    return key_schema.map(({ attribute_name, key_type }) => ({ AttributeName: attribute_name, KeyType: key_type }));
  return [
    { AttributeName: hash_key, KeyType: 'HASH' },
    ...(range_key ? [{ AttributeName: range_key, KeyType: 'RANGE' }] : []),
  ];
}

const table: Make<Table> = async (call, values) => {
  const indexes = values.global_secondary_index.map((index) => ({
    IndexName: index.name,
    KeySchema: keySchema(index),
    Projection: { ProjectionType: index.projection_type },
  }));
  await call('dynamodb', 'create_table', {
    TableName: values.name,
    BillingMode: values.billing_mode,
    DeletionProtectionEnabled: values.deletion_protection_enabled,
    AttributeDefinitions: values.attribute.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
    KeySchema: keySchema(values),
    ...(indexes.length === 0 ? {} : { GlobalSecondaryIndexes: indexes }),
  });
  for (const { attribute_name, enabled } of values.ttl)
    await call('dynamodb', 'update_time_to_live', {
      TableName: values.name,
      TimeToLiveSpecification: { AttributeName: attribute_name, Enabled: enabled },
    });
  for (const { enabled } of values.point_in_time_recovery)
    await call('dynamodb', 'update_continuous_backups', {
      TableName: values.name,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: enabled },
    });
};

const role: Make<{ readonly name: string; readonly assume_role_policy: string }> = async (call, values) => {
  await call('iam', 'create_role', {
    RoleName: values.name,
    AssumeRolePolicyDocument: values.assume_role_policy,
  });
};

/** The policy of a role, as Terraform has rendered it. */
export interface RolePolicy {
  readonly role: string;
  readonly name: string;
  readonly policy: string;
}

/** Writes the policy of a role, in place of the one that it has. */
export const rolePolicy: Make<RolePolicy> = async (call, values) => {
  await call('iam', 'put_role_policy', {
    RoleName: values.role,
    PolicyName: values.name,
    PolicyDocument: values.policy,
  });
};

const logGroup: Make<{ readonly name: string; readonly retention_in_days: number }> = async (call, values) => {
  await call('logs', 'create_log_group', { logGroupName: values.name });
  await call('logs', 'put_retention_policy', {
    logGroupName: values.name,
    retentionInDays: values.retention_in_days,
  });
};

interface LambdaFunction {
  readonly function_name: string;
  readonly role: string;
  readonly runtime: string;
  readonly handler: string;
  readonly architectures: readonly string[];
  readonly memory_size: number;
  readonly timeout: number;
  readonly filename: string;
  readonly publish: boolean;
  readonly environment: readonly { readonly variables: Readonly<Record<string, string>> }[];
  readonly logging_config: readonly { readonly log_format: string; readonly log_group: string }[];
}

const lambdaFunction: Make<LambdaFunction> = async (call, values, environment) => {
  const [logging] = values.logging_config;
  await call('lambda', 'create_function', {
    FunctionName: values.function_name,
    Role: values.role,
    Runtime: values.runtime,
    Handler: values.handler,
    Architectures: values.architectures,
    MemorySize: values.memory_size,
    Timeout: values.timeout,
    Code: { ZipFile: { $file: values.filename } },
    Publish: values.publish,
    Environment: { Variables: { ...values.environment[0]?.variables, ...environment } },
    LoggingConfig: { LogFormat: logging?.log_format, LogGroup: logging?.log_group },
  });
};

interface LambdaAlias {
  readonly function_name: string;
  readonly name: string;
  readonly function_version: string;
}

const lambdaAlias: Make<LambdaAlias> = async (call, values) => {
  await call('lambda', 'create_alias', {
    FunctionName: values.function_name,
    Name: values.name,
    FunctionVersion: values.function_version,
  });
};

interface Api {
  readonly id: string;
  readonly name: string;
  readonly protocol_type: string;
  readonly disable_execute_api_endpoint: boolean;
}

const api: Make<Api, Chosen> = async (call, values) => {
  const made = await call<{ ApiId: string }>('apigatewayv2', 'create_api', {
    Name: values.name,
    ProtocolType: values.protocol_type,
    DisableExecuteApiEndpoint: values.disable_execute_api_endpoint,
  });
  return { [values.id]: made.ApiId };
};

interface Integration {
  readonly id: string;
  readonly api_id: string;
  readonly integration_type: string;
  readonly integration_uri: string;
  readonly payload_format_version: string;
  readonly timeout_milliseconds: number;
}

const integration: Make<Integration, Chosen> = async (call, values) => {
  const made = await call<{ IntegrationId: string }>('apigatewayv2', 'create_integration', {
    ApiId: values.api_id,
    IntegrationType: values.integration_type,
    IntegrationUri: values.integration_uri,
    PayloadFormatVersion: values.payload_format_version,
    TimeoutInMillis: values.timeout_milliseconds,
  });
  return { [values.id]: made.IntegrationId };
};

interface Authorizer {
  readonly id: string;
  readonly api_id: string;
  readonly name: string;
  readonly authorizer_type: string;
  readonly identity_sources: readonly string[];
  readonly jwt_configuration: readonly { readonly issuer: string; readonly audience: readonly string[] }[];
}

const authorizer: Make<Authorizer, Chosen> = async (call, values) => {
  const [jwt] = values.jwt_configuration;
  const made = await call<{ AuthorizerId: string }>('apigatewayv2', 'create_authorizer', {
    ApiId: values.api_id,
    Name: values.name,
    AuthorizerType: values.authorizer_type,
    IdentitySource: values.identity_sources,
    JwtConfiguration: { Issuer: jwt?.issuer, Audience: jwt?.audience },
  });
  return { [values.id]: made.AuthorizerId };
};

interface Route {
  readonly api_id: string;
  readonly route_key: string;
  readonly target: string;
  readonly authorization_type: string;
  readonly authorizer_id: string | null;
}

const route: Make<Route> = async (call, values) => {
  await call('apigatewayv2', 'create_route', {
    ApiId: values.api_id,
    RouteKey: values.route_key,
    Target: values.target,
    AuthorizationType: values.authorization_type,
    ...(values.authorizer_id ? { AuthorizerId: values.authorizer_id } : {}),
  });
};

interface Throttle {
  readonly throttling_rate_limit: number;
  readonly throttling_burst_limit: number;
}

interface Stage {
  readonly api_id: string;
  readonly name: string;
  readonly auto_deploy: boolean;
  readonly route_settings: readonly (Throttle & { readonly route_key: string })[];
  readonly access_log_settings: readonly { readonly destination_arn: string; readonly format: string }[];
}

const stage: Make<Stage> = async (call, values) => {
  const [log] = values.access_log_settings;
  const settings = values.route_settings.map((one) => [
    one.route_key,
    { ThrottlingRateLimit: one.throttling_rate_limit, ThrottlingBurstLimit: one.throttling_burst_limit },
  ]);
  await call('apigatewayv2', 'create_stage', {
    ApiId: values.api_id,
    StageName: values.name,
    AutoDeploy: values.auto_deploy,
    RouteSettings: Object.fromEntries(settings) as object,
    AccessLogSettings: { DestinationArn: log?.destination_arn, Format: log?.format },
  });
};

interface Permission {
  readonly function_name: string;
  readonly qualifier: string | null;
  readonly statement_id: string;
  readonly action: string;
  readonly principal: string;
  readonly source_arn: string;
}

const permission: Make<Permission> = async (call, values) => {
  await call('lambda', 'add_permission', {
    FunctionName: values.function_name,
    ...(values.qualifier ? { Qualifier: values.qualifier } : {}),
    StatementId: values.statement_id,
    Action: values.action,
    Principal: values.principal,
    SourceArn: values.source_arn,
  });
};

/** The types that are made, in an order in which what a resource needs is there before it. */
const makers = {
  aws_cognito_user_pool: userPool,
  aws_cognito_user_pool_client: userPoolClient,
  aws_cognito_user_group: userGroup,
  aws_dynamodb_table: table,
  aws_iam_role: role,
  aws_iam_role_policy: rolePolicy,
  aws_cloudwatch_log_group: logGroup,
  aws_lambda_function: lambdaFunction,
  aws_lambda_alias: lambdaAlias,
  aws_apigatewayv2_api: api,
  aws_apigatewayv2_integration: integration,
  aws_apigatewayv2_authorizer: authorizer,
  aws_apigatewayv2_route: route,
  aws_apigatewayv2_stage: stage,
  aws_lambda_permission: permission,
};

/** The types that are made, in their order. */
export const order = Object.keys(makers);

/** Makes one resource. Resolves with the identifiers that the service has chosen in place of those of the state. */
export async function make(call: Call, type: string, values: Attributes, environment: Environment): Promise<Chosen> {
  const maker = makers[type as keyof typeof makers] as Make<never, Chosen | void>;
  return (await maker(call, values as never, environment)) ?? {};
}
