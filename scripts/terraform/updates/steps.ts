/** What happens to a deployment over the years: each step is a change of the contract or of variables, and what its plan must change. */
import tables from '../../../src/storage/tables.json' with { type: 'json' };
import type { Values } from '../deployed/workspace.ts';

/** What the steps use besides the project. */
export interface Given {
  /** The ARN of a KMS key. */
  readonly key: string;
  /** A folder with other packages. */
  readonly otherPackages: string;
}

export interface Step {
  readonly title: string;
  /** The change of the contract that Terraform reads. */
  readonly contract?: (text: string) => string;
  /** Variables that differ from the step before; null removes one. */
  readonly variables?: Values;
  /** All changes of the plan. */
  readonly changes: readonly string[];
}

const api = 'module.api';
const operation = `${api}.aws_apigatewayv2_route.operation["POST /events/{eventId}/archive"]`;
const stage = `${api}.aws_apigatewayv2_stage.default`;
const logGroups = [
  `${api}.aws_cloudwatch_log_group.access`,
  `${api}.module.function.aws_cloudwatch_log_group.function`,
];
const keys = `${api}.module.function.aws_iam_role_policy.keys[0]`;
const budget = `${api}.aws_budgets_budget.monthly[0]`;
const alias = `${api}.module.function.aws_lambda_alias.live`;
const allTables = Object.keys(tables).map((key) => `${api}.module.tables.aws_dynamodb_table.table["${key}"]`);
const update = (...addresses: readonly string[]) => addresses.map((address) => `update ${address}`);

/** Where `publishEvent` is in the contract. */
function publishing(text: string): { start: number; end: number } {
  const start = text.indexOf('  /events/{eventId}/publish:\n');
  return { start, end: text.indexOf('\n  /', start + 1) + 1 };
}

/** A second `publishEvent` with another name and path. */
function addOperation(text: string): string {
  const { start, end } = publishing(text);
  const added = text
    .slice(start, end)
    .replace('/publish:', '/archive:')
    .replace('operationId: publishEvent', 'operationId: archiveEvent');
  return text.slice(0, end) + added + text.slice(end);
}

function removeOperation(text: string): string {
  const start = text.indexOf('  /events/{eventId}/archive:\n');
  return text.slice(0, start) + text.slice(text.indexOf('\n  /', start + 1) + 1);
}

/** The steps after the first apply, in their order. */
export const stepsOf = ({ key, otherPackages }: Given): readonly Step[] => [
  {
    title: 'add an operation to the contract',
    contract: addOperation,
    changes: [`create ${operation}`, ...update(stage)],
  },
  {
    title: 'rename the operation',
    contract: (text) => text.replace('operationId: archiveEvent', 'operationId: shelveEvent'),
    changes: update(operation),
  },
  { title: 'remove the operation', contract: removeOperation, changes: [`delete ${operation}`, ...update(stage)] },
  {
    title: 'cap the costs of the tables',
    variables: { table_max_read_units: 500, table_max_write_units: 100 },
    changes: update(...allTables),
  },
  {
    title: 'lift the caps',
    variables: { table_max_read_units: -1, table_max_write_units: -1 },
    changes: update(...allTables),
  },
  {
    title: 'set a budget',
    variables: { monthly_budget_usd: 25, budget_emails: ['ops@example.com'] },
    changes: [`create ${budget}`],
  },
  {
    title: 'remove the budget',
    variables: { monthly_budget_usd: null, budget_emails: [] },
    changes: [`delete ${budget}`],
  },
  {
    title: 'encrypt with a key',
    variables: { kms_key_arn: key },
    changes: [`create ${keys}`, ...update(...allTables, ...logGroups)],
  },
  {
    title: 'leave the key, which the function may still use',
    variables: { kms_key_arn: null, former_kms_key_arns: [key] },
    changes: update(...allTables, ...logGroups),
  },
  { title: 'forget the key', variables: { former_kms_key_arns: [] }, changes: [`delete ${keys}`] },
  {
    title: 'deploy another package',
    variables: { package_folder: otherPackages },
    changes: update(`${api}.module.function.aws_lambda_function.function`, alias),
  },
  {
    title: 'end the protection against deletion',
    variables: { deletion_protection: false },
    changes: update(...allTables, `${api}.aws_cognito_user_pool.users[0]`),
  },
];
