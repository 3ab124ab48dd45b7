/** The results of Terraform for a contract and for a deployment. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Throttle } from '../../../../src/openapi/document.ts';

/** The copy of the project in which Terraform is initialized. */
const copy = resolve(process.env['TERRAFORM_COPY'] ?? 'build/terraform-test');

function terraform(folder: string, ...args: readonly string[]) {
  const { status, stdout, stderr, error } = spawnSync('terraform', [`-chdir=${join(copy, folder)}`, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  return { status, stdout, stderr };
}

/** The outputs of modules/contract. */
export interface ContractOutputs {
  operations: Record<string, { method: string; path: string; secured: boolean; throttle: Throttle }>;
  unrouted_throttle: Throttle;
  preflight_throttle: Throttle;
  cors: { methods: string[]; allowed_headers: string[]; exposed_headers: string[] };
}

/**
 * The outputs of modules/contract for a contract.
 *
 * @throws Error with the message of Terraform if it fails
 */
export function outputsOf(contractFile: string): ContractOutputs {
  const scratch = mkdtempSync(join(tmpdir(), 'contract-'));
  const state = `-state=${join(scratch, 'state')}`;
  try {
    const applied = terraform(
      'terraform/modules/contract',
      'apply',
      '-auto-approve',
      '-no-color',
      state,
      `-var=contract_path=${resolve(contractFile)}`,
    );
    if (applied.status !== 0) throw new Error(applied.stderr);
    const outputs = JSON.parse(terraform('terraform/modules/contract', 'output', '-json', state).stdout) as Record<
      string,
      { value: unknown }
    >;
    return Object.fromEntries(
      Object.entries(outputs).map(([name, { value }]) => [name, value]),
    ) as unknown as ContractOutputs;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A resource of a deployment, with its values. */
export interface Resource {
  type: string;
  name: string;
  index?: string | number;
  values: Record<string, any>;
}

interface Module {
  resources?: (Resource & { mode: string })[];
  child_modules?: Module[];
}

interface Line {
  type: string;
  '@message': string;
  '@testrun'?: string;
  test_state?: { root_module: Module };
}

/** The resources of a module and of all modules in it. */
function resourcesOf({ resources = [], child_modules: children = [] }: Module): Resource[] {
  return [...resources.filter(({ mode }) => mode === 'managed'), ...children.flatMap(resourcesOf)];
}

/** The runs of tests/deployment.tftest.hcl. */
export type DeploymentRun = 'every_option' | 'other_values';

/** The resources of each deployment in tests/deployment.tftest.hcl, created with a mocked provider. */
export function deployedResources(): Readonly<Record<DeploymentRun, Resource[]>> {
  const { status, stdout } = terraform('terraform', 'test', '-filter=tests/deployment.tftest.hcl', '-verbose', '-json');
  const lines = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
  const resources = (run: DeploymentRun) => {
    const state = lines.find((line) => line.type === 'test_state' && line['@testrun'] === run)?.test_state;
    if (status !== 0 || state === undefined) throw new Error(lines.map((line) => line['@message']).join('\n'));
    return resourcesOf(state.root_module);
  };
  return { every_option: resources('every_option'), other_values: resources('other_values') };
}
