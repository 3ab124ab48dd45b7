import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { type EngineOptions, type LocalDatabase, startEngine } from './process.ts';
import { loopback } from '../ports.ts';

export type { LocalDatabase } from './process.ts';

/** How and where the database runs. */
export interface DatabaseOptions extends EngineOptions {
  /** The file that keeps the data; without it the data lives in memory. */
  readonly file?: string;
}

const startTimeoutMs = 10_000;

/**
 * The path of the database's program, which comes from npm as one package per platform.
 *
 * @throws Error with one sentence on what to do, when this platform's package is not installed
 */
export function databaseBinary(platform: string = process.platform, arch: string = process.arch): string {
  const name = `@dynoxide/${platform}-${arch}`;
  try {
    // Not import.meta: Jest loads this file as CommonJS.
    const manifest = createRequire(join(process.cwd(), 'package.json')).resolve(`${name}/package.json`);
    return join(dirname(manifest), platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
  } catch {
    throw new Error(
      `The local database has no program for ${platform}-${arch} here: install it with "npm install --no-save ${name}", ` +
        'or set DYNAMODB_ENDPOINT to a DynamoDB that you run yourself.',
    );
  }
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
