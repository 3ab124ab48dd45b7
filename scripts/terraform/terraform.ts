/** Runs Terraform. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DestroyPlan } from './protection.ts';

/** The folder of the root module, relative to the root of the project. */
export const folder = 'terraform';

const chdir = `-chdir=${folder}`;

/** The exit status of a command, and its standard error, which has already been printed. */
export interface Outcome {
  readonly status: number;
  readonly stderr: string;
}

/** Runs one command in the terminal, including its prompts. */
export async function run(command: string, args: readonly string[]): Promise<Outcome> {
  // The terminal sends Ctrl-C to Terraform too, which then shuts down cleanly: wait for it.
  const wait = () => {};
  process.on('SIGINT', wait);
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn('terraform', [chdir, command, ...args], { stdio: ['inherit', 'inherit', 'pipe'] });
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
        process.stderr.write(text);
      });
      child.on('error', reject).on('close', (status) => resolve({ status: status ?? 1, stderr }));
    });
  } finally {
    process.off('SIGINT', wait);
  }
}

/**
 * Plans a destroy. Planning refreshes the state, so the result describes what AWS has now.
 *
 * @throws Error with the message of Terraform if planning fails
 */
export async function planDestroy(args: readonly string[]): Promise<DestroyPlan> {
  const scratch = mkdtempSync(join(tmpdir(), 'destroy-'));
  try {
    const plan = join(scratch, 'plan');
    read(['plan', '-destroy', '-input=false', `-out=${plan}`, ...args.filter((one) => one !== '-auto-approve')]);
    return JSON.parse(read(['show', '-json', plan])) as DestroyPlan;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The values of all outputs of the last apply; none if there was none, or if they are unavailable. */
export function outputs(): Readonly<Record<string, unknown>> {
  try {
    const all = JSON.parse(read(['output', '-json'])) as Record<string, { readonly value: unknown }>;
    return Object.fromEntries(Object.entries(all).map(([name, { value }]) => [name, value]));
  } catch {
    return {};
  }
}

/** The standard output of a command. */
function read(args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync('terraform', [chdir, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(stderr.trim());
  return stdout;
}
