/** A copy of the project that Terraform applies to an emulator of AWS. A provider that only pretends to create resources ignores the emulator. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { copyProject } from '../copy.ts';
import { pinOldestProvider } from '../provider.ts';
import { type Aws, startAws } from './aws.ts';
import { type Emulator, region, startEmulator } from './emulator.ts';
import { type Ended, outcomeOf, run } from './run.ts';

/** The account in the examples of AWS, which the ARNs of the deployment have. */
const account = '123456789012';

/** The values of variables, by name, as Terraform reads them in JSON. */
export type Values = Readonly<Record<string, unknown>>;

export interface Workspace {
  readonly emulator: Emulator;
  readonly aws: Aws;
  /** Sets the variables of the following commands. */
  setVariables(values: Values): void;
  /** Changes the contract that Terraform reads. @throws Error if the text stays the same */
  changeContract(change: (text: string) => string): void;
  /** Runs a command of Terraform, and resolves with its output. @throws Error if it fails */
  terraform(...args: readonly string[]): Promise<string>;
  /** Runs a command of Terraform that may fail. */
  outcome(...args: readonly string[]): Promise<Ended>;
  stop(): Promise<void>;
}

/** Variables that make the deployment as complete as an emulator allows. */
export const variables: Values = {
  create_user_pool: true,
  // Where Terraform and the application have the same default, the function would not miss its environment variable.
  organizers_group: 'Planners',
  events_table_name: 'events-of-the-function',
  events_function_path: '/api/v1/events/{proxy+}',
  // The longest: a function starts slowly on a busy machine.
  function_timeout_seconds: 29,
  package_folder: resolve('build'),
};

/**
 * Starts an emulator, and initializes Terraform in a copy of the project.
 *
 * @param scratch a folder for the copy and for files of the emulator
 */
export async function openWorkspace(scratch: string, { oldestProvider = false } = {}): Promise<Workspace> {
  mkdirSync(join(scratch, 'emulator'));
  const emulator = await startEmulator(account, join(scratch, 'emulator'));
  const aws = startAws(emulator);
  const env = {
    AWS_ENDPOINT_URL: emulator.url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'emulated',
    AWS_EC2_METADATA_DISABLED: 'true',
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
  };
  const inCopy = (args: readonly string[]) => [`-chdir=${join(scratch, 'terraform')}`, ...args];
  const workspace: Workspace = {
    emulator,
    aws,
    setVariables: (values) =>
      writeFileSync(join(scratch, 'terraform/terraform.tfvars.json'), JSON.stringify(values, null, 2)),
    changeContract(change) {
      const file = join(scratch, 'openapi/openapi.yaml');
      const before = readFileSync(file, 'utf8');
      const after = change(before);
      if (after === before) throw new Error('The contract has changed: a step of this test changes nothing in it.');
      writeFileSync(file, after);
    },
    terraform: (...args) => run('terraform', inCopy(args), { env }),
    outcome: (...args) => outcomeOf('terraform', inCopy(args), { env }),
    async stop() {
      await aws.stop();
      await emulator.stop();
    },
  };
  try {
    copyProject(scratch);
    if (oldestProvider) pinOldestProvider(scratch);
    workspace.setVariables(variables);
    await workspace.terraform('init', '-input=false', '-no-color', '-test-directory=modules');
    return workspace;
  } catch (error) {
    await workspace.stop();
    throw error;
  }
}
