/** Compares a deployment with every option with the application that runs in it. */
import { readdirSync, readFileSync } from 'node:fs';
import express from 'express';
import { listen } from '../../../../scripts/stack/listen.ts';
import { metricDimensions, metricNamespace, metricOf, metricUnits } from '../../../../src/http/pipeline/metrics.ts';
import { loadConfig } from '../../../../src/config.ts';
import { corsNeeds } from '../../../../src/contract/cors.ts';
import { operations } from '../../../../src/contract/operations.ts';
import { createCors } from '../../../../src/http/pipeline/cors.ts';
import { contextOf } from '../../../../src/http/pipeline/request-context.ts';
import { requestLog } from '../../../../src/http/pipeline/request-log.ts';
import { createLogger } from '../../../../src/lib/log.ts';
import { toCreateTableInput } from '../../../../src/storage/create-tables.ts';
import { forEachTable, type TableDefinition, tables } from '../../../../src/storage/tables.ts';
import { timeBudget } from '../../../../src/storage/timeouts.ts';
import { contract, operations as documented } from '../../../contract/contract.ts';
import { variablesOf } from '../hcl.ts';
import { existing, loggable } from './metrics.ts';
import { deployedResources, type Resource } from './terraform.ts';

const basePath = '/api/v1';
const kmsKey = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
let resources: Resource[];
let others: Resource[];

beforeAll(() => {
  ({ every_option: resources, other_values: others } = deployedResources());
}, 240_000);

const all = (type: string) => resources.filter((one) => one.type === type);

function only(type: string, name?: string): Record<string, any> {
  const found = all(type).filter((one) => name === undefined || one.name === name);
  expect(found).toHaveLength(1);
  return found[0]!.values;
}

/** The name of the table with this key of tables.json. */
function nameOf(key: string): string {
  return all('aws_dynamodb_table').find(({ index }) => index === key)?.values['name'];
}

describe('routes', () => {
  it('the routes are the operations of the application, preflight requests and $default', () => {
    const routes = all('aws_apigatewayv2_route').map(({ values }) => [
      values['operation_name'],
      values['route_key'],
      values['authorization_type'],
    ]);
    const expected = operations.map(({ operationId, method, path, secured }) => [
      operationId,
      `${method.toUpperCase()} ${basePath}${path}`,
      secured ? 'JWT' : 'NONE',
    ]);
    const others = [
      [null, `OPTIONS ${basePath}/{proxy+}`, 'NONE'],
      [null, '$default', 'NONE'],
    ];
    expect(new Set(routes.map(String))).toEqual(new Set([...expected, ...others].map(String)));
    expect(routes).toHaveLength(operations.length + others.length);
  });

  it('each route has the throttle of the contract, and public routes have low ones', () => {
    const settings: Record<string, any>[] = only('aws_apigatewayv2_stage')['route_settings'];
    const { secured, open, unrouted, preflight } = contract['x-throttles'];
    const own = new Map(documented.map((one) => [one.operationId, one['x-throttle']]));
    const expected = operations.map(({ operationId, method, path, secured: withToken }) => [
      `${method.toUpperCase()} ${basePath}${path}`,
      own.get(operationId) ?? (withToken ? secured : open),
    ]);
    const made = settings.map((one) => [
      one['route_key'],
      { rate: one['throttling_rate_limit'], burst: one['throttling_burst_limit'] },
    ]);
    expect(Object.fromEntries(made)).toEqual({
      ...Object.fromEntries(expected),
      [`OPTIONS ${basePath}/{proxy+}`]: preflight,
      $default: unrouted,
    });
    expect(made).toHaveLength(operations.length + 2);
    for (const [, { rate, burst }] of made)
      expect({ rate: rate > 0, burst: burst > 0 }).toEqual({ rate: true, burst: true });
  });
});

describe('pages of other origins', () => {
  it('pages of other origins receive the same CORS headers from the gateway and the Node.js server', async () => {
    const {
      allow_methods: methods,
      allow_headers: allowed,
      expose_headers: exposed,
      allow_origins: origins,
      max_age: maxAge,
    } = only('aws_apigatewayv2_api')['cors_configuration'][0];
    const needs = corsNeeds(operations);
    expect({ methods: methods.sort(), allowed: allowed.sort(), exposed: exposed.sort() }).toEqual({
      methods: needs.methods,
      allowed: needs.allowedHeaders,
      exposed: needs.exposedHeaders,
    });
    const preflight = await askNodeServer(origins[0]);
    expect(preflight.headers.get('access-control-max-age')).toBe(String(maxAge));
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
  });
});

