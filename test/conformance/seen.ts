/** What the exchanges of a run have seen, kept in files, as each of Jest's workers is a process of its own. */
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { Seen } from './checker.ts';

const folder = 'build/seen';

/** Forgets what earlier runs have seen. */
export function forgetSeen(): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  mkdirSync(folder, { recursive: true });
}

/** Notes an exchange. Each process has a file of its own. */
export function note(seen: Seen): void {
  mkdirSync(folder, { recursive: true });
  appendFileSync(`${folder}/${process.pid}.jsonl`, `${JSON.stringify(seen)}\n`);
}

/** Everything that was noted. */
export function readSeen(): Seen[] {
  return readdirSync(folder).flatMap((file) =>
    readFileSync(`${folder}/${file}`, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Seen),
  );
}
