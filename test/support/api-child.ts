import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { assertConforms } from '../conformance/assert-conforms.ts';
import { captureExchanges } from '../conformance/wire.ts';
import { bundleOf } from './bundles.ts';

/** The API as a process of its own. */
export interface ApiChild {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** The exit code of the process, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** Ends it with SIGKILL, as a power cut would; resolves when it has exited. */
  kill(): Promise<void>;
}

/** Starts the entry of the Node.js server and waits until it listens. `env` contains the settings of the application. */
export async function startApiChild(env: Readonly<Record<string, string>>): Promise<ApiChild> {
  const child = spawn(process.execPath, [bundleOf('src/entries/server.ts')], {
    env: {
      PATH: process.env['PATH'],
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killOnExit = () => void child.kill('SIGKILL');
  process.once('exit', killOnExit);
  const ended = once(child, 'exit').then(([code, signal]) => {
    process.off('exit', killOnExit);
    return (code ?? signal) as number | NodeJS.Signals | null;
  });
  let errorOutput = '';
  child.stderr.on('data', (chunk: Buffer) => (errorOutput += chunk.toString()));

  const listening = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { message, url } = JSON.parse(line) as { message?: string; url?: string };
      if (message === 'listening' && url !== undefined) resolve(url);
    });
  });
  const early = ended.then((how) => {
    throw new Error(`The API exited unexpectedly with ${how}: ${errorOutput}`);
  });
  early.catch(() => {});
  const url = await Promise.race([listening, early]);
  const port = Number(new URL(url).port);
  const stopCapture = captureExchanges(port, (exchange) => assertConforms(exchange, env['BASE_PATH']));
  void ended.then(stopCapture);
  return {
    url,
    port,
    process: child,
    ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
