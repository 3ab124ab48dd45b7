import { readFileSync, writeFileSync } from 'node:fs';

/** The local stack of a folder, as `make dev` records it for the other commands. */
export interface RunningStack {
  /** The process of `make dev`. */
  readonly pid: number;
  readonly issuer: string;
  /** Whether the issuer is not part of the stack, but set with `TOKEN_ISSUER`. */
  readonly foreignIssuer: boolean;
}

const fileOf = (folder: string) => `${folder}/stack.json`;

/** Records the stack that runs in a folder. */
export function recordStack(folder: string, stack: RunningStack): void {
  writeFileSync(fileOf(folder), `${JSON.stringify(stack)}\n`);
}

/** The stack that runs in a folder; undefined if there is none, or if its process has ended. */
export function readRunningStack(folder: string): RunningStack | undefined {
  try {
    const stack = JSON.parse(readFileSync(fileOf(folder), 'utf8')) as RunningStack;
    process.kill(stack.pid, 0);
    return stack;
  } catch {
    return undefined;
  }
}