/** The response of the Node.js server to a preflight request. */
async function askNodeServer(origin: string): Promise<Response> {
  const app = express().use(
    createCors({ origins: [origin], ...corsNeeds(operations) }),
    (_request, response) => void response.sendStatus(204),
  );
  const server = await listen(app);
  try {
    const headers = { origin, 'access-control-request-method': 'POST' };
    return await fetch(`${server.url}/events`, { method: 'OPTIONS', headers });
  } finally {
    await server.close();
  }
}

describe('the function', () => {
  it('the application accepts the environment of the function', () => {
    const { environment } = only('aws_lambda_function');
    const config = loadConfig({ ...environment[0].variables, AWS_REGION: 'us-east-1' });
    const { issuer, audience } = only('aws_apigatewayv2_authorizer')['jwt_configuration'][0];
    expect(config).toMatchObject({
      basePath,
      database: { tableNames: forEachTable(nameOf), region: 'us-east-1' },
      tokens: { issuer, clientId: audience[0], jwksUri: `${issuer}/.well-known/jwks.json` },
      groups: { organizer: only('aws_cognito_user_group')['name'] },
    });
  });

  it('the application reads every variable in the environment of the function', () => {
    const asked = new Set<string>();
    const spy = new Proxy({}, { get: (_, name) => (asked.add(String(name)), undefined) });
    expect(() => loadConfig(spy)).toThrow('TOKEN_ISSUER');
    const { variables } = only('aws_lambda_function')['environment'][0];
    expect(Object.keys(variables).filter((name) => !asked.has(name))).toEqual([]);
  });

  it('the timeout of the function is that of the time budget, and so is that of the gateway', () => {
    const milliseconds = only('aws_lambda_function')['timeout'] * 1000;
    expect(milliseconds).toBe(timeBudget.function);
    expect(only('aws_apigatewayv2_integration')['timeout_milliseconds']).toBe(timeBudget.gateway);
  });
});

it('passes the settings of the deployment to the function, its alias, its role and its log', () => {
  const { memory_size: memory, reserved_concurrent_executions: reserved, filename } = only('aws_lambda_function');
  expect({ memory, reserved, filename }).toEqual({ memory: 2048, reserved: 20, filename: 'tests/fixtures/api.zip' });
  expect(only('aws_lambda_function')['tracing_config']).toMatchObject([{ mode: 'Active' }]);
  expect(only('aws_lambda_provisioned_concurrency_config')).toMatchObject({
    qualifier: 'live',
    provisioned_concurrent_executions: 3,
  });
  expect(only('aws_iam_role')['permissions_boundary']).toBe('arn:aws:iam::123456789012:policy/boundary');
  const logs = all('aws_cloudwatch_log_group').map(({ values }) => [values['retention_in_days'], values['kms_key_id']]);
  expect(logs).toEqual([
    [90, kmsKey],
    [90, kmsKey],
  ]);
});

describe('the tables', () => {
  it('the tables are those of tables.json, with the settings of the deployment', () => {
    expect(all('aws_dynamodb_table').map(({ index }) => index)).toEqual(Object.keys(tables).sort());
    for (const { values } of all('aws_dynamodb_table')) {
      expect(values).toMatchObject({
        deletion_protection_enabled: true,
        on_demand_throughput: [{ max_read_request_units: 500, max_write_request_units: 100 }],
        server_side_encryption: [{ enabled: true, kms_key_arn: kmsKey }],
      });
    }
  });

  it.each(Object.entries(tables))(
    '%s is the table that the local stack creates',
    (key, definition: TableDefinition) => {
      const { values } = all('aws_dynamodb_table').find(({ index }) => index === key)!;
      const input = toCreateTableInput(definition, values['name']);
      expect(values['billing_mode']).toBe(input.BillingMode);
      expect(keysOfTable(values)).toEqual(input.KeySchema);
      expect(
        sorted(values['attribute'].map((one: any) => ({ AttributeName: one.name, AttributeType: one.type }))),
      ).toEqual(sorted(input.AttributeDefinitions));
      const made = values['global_secondary_index'].map((one: any) => ({
        IndexName: one.name,
        KeySchema: one.key_schema.map((key: any) => ({ AttributeName: key.attribute_name, KeyType: key.key_type })),
        Projection: { ProjectionType: one.projection_type },
      }));
      expect(sorted(made)).toEqual(sorted(input.GlobalSecondaryIndexes ?? []));
      expect(values['ttl'].map((one: any) => [one.attribute_name, one.enabled])).toEqual(
        definition.timeToLive === undefined ? [] : [[definition.timeToLive, true]],
      );
    },
  );

  it('are protected, restorable, encrypted and capped alike, and so are their indexes', () => {
    const settings = all('aws_dynamodb_table').map(({ values }) => {
      const { name: _, hash_key: _hash, range_key: _range, attribute: _types, ttl: _ttl, ...own } = values;
      const { global_secondary_index: indexes, ...others } = own;
      for (const { on_demand_throughput: caps } of indexes) expect(caps).toEqual(others['on_demand_throughput']);
      return JSON.stringify(settingsOf(others));
    });
    expect(new Set(settings).size).toBe(1);
    expect(settings[0]).toContain('"point_in_time_recovery":[{"enabled":true');
  });
});

