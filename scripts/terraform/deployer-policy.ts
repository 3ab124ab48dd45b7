/**
 * The policy of the principal that deploys: what Terraform calls for each type of resource in terraform/, and nothing else. Writes
 * terraform/deployer-policy.json.
 *
 *     tsx scripts/terraform/deployer-policy.ts
 */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** The start of the names of everything that is deployed, as in the default events_function_name and events_table_name. */
const prefix = 'events-';

interface Grant {
  /** Without the name of the service, which starts each of them. */
  readonly actions: string;
  readonly resources: readonly string[];
}

const tags = 'TagResource UntagResource ListTagsForResource';
const everything = ['*'];
const role = [`arn:aws:iam::*:role/${prefix}*`];
const functions = [`arn:aws:lambda:*:*:function:${prefix}*`];
const gateway = {
  service: 'apigateway',
  actions: 'GET POST PUT PATCH DELETE',
  resources: ['/apis', '/apis/*', '/domainnames', '/domainnames/*', '/tags/*'].map(
    (path) => `arn:aws:apigateway:*::${path}`,
  ),
};
const userPools = ['arn:aws:cognito-idp:*:*:userpool/*'];
const health = ['arn:aws:route53:::healthcheck/*'];

/** By type of resource. Where AWS has no resource for an action, it is granted on everything. */
export const grants: Readonly<Record<string, readonly (Grant & { readonly service: string })[]>> = {
  aws_apigatewayv2_api: [gateway],
  aws_apigatewayv2_api_mapping: [gateway],
  aws_apigatewayv2_authorizer: [gateway],
  aws_apigatewayv2_domain_name: [gateway, { service: 'acm', actions: 'DescribeCertificate', resources: everything }],
  aws_apigatewayv2_integration: [gateway],
  aws_apigatewayv2_route: [gateway],
  // The access log: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
  aws_apigatewayv2_stage: [
    gateway,
    {
      service: 'logs',
      actions:
        'CreateLogDelivery GetLogDelivery UpdateLogDelivery DeleteLogDelivery ListLogDeliveries PutResourcePolicy DescribeResourcePolicies',
      resources: everything,
    },
  ],
  aws_budgets_budget: [
    {
      service: 'budgets',
      actions: `ViewBudget ModifyBudget ${tags}`,
      resources: [`arn:aws:budgets::*:budget/${prefix}*`],
    },
  ],
  aws_cloudwatch_dashboard: [
    {
      service: 'cloudwatch',
      actions: 'PutDashboard GetDashboard DeleteDashboards',
      resources: [`arn:aws:cloudwatch::*:dashboard/${prefix}*`],
    },
  ],
  aws_cloudwatch_log_group: [
    {
      service: 'logs',
      actions: `CreateLogGroup DeleteLogGroup PutRetentionPolicy DeleteRetentionPolicy AssociateKmsKey DisassociateKmsKey ${tags}`,
      resources: ['lambda', 'vendedlogs'].map((folder) => `arn:aws:logs:*:*:log-group:/aws/${folder}/${prefix}*`),
    },
    { service: 'logs', actions: 'DescribeLogGroups', resources: everything },
  ],
  aws_cloudwatch_metric_alarm: [
    {
      service: 'cloudwatch',
      actions: `PutMetricAlarm DeleteAlarms DescribeAlarms ${tags}`,
      resources: [`arn:aws:cloudwatch:*:*:alarm:${prefix}*`],
    },
  ],
  aws_cloudwatch_query_definition: [
    {
      service: 'logs',
      actions: 'PutQueryDefinition DeleteQueryDefinition DescribeQueryDefinitions',
      resources: everything,
    },
  ],
  aws_cognito_user_group: [
    { service: 'cognito-idp', actions: 'CreateGroup GetGroup UpdateGroup DeleteGroup', resources: userPools },
  ],
  aws_cognito_user_pool: [
    { service: 'cognito-idp', actions: 'CreateUserPool DescribeUserPoolDomain', resources: everything },
    {
      service: 'cognito-idp',
      actions: `DescribeUserPool UpdateUserPool DeleteUserPool GetUserPoolMfaConfig SetUserPoolMfaConfig ${tags}`,
      resources: userPools,
    },
  ],
  aws_cognito_user_pool_client: [
    {
      service: 'cognito-idp',
      actions: 'CreateUserPoolClient DescribeUserPoolClient UpdateUserPoolClient DeleteUserPoolClient',
      resources: userPools,
    },
  ],
  aws_cognito_user_pool_domain: [
    {
      service: 'cognito-idp',
      actions: 'CreateUserPoolDomain UpdateUserPoolDomain DeleteUserPoolDomain',
      resources: userPools,
    },
  ],
  aws_dynamodb_table: [
    {
      service: 'dynamodb',
      actions:
        'CreateTable DescribeTable UpdateTable DeleteTable DescribeTimeToLive UpdateTimeToLive DescribeContinuousBackups UpdateContinuousBackups ' +
        'TagResource UntagResource ListTagsOfResource',
      resources: [`arn:aws:dynamodb:*:*:table/${prefix}*`],
    },
    // Only with kms_key_arn; the policy of the key decides as well.
    { service: 'kms', actions: 'DescribeKey CreateGrant', resources: ['arn:aws:kms:*:*:key/*'] },
  ],
  aws_iam_role: [
    {
      service: 'iam',
      actions:
        'CreateRole GetRole UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy DeleteRole TagRole UntagRole ListRolePolicies ' +
        'ListAttachedRolePolicies ListInstanceProfilesForRole PutRolePermissionsBoundary DeleteRolePermissionsBoundary',
      resources: role,
    },
  ],
  aws_iam_role_policy: [{ service: 'iam', actions: 'PutRolePolicy GetRolePolicy DeleteRolePolicy', resources: role }],
  aws_lambda_alias: [
    { service: 'lambda', actions: 'CreateAlias GetAlias UpdateAlias DeleteAlias', resources: functions },
  ],
  aws_lambda_function: [
    {
      service: 'lambda',
      actions:
        'CreateFunction GetFunction GetFunctionConfiguration GetFunctionCodeSigningConfig UpdateFunctionCode UpdateFunctionConfiguration ' +
        'DeleteFunction PublishVersion ListVersionsByFunction PutFunctionConcurrency DeleteFunctionConcurrency TagResource UntagResource ListTags',
      resources: functions,
    },
  ],
  aws_lambda_permission: [
    { service: 'lambda', actions: 'AddPermission RemovePermission GetPolicy', resources: functions },
  ],
  aws_lambda_provisioned_concurrency_config: [
    {
      service: 'lambda',
      actions: 'PutProvisionedConcurrencyConfig GetProvisionedConcurrencyConfig DeleteProvisionedConcurrencyConfig',
      resources: functions,
    },
  ],
  aws_route53_health_check: [
    { service: 'route53', actions: 'CreateHealthCheck', resources: everything },
    {
      service: 'route53',
      actions: 'GetHealthCheck UpdateHealthCheck DeleteHealthCheck ChangeTagsForResource ListTagsForResource',
      resources: health,
    },
  ],
  aws_route53_record: [
    {
      service: 'route53',
      actions: 'GetHostedZone ChangeResourceRecordSets ListResourceRecordSets',
      resources: ['arn:aws:route53:::hostedzone/*'],
    },
    { service: 'route53', actions: 'GetChange', resources: everything },
  ],
  aws_sns_topic: [
    {
      service: 'sns',
      actions: `CreateTopic GetTopicAttributes SetTopicAttributes DeleteTopic ${tags}`,
      resources: [`arn:aws:sns:*:*:${prefix}*`],
    },
  ],
  aws_sns_topic_subscription: [
    {
      service: 'sns',
      actions: 'Subscribe Unsubscribe GetSubscriptionAttributes SetSubscriptionAttributes',
      resources: [`arn:aws:sns:*:*:${prefix}*`],
    },
  ],
};

interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: object;
}

/** The role may be given to Lambda only; and the first custom domain of an account needs a role of API Gateway. */
const conditional: readonly Statement[] = [
  {
    Effect: 'Allow',
    Action: ['iam:PassRole'],
    Resource: role,
    Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  },
  {
    Effect: 'Allow',
    Action: ['iam:CreateServiceLinkedRole'],
    Resource: ['arn:aws:iam::*:role/aws-service-role/ops.apigateway.amazonaws.com/*'],
    Condition: { StringEquals: { 'iam:AWSServiceName': 'ops.apigateway.amazonaws.com' } },
  },
];

/** The policy: one statement for each set of resources. */
export function deployerPolicy(): { readonly Version: string; readonly Statement: readonly Statement[] } {
  const byResources = new Map<string, Set<string>>();
  for (const { service, actions, resources } of Object.values(grants).flat()) {
    const key = JSON.stringify(resources);
    const known = byResources.get(key) ?? new Set();
    for (const action of actions.split(' ')) known.add(`${service}:${action}`);
    byResources.set(key, known);
  }
  const statements = [...byResources].map(([resources, actions]): Statement => ({
    Effect: 'Allow',
    Action: [...actions].sort(),
    Resource: JSON.parse(resources) as string[],
  }));
  return { Version: '2012-10-17', Statement: [...statements, ...conditional] };
}

/** The file as it is committed. */
export const policyFile = 'terraform/deployer-policy.json';
export const policyText = () => `${JSON.stringify(deployerPolicy(), null, 2)}\n`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(policyFile, policyText());
