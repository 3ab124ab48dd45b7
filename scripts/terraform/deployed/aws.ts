/** Calls of AWS's services in the emulator, through botocore, which the emulator needs anyway. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Emulator, region } from './emulator.ts';

/** The error of a service; `code` is its name, such as `ConflictException`. */
export class AwsError extends Error {
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/** Calls an operation, such as `create_role` of `iam`, with the arguments of botocore. Resolves with what botocore returns. */
export type Call = <Result>(service: string, operation: string, parameters?: object) => Promise<Result>;

export interface Aws {
  readonly call: Call;
  stop(): Promise<void>;
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
  readonly code?: string;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Starts a process that calls services in an account, one call after the other. */
export function startAws({ url, python, account }: Pick<Emulator, 'url' | 'python' | 'account'>): Aws {
  const child = spawn(python, [join(import.meta.dirname, 'aws.py'), url, region, account], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const waiting = new Map<number, Waiting>();
  let sent = 0;

  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, result, error, code = '' } = JSON.parse(line) as Answer;
    if (error === undefined) waiting.get(id)?.resolve(result);
    else waiting.get(id)?.reject(new AwsError(error, code));
    waiting.delete(id);
  });
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('The process that calls AWS ended.'));
  });

  return {
    call: (service, operation, parameters = {}) =>
      new Promise((resolve, reject) => {
        sent += 1;
        waiting.set(sent, { resolve, reject });
        child.stdin.write(`${JSON.stringify({ id: sent, service, operation, arguments: parameters })}\n`);
      }),
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
