/** Compiles the code of the client's README and of AGENTS.md, and runs that of the README against the local stack. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { transform } from 'esbuild';
import { startStack } from '../stack/stack.ts';
import { settings, silentLog } from './api.ts';

interface Block {
  readonly language: 'js' | 'ts';
  /** Compiled but not run, because it needs a user pool. */
  readonly cognito: boolean;
  readonly code: string;
}

const address = 'http://127.0.0.1:3000';
const issuerAddress = 'http://127.0.0.1:9000';

/** Precedes the code when it is run: a page, for the samples that use the DOM. */
const page = `import { Window } from 'happy-dom';
const window = new Window({ url: 'http://127.0.0.1/' });
window.document.body.innerHTML = '<ul></ul>';
Object.assign(globalThis, { window, document: window.document });
globalThis.navigator ??= window.navigator;
`;

/** Follows the code when it is run: what waits is not waited for. */
const end = '\nprocess.exit();\n';

function blocks(): readonly Block[] {
  const found = readFileSync('client/README.md', 'utf8').matchAll(/^```(js|ts)( cognito)?\n([\s\S]*?)^```$/gm);
  return [...found].map(([, language, cognito, code]) => ({
    language: language as Block['language'],
    cognito: cognito !== undefined,
    code: code as string,
  }));
}

/** @throws Error if the file has no such block */
function codeOf(file: string, block: RegExp): string {
  const [, code] = block.exec(readFileSync(file, 'utf8')) ?? [];
  if (code === undefined) throw new Error(`${file} has no code.`);
  return code;
}

/** Joins the blocks into one program, because later blocks use what earlier ones declare. */
function program(): string {
  const code = blocks()
    .filter(({ language, cognito }) => language === 'ts' && !cognito)
    .map((one) => one.code)
    .join('\n');
  const imports = /^import .+;\n/gm;
  return [...new Set(code.match(imports))].join('') + code.replaceAll(imports, '');
}

/** Writes the code into a project that uses the client. Returns the files to compile. */
export function writeReadme(project: string): readonly string[] {
  const files: Record<string, string> = {
    'program.ts': program(),
    'agents.ts': codeOf('client/AGENTS.md', /^```ts\n([\s\S]*?)^```$/m),
    // The part of Amplify that is used; the package itself is large.
    'amplify.d.ts': `declare module 'aws-amplify/auth' {
      export function fetchAuthSession(options?: { forceRefresh?: boolean }): Promise<{ tokens?: { accessToken: { toString(): string } } }>;
    }`,
  };
  for (const [index, { code }] of blocks()
    .filter((one) => one.cognito)
    .entries())
    files[`cognito${index}.ts`] = code;
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
  return Object.keys(files).map((name) => join(project, name));
}

/**
 * Runs the code, and compares its output with the output in its comments.
 *
 * @throws Error if they differ
 */
export async function runReadme(project: string): Promise<void> {
  const stack = await startStack(silentLog, settings);
  try {
    const env = { ...process.env, TOKEN: stack.tokens.organizer };
    await runQuickStart(project, stack.url, env);
    const source = readFileSync(join(project, 'program.ts'), 'utf8');
    const { code } = await transform(source, { loader: 'ts', format: 'esm', target: 'es2022' });
    writeFileSync(
      join(project, 'program.mjs'),
      (page + code + end).replaceAll(address, stack.url).replaceAll(issuerAddress, stack.issuer),
    );
    const { stdout } = await promisify(execFile)(process.execPath, ['program.mjs'], {
      cwd: project,
      env,
      timeout: 60_000,
    });
    const lines = stdout.split('\n');
    for (const expected of expectedOutput(program())) {
      const [start = ''] = expected.split('…');
      if (!lines.some((line) => line.startsWith(start)))
        throw new Error(`client/README.md: expected the output "${expected}", received:\n${stdout}`);
    }
  } finally {
    await stack.stop();
  }
}

/**
 * Runs the JavaScript of the quick start as a separate file, with a token in the environment, as the README describes.
 *
 * @throws Error if it fails, or if its output is not in its comments
 */
async function runQuickStart(project: string, url: string, env: NodeJS.ProcessEnv): Promise<void> {
  const [{ code } = { code: '' }, ...others] = blocks().filter(({ language }) => language === 'js');
  if (code === '' || others.length > 0) throw new Error('client/README.md must have exactly one block of JavaScript.');
  writeFileSync(join(project, 'app.mjs'), code.replaceAll(address, url));
  const { stdout } = await promisify(execFile)(process.execPath, ['app.mjs'], { cwd: project, env, timeout: 60_000 });
  const expected = expectedOutput(code).join('\n');
  if (expected === '' || stdout.trim() !== expected)
    throw new Error(`Quick start of client/README.md: expected the output "${expected}", received:\n${stdout}`);
}

/** The expected output of a program: the comments that follow `console.log(…)`. */
export function expectedOutput(code: string): readonly string[] {
  return [...code.matchAll(/console\.log\(.+\);? \/\/ (.+)$/gm)].map(([, text]) => text as string);
}
