import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { context, formatMessages, type BuildContext, type BuildResult } from 'esbuild';

import { byLine, formatLogLine, openLog, print, since } from './output.ts';

/** What the API process needs. */
export interface ApiOptions {
  /** The environment of the process: the app's settings. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Keeps the log lines as the API writes them. */
  readonly logFile: string;
}

/** The API as a process that is replaced whenever its source changes. */
export interface ApiProcess {
  /** Resolves when it accepts requests; rejects when the first bundle does not compile or its process does not start. */
  readonly started: Promise<void>;
  /** Whether the requests are shown as they come; at first they are. The log file has them all. */
  showRequests(shown: boolean): void;
  /** Ends the process in an orderly way and watches no longer. */
  stop(): Promise<void>;
}

const entry = 'scripts/stack/dev-server.ts';
const bundle = '.local/server/dev-server.mjs';
const readyTimeoutMs = 20_000;
const stopTimeoutMs = 5_000;

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** Starts one process; resolves with it when it accepts requests, rejects when it ends before. */
async function launch(
  env: ApiOptions['env'],
  take: (line: string) => void,
  launched: (child: ChildProcess) => void,
): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--enable-source-maps', bundle], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env,
    // A process group of its own: Ctrl-C reaches it through this process, in the right order.
    detached: true,
  });
  launched(child);
  child.stdout?.setEncoding('utf8').on('data', byLine(take));
  child.stderr?.setEncoding('utf8').on('data', byLine(take));

  const timer = setTimeout(() => child.kill('SIGKILL'), readyTimeoutMs);
  const outcome = await Promise.race([
    once(child, 'message').then(() => 'ready'),
    once(child, 'close').then(
      () => 'ended',
      (error: Error) => error.message,
    ),
  ]);
  clearTimeout(timer);
  if (outcome !== 'ready') throw new Error('The API failed to start; see the error above.');
  return child;
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || hasEnded(child)) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
  await gone;
  clearTimeout(timer);
}

/** Keeps at most one process; a replacement that is asked for during another one waits for it. */
function superviseProcess(env: ApiOptions['env'], take: (line: string) => void) {
  let current: ChildProcess | undefined;
  let ending = false;
  let last: Promise<void> = Promise.resolve();

  async function replace(): Promise<void> {
    const old = current;
    current = undefined;
    await end(old);
    if (ending) return;
    const child = await launch(env, take, (it) => (current = it));
    child.once('exit', (code, signal) => {
      if (ending || child !== current) return;
      print(`The API exited unexpectedly (${signal ?? code}); it restarts after the next file change.`);
    });
  }

  return {
    replace(): Promise<void> {
      last = last.catch(() => {}).then(replace);
      return last;
    },
    async stop(): Promise<void> {
      ending = true;
      await end(current);
      await last.catch(() => {});
    },
  };
}

async function explain({ errors }: BuildResult): Promise<string> {
  return (await formatMessages(errors, { kind: 'error', color: process.stdout.isTTY })).join('\n').trimEnd();
}

/** Bundles the API again and again; `built` gets each result. */
function watchSource(built: (result: BuildResult) => void): Promise<BuildContext> {
  return context({
    entryPoints: [entry],
    outfile: bundle,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    logLevel: 'silent',
    plugins: [{ name: 'tell', setup: (build) => build.onEnd(built) }],
  });
}

/**
 * Bundles the API, starts it as soon as `ready` (what it depends on is there), and replaces it after each change of its source.
 * If a change does not compile, its errors are printed and the current process continues.
 */
export function startApi({ env, logFile }: ApiOptions, ready: Promise<unknown>): ApiProcess {
  const log = openLog(logFile);
  let shown = true;
  const supervisor = superviseProcess(env, (line) => {
    log(line);
    if (shown) print(formatLogLine(line));
  });
  // Looked at once the first build is done; until then an error would not be caught.
  ready.catch(() => {});
  let firstBuilt: ((result: BuildResult) => void) | undefined;
  const firstBuild = new Promise<BuildResult>((resolve) => (firstBuilt = resolve));

  async function replaceAfter(result: BuildResult): Promise<void> {
    if (result.errors.length > 0) {
      print(`${await explain(result)}\n\nThe change does not compile; the API keeps running without it.`);
      return;
    }
    const start = performance.now();
    await supervisor.replace().then(
      () => print(`The API restarted after a change (${since(start)}).`),
      (error: Error) => print(`${error.message} The next change triggers a retry.`),
    );
  }

  const watching = watchSource((result) => {
    if (firstBuilt === undefined) return void replaceAfter(result);
    firstBuilt(result);
    firstBuilt = undefined;
  });

  async function start(): Promise<void> {
    await (await watching).watch();
    const [result] = await Promise.all([firstBuild, ready]);
    if (result.errors.length > 0) throw new Error(`${await explain(result)}\n\nThe API does not compile.`);
    await supervisor.replace();
  }

  return {
    started: start(),
    showRequests: (value) => void (shown = value),
    async stop() {
      await supervisor.stop();
      // Ctrl-C may have ended esbuild's own process already.
      await watching.then((it) => it.dispose()).catch(() => {});
    },
  };
}
