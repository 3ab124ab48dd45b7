/** How often each entry of the contract was seen in a run, kept in files, as each of Jest's workers is a process of its own. */
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { Exchange } from './exchange.ts';

type Transport = Exchange['transport'];
/** How often an entry was seen over each transport. */
export type Count = Readonly<Record<Transport, number>>;

const folder = 'build/seen';
let unwritten = new Map<string, Record<Transport, number>>();

/** Forgets what earlier runs have seen. */
export function forgetSeen(): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  mkdirSync(folder, { recursive: true });
}

/** Counts entries. */
export function note(transport: Transport, entries: readonly string[]): void {
  for (const entry of entries) {
    const count = unwritten.get(entry) ?? { socket: 0, lambda: 0 };
    count[transport] += 1;
    unwritten.set(entry, count);
  }
}

/** Writes what was counted, after each test; each process has a file of its own. */
export function writeSeen(): void {
  if (unwritten.size === 0) return;
  mkdirSync(folder, { recursive: true });
  appendFileSync(`${folder}/${process.pid}.jsonl`, `${JSON.stringify([...unwritten])}\n`);
  unwritten = new Map();
}

/** Everything that was counted. */
export function readSeen(): ReadonlyMap<string, Count> {
  const seen = new Map<string, Count>();
  const lines = readdirSync(folder).flatMap((file) => readFileSync(`${folder}/${file}`, 'utf8').split('\n'));
  for (const line of lines.filter((text) => text !== '')) {
    for (const [entry, { socket, lambda }] of JSON.parse(line) as [string, Count][]) {
      const before = seen.get(entry) ?? { socket: 0, lambda: 0 };
      seen.set(entry, { socket: before.socket + socket, lambda: before.lambda + lambda });
    }
  }
  return seen;
}
