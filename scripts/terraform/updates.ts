/**
 * Changes a deployment step by step: an operation is added, renamed and removed; caps, a budget and a key of the user come and go; a package
 * is replaced; everything is deleted. Each plan must contain the expected changes and no others, and after each apply the
 * next plan must be empty. Terraform applies to an emulator of AWS; if its provider only pretends to create resources, this is about
 * plans only. Needs Terraform and Python.
 *
 *     tsx scripts/terraform/updates.ts [--oldest-provider]
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { functionEntries } from '../function/entries.ts';
import { UserError } from '../quality/python.ts';
import { installEmulator } from './deployed/emulator.ts';
import { phase, withScratch } from './deployed/run.ts';
import { openWorkspace, type Values, variables, type Workspace } from './deployed/workspace.ts';
import { firstMissing } from './needs.ts';
import { type DestroyPlan, protectionError } from './protection.ts';
import { changesOf, differenceOf, type Plan } from './updates/changes.ts';
import { type Given, type Step, stepsOf } from './updates/steps.ts';

const quiet = ['-input=false', '-no-color'];

/** Plans, and reads the plan. */
async function plan<Read>({ terraform }: Workspace, ...args: readonly string[]): Promise<Read> {
  await terraform('plan', ...quiet, '-out=tfplan', ...args);
  return JSON.parse(await terraform('show', '-json', 'tfplan')) as Read;
}

/** Applies the last plan. The next one must be empty. */
async function apply({ terraform, outcome }: Workspace): Promise<void> {
  await terraform('apply', ...quiet, 'tfplan');
  const { status, stdout, stderr } = await outcome('plan', ...quiet, '-detailed-exitcode');
  if (status !== 0) throw new Error(`After the apply, the plan is not empty:\n${stdout}${stderr}`);
}

async function create(workspace: Workspace): Promise<void> {
  const others = changesOf(await plan<Plan>(workspace)).filter((change) => !change.startsWith('create '));
  if (others.length > 0) throw new Error(`The first plan does more than create:\n${others.join('\n')}`);
  await apply(workspace);
}

async function take(workspace: Workspace, { contract, changes }: Step, values: Values): Promise<void> {
  if (contract) workspace.changeContract(contract);
  workspace.setVariables(values);
  const difference = differenceOf(changesOf(await plan<Plan>(workspace)), changes);
  if (difference !== undefined) throw new Error(`The plan differs from what was expected:\n${difference}`);
  await apply(workspace);
}

/** As `make destroy` does: nothing is deleted as long as data is protected. */
async function requireProtection(workspace: Workspace): Promise<void> {
  const problem = protectionError(await plan<DestroyPlan>(workspace, '-destroy'));
  if (problem === undefined) throw new Error('A destroy would delete the tables, although they are protected.');
}

async function destroy(workspace: Workspace): Promise<void> {
  await workspace.terraform('destroy', ...quiet, '-auto-approve');
  const kept = [(await workspace.terraform('state', 'list')).trim(), ...(await tablesIn(workspace))].filter(Boolean);
  if (kept.length > 0) throw new Error(`After the destroy, these still exist:\n${kept.join('\n')}`);
}

/** The tables in the emulator. */
async function tablesIn({ aws }: Workspace): Promise<readonly string[]> {
  const { TableNames } = await aws.call<{ TableNames: readonly string[] }>('dynamodb', 'list_tables');
  return TableNames;
}

/** Makes what the steps use: a key, and packages that differ in nothing but the comment of the archive. */
async function prepare({ aws }: Workspace, scratch: string): Promise<Given> {
  const { KeyMetadata } = await aws.call<{ KeyMetadata: { Arn: string } }>('kms', 'create_key');
  const otherPackages = join(scratch, 'packages');
  for (const { name } of functionEntries('.')) {
    const file = join(otherPackages, `${name}.zip`);
    cpSync(`build/${name}.zip`, file);
    // The archive ends with the length of its comment, which is empty.
    writeFileSync(file, Buffer.concat([readFileSync(file).subarray(0, -2), Buffer.from([1, 0]), Buffer.from('2')]));
  }
  return { key: KeyMetadata.Arn, otherPackages };
}

await withScratch('test-updates', async (scratch) => {
  const missing = firstMissing(['terraform', 'packages'], { env: process.env, args: [] });
  if (missing !== undefined) throw new UserError(missing);
  await phase('Installing the emulator of AWS', () => void installEmulator());
  const oldestProvider = process.argv.includes('--oldest-provider');
  const workspace = await phase('Initializing Terraform', () => openWorkspace(scratch, { oldestProvider }));
  try {
    const steps = stepsOf(await prepare(workspace, scratch));
    let values = variables;
    await phase('Step: create everything', () => create(workspace));
    const pretended = (await tablesIn(workspace)).length === 0;
    if (pretended) console.log('  The provider only pretends to create resources: this test is about plans.');
    await phase('Step: destroy nothing that is protected', () => requireProtection(workspace));
    for (const step of steps) {
      values = { ...values, ...step.variables };
      await phase(`Step: ${step.title}`, () => take(workspace, step, values));
    }
    await phase('Step: destroy everything', () => destroy(workspace));
  } finally {
    await workspace.stop();
  }
});
