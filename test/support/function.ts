/** The packed function as a process of its own, under the version of Node.js that Lambda has. */
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { functionNode } from '../../scripts/function/node.ts';
import type { Config } from '../../src/config.ts';
import { type TableName, tableNameVariable } from '../../src/storage/tables.ts';

export interface FunctionProcess {
  send(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2>;
  /** Moves its clock by milliseconds. */
  advance(milliseconds: number): void;
  /** What it has written to its standard error. */
  complaints(): string;
  stop(): Promise<void>;
}

/** What `make deps` has built. */
export interface BuiltFunction {
  /** Holds `function/index.mjs` and `function.zip`. */
  readonly folder: string;
  /** What the build has said. */
  readonly output: string;
  remove(): void;
}

interface BuildOptions {
  readonly root?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Builds the function as `make deps` does, into a folder of its own; `TEST_FUNCTION` names a folder that has it already.
 *
 * @param root the folder of the project
 * @param cwd the folder in which the build is called
 * @param env what is other in its environment
 */
export function buildFunction({
  cwd = process.cwd(),
  root = process.cwd(),
  env = {},
}: BuildOptions = {}): BuiltFunction {
  const prebuilt = process.env['TEST_FUNCTION'];
  if (prebuilt !== undefined) return { folder: prebuilt, output: '', remove: () => {} };
  const folder = mkdtempSync(join(tmpdir(), 'function-'));
  const script = [join(root, 'scripts/function/build.ts'), folder];
  const loader = pathToFileURL(createRequire(join(process.cwd(), 'package.json')).resolve('tsx')).href;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', loader, ...script], {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The function cannot be built: ${stdout}${stderr}`);
  return { folder, output: stdout, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The environment that makes this configuration. */
export function settingsOf({ database, tokens, groups, basePath }: Config): Record<string, string> {
  const tableNames = Object.entries(database.tableNames) as [TableName, string][];
  return {
    ...Object.fromEntries(tableNames.map(([name, value]) => [tableNameVariable(name), value])),
    BASE_PATH: basePath,
    DYNAMODB_ENDPOINT: database.endpoint ?? '',
    ORGANIZERS_GROUP: groups.organizer,
    TOKEN_CLIENT_ID: tokens.clientId,
    TOKEN_ISSUER: tokens.issuer,
    TOKEN_JWKS_URI: tokens.jwksUri,
  };
}

/** Starts the function with nothing in its environment but these variables; `onLine` takes what it writes to its standard output, write by write. */
export async function startFunction(
  folder: string,
  env: Readonly<Record<string, string>>,
  onLine: (line: string) => void,
): Promise<FunctionProcess> {
  const child = fork('test/support/function-host.mjs', [pathToFileURL(join(folder, 'function/index.mjs')).href], {
    execPath: functionNode().path,
    execArgv: [],
    // The notice is about Node 20, where Lambda's 24 is not installed.
    env: {
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'us-east-1',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...env,
    },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  const killWithUs = () => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()));

  const waiting = new Map<
    number,
    { resolve: (result: APIGatewayProxyStructuredResultV2) => void; reject: (error: Error) => void }
  >();
  let sent = 0;
  child.on(
    'message',
    ({
      id,
      result,
      error,
      line,
    }: {
      id: number;
      result: APIGatewayProxyStructuredResultV2;
      error?: string;
      line?: string;
    }) => {
      if (line !== undefined) onLine(line);
      else if (error === undefined) waiting.get(id)?.resolve(result);
      else waiting.get(id)?.reject(new Error(error));
      waiting.delete(id);
    },
  );
  const ended = once(child, 'exit').then(([code, signal]) => {
    process.off('exit', killWithUs);
    const error = new Error(`The function has ended with ${code ?? signal}: ${complaints}`);
    for (const { reject } of waiting.values()) reject(error);
    throw error;
  });
  ended.catch(() => {});
  await Promise.race([once(child, 'message'), ended]);

  return {
    send: (event) =>
      new Promise((resolve, reject) => {
        sent += 1;
        waiting.set(sent, { resolve, reject });
        child.send({ id: sent, event });
      }),
    advance: (milliseconds) => void child.send({ advance: milliseconds }),
    complaints: () => complaints,
    async stop() {
      child.kill('SIGKILL');
      await ended.catch(() => {});
    },
  };
}
