/** Amazon's own DynamoDB Local, which needs Java: a second engine for the tests, and the only one where dynoxide has no program. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { type DatabaseOptions, type LocalDatabase, startEngine } from './process.ts';

/** Amazon Amplify's package on npm, which brings the program for all platforms; nothing else of it is used. */
const source = {
  name: 'amplify-dynamodb-simulator',
  version: '2.9.30',
  integrity: 'sha512-xTeeRLvzEfqyd5lh3bH4c0kHvSHHmmhD5ZDsHFKAQ5g2Zl6JqlFdutaQhCLHzxEp6Ry1o7TB6niIoXuQAnSewQ==',
};
const folder = resolve('build/tools', `dynamodb-local-${source.version}`);
/** A virtual machine that starts on a busy computer. */
const startTimeoutMs = 60_000;

/** Whether Java is installed. */
export function hasJava(): boolean {
  return spawnSync('java', ['-version']).status === 0;
}

/**
 * Starts DynamoDB Local and waits until it responds. The first start downloads 55 MB into `build/tools/`.
 *
 * @param options its `file` becomes a folder
 *
 * @throws Error when Java is missing, or the program cannot be loaded or does not start; the message is one sentence for people
 */
export async function startAmazonDatabase({ file, ...options }: DatabaseOptions): Promise<LocalDatabase> {
  if (!hasJava()) {
    const otherwise = 'Without DYNAMODB=local the tests use the engine from npm.';
    throw new Error(`Java is missing: Amazon's DynamoDB Local needs it (version 8 or later). ${otherwise}`);
  }
  if (!existsSync(folder)) install();
  if (file !== undefined) mkdirSync(file, { recursive: true });
  const keep = file === undefined ? ['-inMemory'] : ['-sharedDb', '-dbPath', resolve(file)];
  const engine = {
    command: 'java',
    args: (port: number) => [
      `-Djava.library.path=${join(folder, 'DynamoDBLocal_lib')}`,
      ...['-jar', join(folder, 'DynamoDBLocal.jar')],
      ...[...keep, '-disableTelemetry', '-port', String(port)],
    ],
    // It writes a file of its own wherever it is started.
    cwd: folder,
    // A request without a signature.
    isOurs: ({ status, headers }: Response) => status === 400 && headers.has('x-amzn-requestid'),
    startTimeoutMs,
  };
  return startEngine(engine, options);
}

/** A folder that is there is complete: it is made beside its place, and moved there as the last step. */
function install(): void {
  const temporary = `${folder}.new`;
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  const packed = run('npm', ['pack', '--json', '--pack-destination', temporary, `${source.name}@${source.version}`]);
  const [{ filename, integrity } = {}] = JSON.parse(packed) as { filename?: string; integrity?: string }[];
  if (filename === undefined || integrity !== source.integrity) {
    throw new Error(
      `${source.name}@${source.version} is not the package that is pinned: its checksum is ${integrity}.`,
    );
  }
  run('tar', ['-xzf', join(temporary, filename), '-C', temporary, 'package/emulator']);
  renameSync(join(temporary, 'package/emulator'), folder);
  rmSync(temporary, { recursive: true });
}

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return stdout;
  throw new Error(
    `Amazon's DynamoDB Local cannot be loaded: "${command} ${args.join(' ')}" says: ${error?.message ?? stderr.trim()}`,
  );
}
