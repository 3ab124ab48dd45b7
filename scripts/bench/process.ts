import { spawn } from 'node:child_process';

/**
 * Runs a program that writes one JSON value, and reads it.
 *
 * @throws Error with the end of its complaint: bundles are long lines, and Node shows the one that fails
 */
export function run<T>(command: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let complaint = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.on('error', reject);
    child.on('close', () => {
      try {
        resolve(JSON.parse(output) as T);
      } catch {
        reject(new Error(`${args.join(' ').slice(0, 200)}: ${complaint.slice(-800) || output.slice(0, 800)}`));
      }
    });
  });
}
