/** The root module, modules/api, the example and the guide have the same variables. */
import { readdirSync, readFileSync } from 'node:fs';
import { loadConfig } from '../../../src/config.ts';
import { outputsOf, variablesOf } from './hcl.ts';

const root = variablesOf('terraform/variables.tf');
const inner = variablesOf('terraform/modules/api/variables.tf');
const main = readFileSync('terraform/main.tf', 'utf8');
const example = readFileSync('terraform/terraform.tfvars.example', 'utf8');
const guide = readFileSync('docs/deploying.md', 'utf8');

/** Variables of the root module only. */
const ofTheRoot = ['aws_region', 'tags'];

test('the root module passes each variable to modules/api under the same name, and the paths of files itself', () => {
  const files = ['contract_path', 'tables_path', 'package_folder'];
  for (const { name } of inner) {
    expect(main).toMatch(
      files.includes(name) ? new RegExp(`^  ${name} += `, 'm') : new RegExp(`^  ${name} += var\\.${name}$`, 'm'),
    );
  }
  expect(root.map(({ name }) => name).sort()).toEqual(
    [
      ...inner.map(({ name }) => name).filter((name) => !['contract_path', 'tables_path'].includes(name)),
      ...ofTheRoot,
    ].sort(),
  );
});

test('the variables of the root module have the descriptions, types and defaults of those in modules/api', () => {
  for (const { name, description, type, default: value } of root.filter(
    ({ name }) => ![...ofTheRoot, 'package_folder'].includes(name),
  )) {
    const original = inner.find((one) => one.name === name)!;
    expect({ name, description, type }).toEqual({ name, description: original.description, type: original.type });
    if (value !== 'null') expect({ name, value }).toEqual({ name, value: original.default });
  }
});

test('variables with a default in the application have the same default in Terraform', () => {
  const { database, groups } = loadConfig({
    AWS_REGION: 'us-east-1',
    TOKEN_ISSUER: 'https://id.example.com',
    TOKEN_CLIENT_ID: 'app',
  });
  const own = { events_table_name: database.tableNames.events, organizers_group: groups.organizer };
  for (const [name, value] of Object.entries(own)) {
    expect({ name, value: inner.find((one) => one.name === name)?.default }).toEqual({ name, value: `"${value}"` });
  }
});

test('each variable has a sentence as its description', () => {
  for (const { description } of [...root, ...inner]) expect(description).toMatch(/^[A-Z].*\.$/);
});

test('the example contains only existing variables, their defaults, and all required ones', () => {
  const named = [...example.matchAll(/^(?:# )?(\w+) += (.*?)(?: #.*)?$/gm)].map(([, name, value]) => ({
    name: name ?? '',
    value,
  }));
  const known = new Map(root.map((one) => [one.name, one.default]));
  expect(named.filter(({ name }) => !known.has(name))).toEqual([]);
  expect(named.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['user_pool_id', 'cognito_client_id', 'create_user_pool']),
  );
  for (const { name, value } of named) {
    const own = known.get(name);
    if (own !== undefined && own !== 'null') expect({ name, value }).toEqual({ name, value: own });
  }
});

test('the guide lists exactly the existing variables, with their defaults', () => {
  const rows = [...guide.matchAll(/^\| `(\w+)` \| (.*?) \|/gm)].map(([, name, value]) => ({ name, value }));
  const written = (name: string) =>
    inner.find((one) => one.name === name)?.default ?? root.find((one) => one.name === name)?.default;
  const expected = root.map(({ name }) => {
    const value = written(name);
    if (name === 'package_folder') return { name, value: '`build`' };
    return { name, value: value === undefined || value === 'null' ? 'none' : `\`${value.replaceAll('"', '')}\`` };
  });
  expect(rows.sort(byName)).toEqual(expected.sort(byName));
});

test('the guide lists every output', () => {
  for (const name of outputsOf('terraform/outputs.tf')) expect(guide).toContain(`\`${name}\``);
  expect(outputsOf('terraform/outputs.tf').sort()).toEqual(outputsOf('terraform/modules/api/outputs.tf').sort());
});

test('the root module passes on each output of modules/api under the same name', () => {
  const text = readFileSync('terraform/outputs.tf', 'utf8');
  expect([...text.matchAll(/^  value += (.*)$/gm)].map(([, value]) => value)).toEqual(
    outputsOf('terraform/outputs.tf').map((name) => `module.api.${name}`),
  );
});

test("Terraform's own tests compare each output", () => {
  const tests = readdirSync('terraform/tests')
    .filter((file) => file.endsWith('.tftest.hcl'))
    .map((file) => readFileSync(`terraform/tests/${file}`, 'utf8'))
    .join('\n');
  expect(outputsOf('terraform/outputs.tf').filter((name) => !tests.includes(`output.${name} ==`))).toEqual([]);
});

test('every resource has a tag with the name of the project, and the additional tags', () => {
  const [, tags] = /default_tags \{\s+tags = (.*)\s+\}/.exec(readFileSync('terraform/providers.tf', 'utf8')) ?? [];
  expect(tags).toMatch(/^merge\(\{.*\bProject = "event-management-api".*\}, var\.tags\)$/);
});

test.each(['terraform', ...readdirSync('terraform/modules').map((name) => `terraform/modules/${name}`)])(
  'each variable of %s reaches something: a resource, a module, a provider or a local value',
  (folder) => {
    const sources = readdirSync(folder)
      .filter((file) => file.endsWith('.tf') && file !== 'variables.tf')
      .map((file) => readFileSync(`${folder}/${file}`, 'utf8').replace(/^\s*#.*$/gm, ''))
      .join('\n');
    const names = variablesOf(`${folder}/variables.tf`).map(({ name }) => name);
    expect(names.filter((name) => !new RegExp(`\\bvar\\.${name}\\b`).test(sources))).toEqual([]);
  },
);

const byName = (one: { name?: string | undefined }, other: { name?: string | undefined }) =>
  String(one.name).localeCompare(String(other.name));