/** The keys of a table, as CreateTable describes them. */
function keysOfTable({ hash_key: hashKey, range_key: rangeKey }: Record<string, any>) {
  const hash = { AttributeName: hashKey, KeyType: 'HASH' };
  return rangeKey ? [hash, { AttributeName: rangeKey, KeyType: 'RANGE' }] : [hash];
}

const sorted = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one)).sort();

interface Metric {
  namespace: string;
  name: string;
  dimensions: string[];
  /** The table that it is about, if it is about one. */
  table?: string;
}

/** Every metric that an alarm evaluates. */
function alarmed(): Metric[] {
  return all('aws_cloudwatch_metric_alarm').flatMap(({ values }) => {
    const queries: any[] = values['metric_query'] ?? [];
    const metrics = queries.length > 0 ? queries.flatMap((query) => query.metric ?? []) : [values];
    return metrics.map((one) => ({
      namespace: one.namespace,
      name: one.metric_name,
      table: one.dimensions?.TableName,
      dimensions: Object.keys(one.dimensions ?? {}).sort(),
    }));
  });
}

/** The widgets of the dashboard. */
function widgets(): any[] {
  return JSON.parse(only('aws_cloudwatch_dashboard')['dashboard_body']).widgets;
}

/** Every metric that the dashboard shows, and every search for metrics. */
function shown(): { metrics: Metric[]; searches: string[] } {
  const lines: any[][] = widgets()
    .filter(({ type }) => type === 'metric')
    .flatMap(({ properties }) => properties.metrics);
  const metrics = lines
    .filter(([first]) => typeof first === 'string')
    .map(([namespace, name, ...rest]) => {
      const dimensions = rest.filter((part, index) => typeof part === 'string' && index % 2 === 0);
      return { namespace, name, dimensions: dimensions.sort() };
    });
  return { metrics, searches: lines.flatMap(([first]) => first.expression ?? []) };
}

/** Types whose names have one namespace for all regions of an account, each with the attribute that is its name. */
const globalNames: Readonly<Record<string, string>> = {
  aws_budgets_budget: 'name',
  aws_cloudwatch_dashboard: 'dashboard_name',
  aws_iam_role: 'name',
};

/** Types whose names belong to a region, to another resource, or to a zone or domain that its owner chose. */
const otherNames =
  /^aws_(apigatewayv2_\w+|cloudwatch_(log_group|metric_alarm|query_definition)|cognito_\w+|dynamodb_table|iam_role_policy|lambda_\w+|route53_(health_check|record)|sns_\w+)$/;

it('names that are global in AWS contain the region', () => {
  const types = [...new Set(resources.map(({ type }) => type))];
  expect(types.filter((type) => globalNames[type] === undefined && !otherNames.test(type))).toEqual([]);
  for (const [type, name] of Object.entries(globalNames)) expect(only(type)[name]).toMatch(/-us-east-1\b/);
});

