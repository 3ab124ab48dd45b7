import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync, watch } from 'node:fs';

import { say, since } from './output.ts';

const contract = 'openapi/openapi.yaml';
const docs = 'build/docs/index.html';
const guides = 'docs/site';
const settleMs = 100;

function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** The last change of anything that the documentation is made of. */
function docsSourceChangedAt(): number {
  const files = readdirSync(guides).map((name) => `${guides}/${name}`);
  return Math.max(...[contract, 'CHANGELOG.md', ...files].map(changedAt));
}

/**
 * Builds the documentation if it is older than the contract or a guide; from then on, builds it after each change of a guide, and
 * after each change of the contract runs the generator (whose output makes the API start again), checks the types and builds it again.
 */
export function followContract(): { stop(): Promise<void> } {
  let running: ChildProcess | undefined;
  let stopped = false;

  async function run(what: string, args: readonly string[], onFailure: string): Promise<boolean> {
    if (stopped) return false;
    const start = performance.now();
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    running = child;
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    running = undefined;
    if (stopped) return false;
    say(code === 0 ? `${what} (${since(start)}).` : `${output.trim()}\n\n${onFailure}`);
    return code === 0;
  }

  async function generate(): Promise<boolean> {
    const args = ['--import', 'tsx', 'scripts/generate.ts'];
    return run('The contract changed: what follows from it is generated', args, 'Nothing was generated.');
  }

  async function buildDocs(): Promise<void> {
    if (changedAt(docs) >= docsSourceChangedAt()) return;
    await run('The documentation is built', ['--import', 'tsx', 'scripts/docs.ts'], 'The documentation stays as it was.');
  }

  /** The bundler looks at no types, but they are what names a handler that is missing. */
  async function checkTypes(): Promise<void> {
    const args = ['node_modules/typescript/bin/tsc', '--noEmit'];
    await run('The code fits the contract', args, 'The code does not fit the contract yet.');
  }

  let seen = changedAt(contract);
  let work: Promise<unknown> = buildDocs();
  async function followChange(): Promise<void> {
    if (changedAt(contract) !== seen) {
      seen = changedAt(contract);
      if (!(await generate())) return;
      await checkTypes();
    }
    await buildDocs();
  }

  // The folders, not the files: many editors replace a file when they save it.
  let timer: NodeJS.Timeout | undefined;
  const follow = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      work = work.then(followChange).catch((error: Error) => say(error.message));
    }, settleMs);
  };
  const watchers = ['openapi', guides].map((folder) => watch(folder, follow));

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
      running?.kill('SIGTERM');
      await work.catch(() => {});
    },
  };
}
