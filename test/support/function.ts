/** The packed function of the API as its own process, with the version of Node.js that Lambda has. */
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { functionNode } from '../../scripts/function/node.ts';
import type { Config } from '../../src/config.ts';
import { type TableName, tableNameVariable } from '../../src/storage/tables.ts';
import { bundleOf } from './bundles.ts';

export interface FunctionProcess {
  send(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2>;
  /** Advances its clock by milliseconds. */
  advance(milliseconds: number): void;
  /** What it has written to standard error. */
  errorOutput(): string;
  stop(): Promise<void>;
}

/** The output of `make deps`. */
export interface BuiltFunction {
  /** Contains `<name>/index.mjs` and `<name>.zip` of each function. */
  readonly folder: string;
  /** What the build has printed. */
  readonly output: string;
  remove(): void;
}

interface BuildOptions {
  readonly root?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Builds the functions as `make deps` does. Without options, all test files of a run share one build; `TEST_FUNCTION` names a folder
 * with an existing build.
 *
 * @param root the folder of the project
 * @param cwd the folder in which the build runs
 * @param env additional environment variables
 * @throws Error with the output of the build if it fails
 */
export function buildFunction(options?: BuildOptions): BuiltFunction {
  const prebuilt = process.env['TEST_FUNCTION'];
  if (prebuilt !== undefined) return { folder: prebuilt, output: '', remove: () => {} };
  if (options === undefined) return sharedBuild();
  const folder = mkdtempSync(join(tmpdir(), 'function-'));
  return { folder, output: build(folder, options), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The build of this run: the first caller builds, others wait for it. The global teardown removes it. */
function sharedBuild(): BuiltFunction {
  const scratch = process.env['TEST_SCRATCH'];
  if (scratch === undefined) throw new Error('TEST_SCRATCH is missing: the global setup of Jest creates this folder.');
  const folder = join(scratch, 'function');
  const outputFile = `${folder}.output`;
  while (!existsSync(outputFile)) {
    if (!claim(folder)) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
      continue;
    }
    try {
      const output = build(folder, {});
      writeFileSync(`${outputFile}.part`, output);
      renameSync(`${outputFile}.part`, outputFile);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }
  return { folder, output: readFileSync(outputFile, 'utf8'), remove: () => {} };
}

/** Creates a folder; false if another process has created it. */
function claim(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Runs the build into a folder, and returns what it printed. */
function build(folder: string, { cwd = process.cwd(), root = process.cwd(), env = {} }: BuildOptions): string {
  const script = [join(root, 'scripts/function/build.ts'), folder];
  const loader = pathToFileURL(createRequire(join(process.cwd(), 'package.json')).resolve('tsx')).href;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', loader, ...script], {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`Building the function failed: ${stdout}${stderr}`);
  return stdout;
}

/** The environment variables for this configuration. */
export function settingsOf({ database, tokens, groups, basePath, version = '' }: Config): Record<string, string> {
  const tableNames = Object.entries(database.tableNames) as [TableName, string][];
  return {
    AWS_LAMBDA_FUNCTION_VERSION: version,
    ...Object.fromEntries(tableNames.map(([name, value]) => [tableNameVariable(name), value])),
    BASE_PATH: basePath,
    DYNAMODB_ENDPOINT: database.endpoint ?? '',
    ORGANIZERS_GROUP: groups.organizer,
    TOKEN_CLIENT_ID: tokens.clientId,
    TOKEN_ISSUER: tokens.issuer,
    TOKEN_JWKS_URI: tokens.jwksUri,
  };
}

/** Starts the packed function with only these environment variables; `onLine` receives each write to standard output. */
export async function startFunction(
  folder: string,
  env: Readonly<Record<string, string>>,
  onLine: (line: string) => void,
): Promise<FunctionProcess> {
  return startHost({ file: join(folder, 'api/index.mjs'), execPath: functionNode().path, execArgv: [] }, env, onLine);
}

/** Starts the function from its sources, as {@link startFunction} does from its package. */
export async function startFunctionSources(
  env: Readonly<Record<string, string>>,
  onLine: (line: string) => void = () => {},
): Promise<FunctionProcess> {
  const program = { file: bundleOf('src/entries/lambda-api.ts'), execPath: process.execPath, execArgv: [] };
  return startHost(program, env, onLine);
}

interface Program {
  readonly file: string;
  readonly execPath: string;
  readonly execArgv: string[];
}

async function startHost(
  { file, execPath, execArgv }: Program,
  env: Readonly<Record<string, string>>,
  onLine: (line: string) => void,
): Promise<FunctionProcess> {
  const child = fork('test/support/function-host.mjs', [pathToFileURL(file).href], {
    execPath,
    execArgv,
    // The warning is about Node.js 20, used if Lambda's version 24 is not installed.
    env: {
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'us-east-1',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...env,
    },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  const killOnExit = () => void child.kill('SIGKILL');
  process.once('exit', killOnExit);
  let errorOutput = '';
  child.stderr?.on('data', (chunk: Buffer) => (errorOutput += chunk.toString()));

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
    process.off('exit', killOnExit);
    const error = new Error(`The function exited unexpectedly with ${code ?? signal}: ${errorOutput}`);
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
    errorOutput: () => errorOutput,
    async stop() {
      child.kill('SIGKILL');
      await ended.catch(() => {});
    },
  };
}