describe('alarms and dashboard', () => {
  it('alarms and dashboard use existing metrics with existing dimensions', () => {
    const metrics = [...alarmed(), ...shown().metrics];
    expect(metrics.length).toBeGreaterThan(30);
    const unknown = metrics.filter(({ namespace, name, dimensions }) => {
      return !existing[namespace]?.[name]?.some((set) => set.join() === dimensions.join());
    });
    expect(unknown).toEqual([]);
  });

  it('the guide counts the costs of each alarm', () => {
    const [, counted] = / = (\d+) × 0\.10 \|/.exec(readFileSync('docs/deploying.md', 'utf8')) ?? [];
    expect(alarmed().length).toBe(Number(counted));
  });

  it('each alarm links to its section of the runbook, and each section about an alarm has one', () => {
    const linked = all('aws_cloudwatch_metric_alarm').map(
      ({ values }) => String(values['alarm_description']).split('Runbook: ')[1],
    );
    const [alarms = ''] = readFileSync('docs/runbook.md', 'utf8').split('\n## Other tasks\n');
    const url = 'https://github.com/event-management-api/event-management-api/blob/main/docs/runbook.md';
    const sections = [...alarms.matchAll(/^## (.*)$/gm)].map(
      ([, title = '']) => `${url}#${title.toLowerCase().replaceAll(' ', '-')}`,
    );
    expect([...new Set(linked)].sort()).toEqual(sections.sort());
  });

  it('the names of all alarms start with the name of the function', () => {
    const names = all('aws_cloudwatch_metric_alarm').map(({ values }) => String(values['alarm_name']));
    expect(names.filter((name) => !name.startsWith('jazz-function-'))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('each alarm has a description, and missing data raises only the alarm on silence', () => {
    for (const { name, values } of all('aws_cloudwatch_metric_alarm')) {
      expect(values).toMatchObject({
        alarm_description: expect.stringMatching(/\. Runbook: https:\S+$/),
        treat_missing_data: name === 'silence' ? 'breaching' : 'notBreaching',
      });
    }
  });

  it('no two alarms are about the same, and those of one kind differ in nothing else', () => {
    const alarms = all('aws_cloudwatch_metric_alarm').map(({ name, values }) => {
      const { alarm_name: _, alarm_description: _text, metric_name: metric, dimensions, ...others } = values;
      const queries: any[] = values['metric_query'] ?? [];
      return {
        name,
        subject: JSON.stringify([values['namespace'], metric, dimensions, queries.length]),
        settings: `${name} ${JSON.stringify(settingsOf(others))}`,
      };
    });
    expect(new Set(alarms.map(({ subject }) => subject)).size).toBe(alarms.length);
    expect(new Set(alarms.map(({ settings }) => settings)).size).toBe(new Set(alarms.map(({ name }) => name)).size);
  });

  it('expressions of alarms use existing metrics, and percentiles are extended statistics', () => {
    const percentiles = all('aws_cloudwatch_metric_alarm').filter(({ values }) => values['extended_statistic']);
    expect(
      percentiles.map(({ values }) => [values['metric_name'], values['extended_statistic'], values['statistic']]),
    ).toEqual([['Latency', 'p99', null]]);
    for (const { values } of all('aws_cloudwatch_metric_alarm')) {
      const queries: any[] = values['metric_query'] ?? [];
      const expressions = queries.filter((query) => query.expression).map((query) => String(query.expression));
      const names = new Set(expressions.flatMap((one) => one.match(/\b[a-z]\w*/g) ?? []));
      expect([...names].filter((name) => !queries.some((query) => query.id === name))).toEqual([]);
    }
  });

  it('the dashboard searches for the metrics of the function by their names, and its widgets do not overlap', () => {
    const { statusClass } = metricOf({ operationId: undefined, status: 200, durationMs: 1, now: new Date() });
    const [count, duration] = Object.keys(metricUnits);
    const schema = [metricNamespace, ...metricDimensions].join();
    const [ofVersions, ofOperations] = [true, false].map((own) =>
      shown().searches.filter((search) => search.includes('{AWS/Lambda,') === own),
    );
    const named = ofVersions!.map((search) =>
      /^SEARCH\('\{(\S+?),(\S+)\} MetricName="(\w+)" (.*)', 'Sum', 300\)$/.exec(search),
    );
    for (const [, namespace = '', dimensions = '', name = '', filter] of named as RegExpExecArray[]) {
      expect(existing[namespace]?.[name]).toContainEqual(dimensions.split(','));
      expect(filter).toBe('FunctionName="jazz-function" Resource="jazz-function:live"');
    }
    expect(named.map((match) => match?.[3])).toEqual(['Invocations', 'Errors']);
    expect(ofOperations).toEqual([
      `SEARCH('{${schema}} MetricName="${count}"', 'Sum', 300)`,
      `SEARCH('{${schema}} MetricName="${duration}" statusClass="${statusClass}"', 'p99', 300)`,
    ]);
    const places = widgets().map(({ x, y, width }) => `${x}-${x + width} ${y}`);
    expect(new Set(places).size).toBe(places.length);
  });
});

describe('the log of the function', () => {
  it('the function logs errors with the level that the dashboard and an alarm search for', () => {
    const lines: string[] = [];
    createLogger({ write: (line) => void lines.push(line) }).error({ message: 'wrong' });
    const { level } = JSON.parse(lines[0]!) as { level: string };
    const [query] = widgets().flatMap(({ properties }) => properties.query ?? []);
    expect(query).toContain(`filter level = '${level}'`);
    expect(only('aws_cloudwatch_metric_alarm', 'server_errors')['alarm_description']).toContain(`level "${level}"`);
  });
});

describe('the saved queries', () => {
  it('use fields of the lines in the log groups that they read', async () => {
    const access = JSON.parse(only('aws_apigatewayv2_stage')['access_log_settings'][0].format) as object;
    const fields: Readonly<Record<string, readonly string[]>> = {
      '/aws/lambda/jazz-function': Object.keys(await requestLine()),
      '/aws/vendedlogs/jazz-function-access': Object.keys(access),
    };
    const queries = all('aws_cloudwatch_query_definition').map(({ values }) => values);
    expect(queries.length).toBeGreaterThan(4);
    const runbook = readFileSync('docs/runbook.md', 'utf8');
    const named = [...runbook.matchAll(/[Qq]uery `([a-z-]+)`/g)].map(([, name]) => `jazz-function/${name}`);
    expect([...new Set(named)].sort()).toEqual(queries.map(({ name }) => String(name)).sort());
    for (const { name, query_string: query, log_group_names: groups } of queries) {
      expect(name).toMatch(/^jazz-function\/[a-z-]+$/);
      const computed = [...String(query).matchAll(/ as (\w+)/g)].map(([, alias]) => alias);
      const words = String(query)
        .replace(/'[^']*'/g, '')
        .match(/(?<![@.])\b[a-z]\w*(?!\w*\()/gi);
      const language = ['filter', 'stats', 'sort', 'limit', 'as', 'by', 'asc', 'desc', 'and', 'or', ...computed];
      const used = [...new Set(words)].filter((word) => !language.includes(word));
      for (const group of groups as string[])
        expect({ name, unknown: used.filter((word) => !fields[group]?.includes(word)) }).toEqual({ name, unknown: [] });
    }
  });
});

/** The log line of a request that failed, with every field that the saved queries may use. */
async function requestLine(): Promise<object> {
  const lines: string[] = [];
  const log = createLogger({ write: (line) => void lines.push(line) });
  const app = express().use(
    requestLog({ requestId: () => 'r', deadlineMs: 1000, log, version: '7', metrics: true }),
    (_request, response) => {
      contextOf(response).error = new Error('wrong');
      contextOf(response).operation = operations[0]!;
      response.sendStatus(500);
    },
  );
  const server = await listen(app);
  try {
    await fetch(server.url);
    return JSON.parse(lines[0]!) as object;
  } finally {
    await server.close();
  }
}

describe('the access log', () => {
  it('a line of the access log is a JSON object of variables that HTTP APIs support, without a token', () => {
    const format = JSON.parse(only('aws_apigatewayv2_stage')['access_log_settings'][0].format) as Record<
      string,
      string
    >;
    const variables = Object.values(format);
    expect(variables).toEqual(
      expect.arrayContaining([
        '$context.requestId',
        '$context.routeKey',
        '$context.status',
        '$context.authorizer.error',
      ]),
    );
    expect(variables.filter((one) => !loggable.includes(one.replace('$context.', '')))).toEqual([]);
  });

  it('a line of the access log has the route and not the path, which contains the secret of a calendar feed', () => {
    const format = String(only('aws_apigatewayv2_stage')['access_log_settings'][0].format);
    expect(format).toContain('"$context.routeKey"');
    expect(format).not.toMatch(/path|uri|url|querystring|header/i);
    const keys = all('aws_apigatewayv2_route').map(({ values }) => String(values['route_key']));
    expect(keys).toContain(`GET ${basePath}/calendars/{calendarFile}`);
  });

  it('the access log has a name that needs no resource policy', () => {
    expect(only('aws_cloudwatch_log_group', 'access')['name']).toMatch(/^\/aws\/vendedlogs\//);
  });
});

/** Where the value of each variable is seen, in the deployment with other values. `name` distinguishes resources of one type. */
const seen: Readonly<Record<string, (first: (type: string, name?: string) => Record<string, any>) => unknown>> = {
  user_pool_id: (first) => first('aws_apigatewayv2_authorizer')['jwt_configuration'][0].issuer.split('/').at(-1),
  cognito_client_id: (first) => first('aws_apigatewayv2_authorizer')['jwt_configuration'][0].audience[0],
  organizers_group: (first) => first('aws_lambda_function')['environment'][0].variables.ORGANIZERS_GROUP,
  events_table_name: (first) => first('aws_lambda_function')['environment'][0].variables.EVENTS_TABLE_NAME,
  table_names: (first) => ({
    registrations: first('aws_lambda_function')['environment'][0].variables.REGISTRATIONS_TABLE_NAME,
  }),
  events_function_name: (first) => first('aws_lambda_function')['function_name'],
  events_function_path: (first) =>
    `${first('aws_lambda_function')['environment'][0].variables.BASE_PATH}/events/{proxy+}`,
  cors_origins: (first) => first('aws_apigatewayv2_api')['cors_configuration'][0].allow_origins,
  cors_headers: (first) =>
    (first('aws_apigatewayv2_api')['cors_configuration'][0].allow_headers as string[]).filter(
      (name) => name === 'traceparent',
    ),
  domain_name: (first) => first('aws_apigatewayv2_domain_name')['domain_name'],
  certificate_arn: (first) => first('aws_apigatewayv2_domain_name')['domain_name_configuration'][0].certificate_arn,
  hosted_zone_id: (first) => first('aws_route53_record')['zone_id'],
  function_memory_mb: (first) => first('aws_lambda_function')['memory_size'],
  function_timeout_seconds: (first) => first('aws_lambda_function')['timeout'],
  reserved_concurrency: (first) => first('aws_lambda_function')['reserved_concurrent_executions'],
  provisioned_concurrency: () =>
    others.filter(({ type }) => type === 'aws_lambda_provisioned_concurrency_config').length,
  live_version: (first) => first('aws_lambda_alias')['function_version'],
  canary_weight: (first) => Object.values(first('aws_lambda_alias')['routing_config'][0].additional_version_weights)[0],
  tracing: (first) => first('aws_lambda_function')['tracing_config'][0].mode === 'Active',
  permissions_boundary_arn: (first) => first('aws_iam_role')['permissions_boundary'],
  deletion_protection: (first) => first('aws_dynamodb_table')['deletion_protection_enabled'],
  create_user_pool: () => others.some(({ type }) => type === 'aws_cognito_user_pool'),
  sign_in_domain: () => others.find(({ type }) => type === 'aws_cognito_user_pool_domain')?.values['domain'] ?? null,
  callback_urls: () =>
    others.find(({ type }) => type === 'aws_cognito_user_pool_client')?.values['callback_urls'] ?? [],
  kms_key_arn: (first) => first('aws_dynamodb_table')['server_side_encryption'][0].kms_key_arn,
  former_kms_key_arns: (first) =>
    JSON.parse(first('aws_iam_role_policy', 'keys')['policy']).Statement[0].Resource.slice(1),
  table_max_read_units: (first) => first('aws_dynamodb_table')['on_demand_throughput'][0].max_read_request_units,
  table_max_write_units: (first) => first('aws_dynamodb_table')['on_demand_throughput'][0].max_write_request_units,
  log_retention_days: (first) => first('aws_cloudwatch_log_group')['retention_in_days'],
  detailed_metrics: (first) => first('aws_apigatewayv2_stage')['default_route_settings'][0].detailed_metrics_enabled,
  health_check: () => others.some(({ type }) => type === 'aws_route53_health_check'),
  concurrency_quota: (first) => first('aws_cloudwatch_metric_alarm', 'concurrency')['threshold'] / 0.8,
  alarm_emails: (first) => [first('aws_sns_topic_subscription')['endpoint']],
  alarm_topic_arn: (first) =>
    (first('aws_cloudwatch_metric_alarm')['alarm_actions'] as string[]).find((arn) => arn.endsWith(':other')),
  alarm_error_percent: (first) => first('aws_cloudwatch_metric_alarm', 'server_errors')['threshold'],
  alarm_latency_ms: (first) => first('aws_cloudwatch_metric_alarm', 'latency')['threshold'],
  monthly_budget_usd: (first) => Number(first('aws_budgets_budget')['limit_amount']),
  budget_emails: (first) => first('aws_budgets_budget')['notification'][0].subscriber_email_addresses,
};

describe('the variables', () => {
  const [, body = ''] =
    /^run "other_values" \{\n {2}variables \{\n(.*?)^ {2}\}/ms.exec(
      readFileSync('terraform/tests/deployment.tftest.hcl', 'utf8'),
    ) ?? [];
  const set = new Map(
    [...body.matchAll(/^ {4}(\w+) += (.*)$/gm)].map(([, name = '', value = '']) => [
      name,
      JSON.parse(value.replace(/^\{(.*) = (.*)\}$/, '{$1: $2}')) as unknown,
    ]),
  );
  /** Paths of input files, which the root module sets. */
  const elsewhere = ['contract_path', 'tables_path', 'package_folder'];
  const variables = variablesOf('terraform/modules/api/variables.tf').filter(({ name }) => !elsewhere.includes(name));

  it.each(variables.map(({ name, default: value }) => ({ name, value })))(
    '$name is set to what is not its default, and seen in its resource',
    ({ name, value }) => {
      const first = (type: string, resource?: string) =>
        others.find((one) => one.type === type && (resource === undefined || one.name === resource))?.values ?? {};
      // Some exclude each other: the first deployment has these.
      const isDefault = JSON.stringify(set.get(name)) === value;
      expect(set.has(name)).toBe(true);
      expect({ name, isDefault }).toEqual({
        name,
        isDefault: ['create_user_pool', 'sign_in_domain', 'callback_urls', 'provisioned_concurrency'].includes(name),
      });
      expect({ name, seen: seen[name]?.(first) }).toEqual({ name, seen: set.get(name) });
    },
  );
});

/** What AWS would choose: the mocked provider makes up eight letters and digits. */
const isMadeUp = (value: unknown) =>
  typeof value === 'string' && /^[a-z0-9]{8}$/.test(value) && !sources.includes(`"${value}"`);
const sources = ['api', 'function', 'tables']
  .flatMap((module) => readdirSync(`terraform/modules/${module}`).map((file) => `terraform/modules/${module}/${file}`))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

/** The settings in a resource, without what AWS chooses, what is not set, and what other tests compare: documents and the contract's routes. */
function settingsOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(settingsOf);
  if (typeof value === 'string' && value.startsWith('{')) return '{…}';
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([, one]) => {
    const isEmpty = one === null || (typeof one === 'object' && Object.keys(one as object).length === 0);
    return !isEmpty && !isMadeUp(one);
  });
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, settingsOf(one)]));
}

describe('the settings of the resources', () => {
  /** Types that are compared with the contract or tables.json above, one resource each suffices; of tables that with most settings. */
  const once = ['aws_apigatewayv2_route', 'aws_dynamodb_table', 'aws_cloudwatch_metric_alarm'];

  // After an intended change, review the difference and accept it: `npx jest --config <this folder>/jest.config.js -u`.
  it('are those that were accepted', () => {
    const shownOnce = new Set<string>();
    const sizeOf = ({ type, values }: Pick<Resource, 'type' | 'values'>) =>
      type === 'aws_dynamodb_table' ? JSON.stringify(values).length : 0;
    const lines = resources
      .map(({ type, name, values }) => ({ id: `${type}.${name}`, type, values }))
      .sort((one, other) => (one.id === other.id ? sizeOf(other) - sizeOf(one) : one.id < other.id ? -1 : 1))
      .filter(({ id, type }) => !once.includes(type) || (!shownOnce.has(id) && shownOnce.add(id)))
      .map(({ id, values }) => {
        const { route_settings: _routes, cors_configuration: _cors, environment: _environment, ...own } = values;
        return `${id} ${JSON.stringify(settingsOf(own), null, 1).replaceAll('"', '')}`;
      });
    expect(`\n${lines.join('\n')}\n`).toMatchSnapshot();
  });
});
