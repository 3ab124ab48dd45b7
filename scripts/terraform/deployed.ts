/**
 * Tests the deployment without an AWS account: applies terraform/, makes what it has applied in an emulator of AWS, with the packages that
 * `make deps` has built, and sends requests through the gateway. Needs Terraform and Python.
 *
 *     tsx scripts/terraform/deployed.ts [arguments of Jest]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../quality/python.ts';
import { testNamePattern } from '../../test/deployed/http/tests.js';
import { installEmulator } from './deployed/emulator.ts';
import { phase, run, withScratch } from './deployed/run.ts';
import { openWorkspace } from './deployed/workspace.ts';
import { firstMissing } from './needs.ts';

/** Applies terraform/, and writes the state as JSON. Resolves with the file. */
async function apply(scratch: string): Promise<string> {
  const workspace = await openWorkspace(scratch);
  try {
    await workspace.terraform('apply', '-auto-approve', '-input=false', '-no-color');
    const state = join(scratch, 'state.json');
    writeFileSync(state, await workspace.terraform('show', '-json'));
    return state;
  } finally {
    await workspace.stop();
  }
}

await withScratch('test-deployed', async (scratch) => {
  const missing = firstMissing(['terraform', 'packages'], { env: process.env, args: [] });
  if (missing !== undefined) throw new UserError(missing);
  await phase('Installing the emulator of AWS', () => void installEmulator());
  const state = await phase('Applying terraform/', () => apply(scratch));
  const env = { TEST_TRANSPORT: 'deployed', DEPLOYED_STATE: state, TMPDIR: scratch };
  const jest = (config: string, ...own: readonly string[]) =>
    run('node_modules/.bin/jest', ['--config', config, ...own, ...process.argv.slice(2)], { env, shown: true });
  await phase('Testing the deployment', () => jest('test/deployed/jest.config.js'));
  await phase('Testing the API through the gateway', () =>
    jest('test/deployed/http/config.js', `--testNamePattern=${testNamePattern}`),
  );
});
