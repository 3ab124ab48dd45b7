/** Counts how often a test run uses each coverage item, in files, because each Jest worker is a separate process. */
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { Exchange } from './exchange.ts';

type Transport = Exchange['transport'];
/** The number of uses of a coverage item over each transport. */
export type Count = Readonly<Record<Transport, number>>;

const folder = 'build/recorded';
let unwritten = new Map<string, Record<Transport, number>>();

/** Deletes the counts of earlier runs. */
export function clearRecorded(): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  mkdirSync(folder, { recursive: true });
}

/** Counts the coverage items of an exchange. */
export function recordItems(transport: Transport, items: readonly string[]): void {
  for (const item of items) {
    const count = unwritten.get(item) ?? { socket: 0, lambda: 0 };
    count[transport] += 1;
    unwritten.set(item, count);
  }
}

/** Appends the new counts to the file of this process; called after each test. */
export function writeRecorded(): void {
  if (unwritten.size === 0) return;
  mkdirSync(folder, { recursive: true });
  appendFileSync(`${folder}/${process.pid}.jsonl`, `${JSON.stringify([...unwritten])}\n`);
  unwritten = new Map();
}

/** The counts of all processes together. */
export function readRecorded(): ReadonlyMap<string, Count> {
  const recorded = new Map<string, Count>();
  const lines = readdirSync(folder).flatMap((file) => readFileSync(`${folder}/${file}`, 'utf8').split('\n'));
  for (const line of lines.filter((text) => text !== '')) {
    for (const [item, { socket, lambda }] of JSON.parse(line) as [string, Count][]) {
      const before = recorded.get(item) ?? { socket: 0, lambda: 0 };
      recorded.set(item, { socket: before.socket + socket, lambda: before.lambda + lambda });
    }
  }
  return recorded;
}
