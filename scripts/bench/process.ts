import { spawn, type StdioOptions } from 'node:child_process';

/**
 * Runs a program that writes one JSON value, and reads it.
 *
 * @param output the file descriptor to which the program writes it: 1, or 3 if its standard output is a log, which nothing reads
 * @throws Error with the end of its complaint: bundles are long lines, and Node shows the one that fails
 */
export function run<T>(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  output: 1 | 3 = 1,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stdio = output === 1 ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, { env: { ...env }, stdio: stdio as StdioOptions });
    let text = '';
    let complaint = '';
    child.stdio[output]?.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.on('error', reject);
    child.on('close', () => {
      try {
        resolve(JSON.parse(text) as T);
      } catch {
        reject(new Error(`${args.join(' ').slice(0, 200)}: ${complaint.slice(-800) || text.slice(0, 800)}`));
      }
    });
  });
}
