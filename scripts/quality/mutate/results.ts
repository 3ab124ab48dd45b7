/**
 * The results of mutants, kept in a file: an interrupted run continues where it stopped, and a run of a part adds to the others. They are
 * those of one state of the project; a change of any of its files makes all of them out of date.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { projectFiles } from '../project-files.ts';
import type { Result } from './sandbox.ts';

/** What identifies a mutant. */
export interface Key {
  readonly area: string;
  readonly kind: string;
  readonly title: string;
}

export interface MutantResult extends Key {
  /** What killed it; undefined if it survived. */
  readonly killed?: Result | undefined;
  readonly seconds: number;
}

export interface Results {
  find(mutant: Key): MutantResult | undefined;
  /** Keeps a result, for this run and for later ones. */
  add(result: MutantResult): void;
}

const keyOf = ({ area, kind, title }: Key) => JSON.stringify([area, kind, title]);

/**
 * Reads the results of this state of the project.
 *
 * @param file one result per line, as JSON
 * @param state what the results depend on: results of other states are ignored
 */
export function openResults(file: string, state: string): Results {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const kept = lines
    // A line is incomplete if a run was killed while it wrote.
    .filter((line) => /^\{.*\}$/.test(line))
    .map((line) => JSON.parse(line) as MutantResult & { readonly state: string });
  const known = new Map<string, MutantResult>(
    kept.filter((one) => one.state === state).map((one) => [keyOf(one), one]),
  );
  if (lines.at(-1)) appendFileSync(file, '\n');
  mkdirSync(dirname(file), { recursive: true });
  return {
    find: (mutant) => known.get(keyOf(mutant)),
    add(result) {
      known.set(keyOf(result), result);
      appendFileSync(file, `${JSON.stringify({ state, ...result })}\n`);
    },
  };
}

/** A digest of all files of the project. */
export function stateOfProject(): string {
  const digest = createHash('sha256');
  for (const file of projectFiles()) digest.update(`${file}\0`).update(readFileSync(file)).update('\0');
  return digest.digest('hex');
}
