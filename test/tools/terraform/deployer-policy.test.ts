/** The policy of the principal that deploys. */
import { readdirSync, readFileSync } from 'node:fs';
import { deployerPolicy, grants, policyFile, policyText } from '../../../scripts/terraform/deployer-policy.ts';

const types = readdirSync('terraform/modules')
  .flatMap((name) => readdirSync(`terraform/modules/${name}`).map((file) => `terraform/modules/${name}/${file}`))
  .filter((file) => file.endsWith('.tf'))
  .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/^resource "(\w+)"/gm)].map(([, type = '']) => type));

it('has permissions for every type of resource in terraform/, and for no other', () => {
  expect(Object.keys(grants).sort()).toEqual([...new Set(types)].sort());
});

it('is committed as it is generated', () => {
  expect(readFileSync(policyFile, 'utf8')).toBe(policyText());
});

it('fits into one managed policy of IAM', () => {
  expect(JSON.stringify(deployerPolicy()).length).toBeLessThanOrEqual(6144);
});

it('grants no action of IAM on everything, and roles to Lambda only', () => {
  const ofIam = deployerPolicy().Statement.filter(({ Action }) => Action.some((action) => action.startsWith('iam:')));
  for (const { Resource } of ofIam)
    expect(Resource).toEqual([expect.stringMatching(/^arn:aws:iam::\*:role\/(events-|aws-service-role\/).*$/)]);
  const [passing, ...others] = ofIam.filter(({ Action }) => Action.includes('iam:PassRole'));
  expect(others).toEqual([]);
  expect(passing?.Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } });
});

it('has each action once for the same resources, in the form of IAM', () => {
  const actions = deployerPolicy().Statement.flatMap(({ Action, Resource }) =>
    Action.map((action) => `${action} ${Resource.join()}`),
  );
  expect(new Set(actions).size).toBe(actions.length);
  for (const { Action } of deployerPolicy().Statement)
    for (const action of Action) expect(action).toMatch(/^[a-z0-9-]+:[A-Z][A-Za-z0-9]*$/);
});
