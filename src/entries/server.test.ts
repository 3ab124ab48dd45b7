import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from '../../scripts/stack/listen.ts';
import { startApiChild } from '../../test/support/api-child.ts';
import { bundleOf } from '../../test/support/bundles.ts';

/** For machines that are busy: the start of a process takes a second alone. */
const timeoutMs = 60_000;
jest.setTimeout(timeoutMs);

/** Runs the server until it ends, with these settings only. */
function runServer(settings: Readonly<Record<string, string>>) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundleOf('src/entries/server.ts')], {
    encoding: 'utf8',
    timeout: timeoutMs,
    env: { PATH: process.env['PATH'], AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...settings },
  });
  return { status, stdout, stderr };
}

describe('the server at its start', () => {
  it('ends with status 1 and the names of all invalid settings, without a log line', () => {
    const { status, stdout, stderr } = runServer({ AWS_REGION: 'mars', PORT: '99999', TOKEN_CLIENT_ID: 'app' });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^The configuration is invalid:\n/);
    for (const name of ['AWS_REGION', 'PORT', 'TOKEN_ISSUER']) expect(stderr).toContain(`\n  ${name} `);
  });

  it('ends with status 1 and a log line if its port is in use, although the token issuer is unavailable too', async () => {
    const { port, close } = await listen((_request, response) => void response.end());
    const { status, stdout } = runServer({
      PORT: String(port),
      AWS_REGION: 'us-east-1',
      TOKEN_ISSUER: 'http://127.0.0.1:1',
      TOKEN_CLIENT_ID: 'app',
    });
    await close();
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      level: 'error',
      message: 'failed to start',
      error: { code: 'EADDRINUSE' },
    });
  });
});

describe('the server while it runs', () => {
  it('loses log lines that no one reads, and no requests', async () => {
    const settings = { AWS_REGION: 'us-east-1', TOKEN_ISSUER: 'http://127.0.0.1:1', TOKEN_CLIENT_ID: 'app' };
    const { url, process: child, ended } = await startApiChild(settings);
    child.stdout?.destroy();
    for (let request = 0; request < 5; request += 1) {
      expect((await fetch(`${url}/health`)).status).toBe(200);
      // The line is written after the response.
      await sleep(20);
    }
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});
