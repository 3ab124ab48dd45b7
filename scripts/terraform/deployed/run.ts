/** Programs that run to their end, and signals that end them early, so that a command can remove its files. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../quality/python.ts';
import { unreachable } from '../needs.ts';

export interface Command {
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the output is shown, and not returned. */
  readonly shown?: boolean;
}

/** The end of a command, and what it has printed unless that was shown. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const interruption = new AbortController();

/** @throws UserError after a signal */
function throwIfInterrupted(): void {
  if (interruption.signal.aborted) throw new UserError('Interrupted.');
}

/** Runs a command to its end, or to a signal. @throws UserError after a signal */
export async function outcomeOf(
  command: string,
  args: readonly string[],
  { env = {}, shown = false }: Command = {},
): Promise<Ended> {
  throwIfInterrupted();
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', shown ? 'inherit' : 'pipe', shown ? 'inherit' : 'pipe'],
  });
  const end = () => void child.kill('SIGTERM');
  process.once('SIGTERM', end).once('SIGHUP', end);
  try {
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name]?.setEncoding('utf8').on('data', (text: string) => (output[name] += text));
    const status = await new Promise<number | null>((fulfill, reject) => {
      child.on('error', reject).on('close', fulfill);
    });
    throwIfInterrupted();
    return { status, ...output };
  } finally {
    process.off('SIGTERM', end).off('SIGHUP', end);
  }
}

/** Runs a command. Resolves with its output. @throws Error with its output if it fails */
export async function run(command: string, args: readonly string[], options: Command = {}): Promise<string> {
  const { status, stdout, stderr } = await outcomeOf(command, args, options);
  if (status === 0) return stdout;
  if (options.shown) throw new UserError('');
  throw new Error(unreachable(stderr) ?? `${command} ${args.join(' ')} failed:\n${stderr || stdout}`);
}

/** Runs a phase, and prints how long it takes. */
export async function phase<Result>(description: string, work: () => Result | Promise<Result>): Promise<Result> {
  throwIfInterrupted();
  console.log(`${description} ...`);
  const begin = performance.now();
  const result = await work();
  console.log(`  done in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  return result;
}

/**
 * Runs a command with a folder for its files, which is removed at its end, even after a signal: the program that runs then ends, and no
 * other starts. The exit status is 1 if the command fails.
 *
 * @param name the start of the name of the folder
 */
export async function withScratch(name: string, command: (scratch: string) => Promise<void>): Promise<void> {
  // Ctrl-C reaches the programs that run, too.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interruption.abort());
  removeAbandoned(name);
  // Outside the project, whose package.json would tell Node.js how to read the files of the emulator.
  const scratch = mkdtempSync(join(tmpdir(), `${name}-${process.pid}-`));
  try {
    await command(scratch);
  } catch (error) {
    const { message } = error as Error;
    if (message !== '') console.error(error instanceof UserError ? message : error);
    process.exitCode = 1;
  } finally {
    // A program that was ended may still write.
    rmSync(scratch, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** Removes the folders of runs that were killed. */
function removeAbandoned(name: string): void {
  for (const folder of readdirSync(tmpdir())) {
    const [, pid] = new RegExp(`^${name}-(\\d+)-\\w+$`).exec(folder) ?? [];
    if (pid !== undefined && !runs(Number(pid))) rmSync(join(tmpdir(), folder), { recursive: true, force: true });
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
