import { spawnSync } from 'node:child_process';
import { bundleOf } from '../../test/support/bundles.ts';

/** For machines that are busy: the start of a process takes a second alone. */
const timeoutMs = 60_000;
jest.setTimeout(timeoutMs);

/** Loads the module, and ends when the request for the keys has failed although nothing awaits it. */
const program = `
  import { inspect } from 'node:util';
  const { firstKeys } = await import(process.argv[1]);
  while (!inspect(firstKeys).includes('rejected')) await new Promise(setImmediate);
  await new Promise(setImmediate);
  console.log('still running');
`;

it('fetches the keys early, and a failure ends nothing before it is awaited', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', program, bundleOf('src/entries/preload-api.ts')],
    {
      encoding: 'utf8',
      timeout: timeoutMs,
      env: {
        PATH: process.env['PATH'],
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        AWS_REGION: 'us-east-1',
        TOKEN_ISSUER: 'http://127.0.0.1:1',
        TOKEN_CLIENT_ID: 'app',
      },
    },
  );
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'still running\n', stderr: '' });
});
