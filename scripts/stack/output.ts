import { mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Prints one line of the local stack's own. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** `0.3 s`: the time since `start`, which came from `performance.now()`. */
export function since(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}

/** Runs a step and prints, when it succeeded, what it did and how long that took. */
export async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  print(`  ${what.padEnd(56)} ${since(start)}`);
  return result;
}

/** What is read of a log line; the API writes more. */
interface LogEntry {
  readonly method?: string;
  readonly route?: string;
  readonly status?: number;
  readonly durationMs?: number;
  readonly message?: string;
  readonly error?: unknown;
}

/**
 * A log line of the API as a person wants to see it: `GET /events 200 12ms` for a request, with the error below it if there
 * was one; the message for anything else. A line that is not JSON is returned unchanged.
 */
export function formatLogLine(line: string): string {
  let entry: LogEntry | null;
  try {
    entry = JSON.parse(line) as LogEntry | null;
  } catch {
    return line;
  }
  if (entry === null || typeof entry !== 'object') return line;
  const { method, route, status, durationMs, message, error } = entry;
  const isRequest = method !== undefined && status !== undefined;
  const said = isRequest
    ? `${method} ${route ?? '(no operation)'} ${status} ${Math.round(Number(durationMs))}ms`
    : (message ?? line);
  return error === undefined ? said : `${said}\n${explain(error)}`;
}

function explain(error: unknown): string {
  const { stack, message, cause } = Object(error) as { stack?: string; message?: string; cause?: unknown };
  const own = stack ?? message ?? JSON.stringify(error);
  return cause === undefined ? own : `${own}\ncaused by ${explain(cause)}`;
}

/** Splits what a stream delivers into lines and hands on each that is not empty. */
export function byLine(take: (line: string) => void): (chunk: string) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') take(line);
  };
}

/** Empties `file` and returns a function that appends a line to it. A full disk costs lines, of which it tells once, and nothing else. */
export function openLog(file: string): (line: string) => void {
  mkdirSync(dirname(file), { recursive: true });
  const descriptor = openSync(file, 'w');
  let complete = true;
  return (line) => {
    try {
      writeSync(descriptor, `${line}\n`);
    } catch (error) {
      if (complete) print(`${file} lacks lines from here on: ${(error as Error).message}.`);
      complete = false;
    }
  };
}
