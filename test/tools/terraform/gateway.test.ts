/** Mistakes that a real gateway rejects, but that neither a plan nor a mocked AWS shows. */
import { readdirSync, readFileSync } from 'node:fs';

const text = ['api', 'function', 'tables']
  .flatMap((module) => readdirSync(`terraform/modules/${module}`).map((name) => `terraform/modules/${module}/${name}`))
  .filter((path) => path.endsWith('.tf'))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');

/** The body of one resource. */
function resource(type: string, name: string): string {
  const [, body] = new RegExp(`^resource "${type}" "${name}" \\{\\n(.*?)^\\}`, 'ms').exec(text) ?? [];
  if (body === undefined) throw new Error(`${type}.${name} is missing.`);
  return body;
}

const routes = [...text.matchAll(/^resource "aws_apigatewayv2_route" "(\w+)"/gm)].map(([, name]) => name);

test('the stage, which throttles routes, depends on all of them', () => {
  const [, waited] = /^ {2}depends_on = \[(.*)\]$/m.exec(resource('aws_apigatewayv2_stage', 'default')) ?? [];
  expect(waited?.split(', ').sort()).toEqual(routes.map((name) => `aws_apigatewayv2_route.${name}`).sort());
});

test('settings that HTTP APIs reject are not set', () => {
  expect(text).not.toMatch(/^\s*(logging_level|data_trace_enabled)\s*=/m);
});

test('each block of route settings has all three settings, because routes inherit none', () => {
  const stage = resource('aws_apigatewayv2_stage', 'default');
  const blocks = [...stage.matchAll(/(?:default_route_settings|content) \{\n(.*?)\n {2,4}\}/gs)].map(
    ([, body]) => body ?? '',
  );
  expect(blocks).toHaveLength(2);
  for (const block of blocks) {
    for (const name of ['throttling_rate_limit', 'throttling_burst_limit', 'detailed_metrics_enabled'])
      expect(block).toContain(name);
  }
});

test('no route of the contract is written in HCL', () => {
  expect(routes.sort()).toEqual(['operation', 'preflight', 'unrouted']);
  expect(text.match(/\b(GET|POST|PATCH|PUT|DELETE) \//g)).toBeNull();
});

test('each skipped check of Checkov has a reason', () => {
  const skips = [...text.matchAll(/checkov:skip=(\w+)(.*)/g)];
  expect(skips.length).toBeGreaterThan(0);
  for (const [, id, reason] of skips)
    expect({ id, reason }).toEqual({ id, reason: expect.stringMatching(/^: .{30,}\.$/) });
});

test('all modules require the same version of the provider, without the bugs of its indexes', () => {
  // Before 6.36, the provider recreated all indexes of a table to remove one; before 6.29, it had no blocks for their keys.
  const files = ['terraform', ...['api', 'function', 'tables'].map((module) => `terraform/modules/${module}`)];
  const versions = files.map(
    (folder) => /version += "~> (.*)"/.exec(readFileSync(`${folder}/versions.tf`, 'utf8'))?.[1],
  );
  expect(new Set(versions).size).toBe(1);
  const [major, minor] = (versions[0] ?? '').split('.').map(Number);
  expect(major).toBe(6);
  expect(minor).toBeGreaterThanOrEqual(36);
});

test('a table gets its key only after the function may use it', () => {
  // Otherwise every request would fail from the moment DynamoDB uses the key until IAM knows the permission.
  expect(text).toMatch(/kms_key_arn += var\.kms_key_arn == null \? null : module\.function\.granted_key_arns\[0\]$/m);
  const [, output] = /^output "granted_key_arns" \{\n(.*?)^\}/ms.exec(text) ?? [];
  expect(output).toContain('depends_on  = [aws_iam_role_policy.keys]');
});
