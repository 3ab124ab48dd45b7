/** Starts Terraform. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DestroyPlan } from './protection.ts';

/** Where the root module is, seen from the root of the project. */
export const folder = 'terraform';

const chdir = `-chdir=${folder}`;

/** How a command ended, and what it said on standard error, which was shown as it came. */
export interface Outcome {
  readonly status: number;
  readonly stderr: string;
}

/** Runs one command in the terminal, with its questions. */
export async function run(command: string, args: readonly string[]): Promise<Outcome> {
  // Terraform gets Ctrl-C from the terminal too, and then ends in good order: wait for it.
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
 * What a destroy would delete, as AWS has it now: planning it reads everything anew.
 *
 * @throws Error with Terraform's own words where it cannot be planned
 */
export async function ask(args: readonly string[]): Promise<DestroyPlan> {
  const scratch = mkdtempSync(join(tmpdir(), 'destroy-'));
  try {
    const plan = join(scratch, 'plan');
    read(['plan', '-destroy', '-input=false', `-out=${plan}`, ...args.filter((one) => one !== '-auto-approve')]);
    return JSON.parse(read(['show', '-json', plan])) as DestroyPlan;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
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
