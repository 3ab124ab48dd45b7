import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import { freePort, loopback, requireFreePort } from '../ports.ts';

/** A program that speaks DynamoDB's protocol. */
export interface Engine {
  readonly command: string;
  /** Its arguments, for the port that it listens on. */
  args(port: number): readonly string[];
  /** The folder that it runs in; ours where absent. */
  readonly cwd?: string;
  /** Its environment; ours where absent. */
  readonly env?: NodeJS.ProcessEnv;
  /** What it is called in messages. */
  readonly name?: string;
  /** Whether a response to `GET /` comes from this program, and not from another one on the same port. */
  isOurs(response: Response): boolean;
  readonly startTimeoutMs: number;
}

/** Where it listens, and what it shows. */
export interface EngineOptions {
  /** The port on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** `false` shows what the database writes to its standard error; default `true`. */
  readonly quiet?: boolean;
}

/** How and where a database runs. */
export interface DatabaseOptions extends EngineOptions {
  /** Where the data is kept; without it, the data is in memory. */
  readonly file?: string;
}

/** A running database. */
export interface LocalDatabase {
  /** What belongs into `DYNAMODB_ENDPOINT`. */
  readonly endpoint: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** Ends it in an orderly way; resolves when the process is gone. May be called twice. */
  stop(): Promise<void>;
  /** Ends it at once, as a power cut would. */
  kill(): void;
}

const stopTimeoutMs = 3_000;

/**
 * Ends the database when this process is gone, even after kill -9: the guard's standard input closes with it.
 * The guard and the database have process groups of their own, so that Ctrl-C reaches neither before we say so.
 */
function guard(database: ChildProcess): ChildProcess | undefined {
  if (process.platform === 'win32') return undefined;
  const watcher = spawn('/bin/sh', ['-c', `read -r _; kill -KILL ${database.pid} 2>/dev/null`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.on('error', () => {});
  watcher.stdin?.on('error', () => {});
  watcher.unref();
  // A process id is used again sooner or later: a guard whose database is gone must not stay.
  database.once('exit', () => watcher.kill('SIGKILL'));
  return watcher;
}

async function untilReady(
  { isOurs, startTimeoutMs, name = 'local database' }: Engine,
  endpoint: string,
  child: ChildProcess,
  problem: () => string,
): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) break;
    if (await fetch(endpoint, { signal: AbortSignal.timeout(1_000) }).then(isOurs, () => false)) return;
    await sleep(5);
  }
  child.kill('SIGKILL');
  throw new Error(`The ${name} failed to start: ${problem() || 'it does not respond'}`);
}

/**
 * Starts an engine on 127.0.0.1 and waits until it responds.
 *
 * @throws PortError when the port is taken
 * @throws Error when the program does not start; the message is one sentence for people
 */
export async function startEngine(engine: Engine, { port, quiet = true }: EngineOptions): Promise<LocalDatabase> {
  if (port !== 0) await requireFreePort(port, 'DYNAMODB_PORT');
  const chosen = port === 0 ? await freePort() : port;

  const child = spawn(engine.command, engine.args(chosen), {
    cwd: engine.cwd,
    env: engine.env,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  let complaint = '';
  child.on('error', (error) => (complaint = error.message));
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-500);
    if (!quiet) process.stderr.write(chunk);
  });
  const gone = once(child, 'exit');
  gone.catch(() => {});
  const watcher = guard(child);
  const endpoint = `http://${loopback}:${chosen}`;
  await untilReady(engine, endpoint, child, () => complaint.trim());

  // The process that started the database may end without stopping it.
  child.unref();
  (child.stderr as typeof child.stderr & { unref(): void }).unref();
  (watcher?.stdin as { unref?(): void } | undefined)?.unref?.();

  return {
    endpoint,
    port: chosen,
    process: child,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.ref();
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
      await gone;
      clearTimeout(timer);
    },
    kill() {
      child.kill('SIGKILL');
    },
  };
}
