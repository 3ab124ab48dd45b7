/** Work beside the running stack: one process at a time, and what came of it in a line. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type Dirent, readdirSync, statSync, watch } from 'node:fs';

import { print, since } from './output.ts';

const settleMs = 100;

/** A piece of work that is done again after changes. */
export interface Watch {
  /** Ends what is running; resolves when nothing is left. */
  stop(): Promise<void>;
}

/** Runs a script and says what it did, or shows its output and what that means; resolves with whether it succeeded. */
export type Run = (what: string, args: readonly string[], onFailure: string) => Promise<boolean>;

interface WatchOptions {
  /** The folders whose changes matter, with everything below them. */
  readonly folders: readonly string[];
  /** Once at the start. */
  readonly onStart: (run: Run) => Promise<unknown>;
  /** After changes, when they have settled; never twice at the same time. */
  readonly onChange: (run: Run) => Promise<unknown>;
}

/** When a file was changed last, in milliseconds since 1970; 0 where there is none. */
export function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** When anything below the folders was changed last. */
export function lastChange(folders: readonly string[]): number {
  const files = folders.flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }));
  return Math.max(
    0,
    ...files.filter((file) => file.isFile()).map((file: Dirent) => changedAt(`${file.parentPath}/${file.name}`)),
  );
}

/** Begins, and follows changes until it is stopped. */
export function watchFolders({ folders, onStart, onChange }: WatchOptions): Watch {
  let running: ChildProcess | undefined;
  let stopped = false;

  async function run(what: string, args: readonly string[], onFailure: string): Promise<boolean> {
    if (stopped) return false;
    const start = performance.now();
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    running = child;
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    running = undefined;
    if (stopped) return false;
    print(code === 0 ? `${what} (${since(start)}).` : `${output.trim()}\n\n${onFailure}`);
    return code === 0;
  }

  let work: Promise<unknown> = onStart(run);
  let timer: NodeJS.Timeout | undefined;
  // Folders, not files: many editors replace a file when they save it.
  const watchers = folders.map((folder) =>
    watch(folder, { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        work = work.then(() => onChange(run)).catch((error: Error) => print(error.message));
      }, settleMs);
    }),
  );

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
