import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { type DatabaseOptions, type LocalDatabase, startEngine } from './process.ts';
import { loopback } from '../ports.ts';

export type { LocalDatabase } from './process.ts';

const startTimeoutMs = 10_000;

/** The path of dynoxide's program, which comes from npm as one package per platform; undefined if that of this platform is not installed. */
export function findDatabaseBinary(
  platform: string = process.platform,
  arch: string = process.arch,
): string | undefined {
  try {
    // Not import.meta: Jest loads this file as CommonJS.
    const { resolve } = createRequire(join(process.cwd(), 'package.json'));
    const manifest = resolve(`@dynoxide/${platform}-${arch}/package.json`);
    return join(dirname(manifest), platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
  } catch {
    return undefined;
  }
}

/**
 * The path of dynoxide's program.
 *
 * @throws Error with one sentence on what to do if the package of this platform is not installed
 */
export function databaseBinary(platform: string = process.platform, arch: string = process.arch): string {
  const found = findDatabaseBinary(platform, arch);
  if (found !== undefined) return found;
  throw new Error(
    `The local database has no program for ${platform}-${arch} here: install Java (version 8 or later) for Amazon's DynamoDB Local, ` +
      `or "npm install --no-save @dynoxide/${platform}-${arch}" if npm has it, or set DYNAMODB_ENDPOINT to a DynamoDB that you run yourself.`,
  );
}

/**
 * Starts the local DynamoDB engine on 127.0.0.1 and waits until it responds.
 *
 * @throws PortError when the port is taken
 * @throws Error when the program is missing or does not start; the message is one sentence for people
 */
export async function startDatabase({ file, ...options }: DatabaseOptions): Promise<LocalDatabase> {
  const keep = file === undefined ? [] : ['--db-path', file];
  const engine = {
    command: databaseBinary(),
    args: (port: number) => ['--host', loopback, '--port', String(port), ...keep],
    isOurs: ({ headers }: Response) => headers.has('x-dynoxide-version'),
    startTimeoutMs,
  };
  return startEngine(engine, options);
}
