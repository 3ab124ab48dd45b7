/** The mutants of a run. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import type { JsonObject } from '../../../src/openapi/document.ts';
import { readContract } from '../../contract/read.ts';
import { type Mutation, mutationsOf } from './contract-mutations.ts';
import { kinds } from './contract-rules.ts';
import { serverFaults } from './server-faults.ts';

/** A change that can be made to a copy of the project. */
export interface Mutant {
  readonly kind: string;
  readonly title: string;
  /** Folders whose tests are the most likely to notice it, in groups, the quickest first. */
  readonly near: readonly (readonly string[])[];
  /** Makes the change, and returns a function that undoes it. */
  make(folder: string): () => void;
}

const contractFile = 'openapi/openapi.yaml';

/** Mutants of the contract, selected by a seed: one of each kind in turn. */
export function contractMutants({ count, seed }: { readonly count: number; readonly seed: number }): Mutant[] {
  const contract = readContract(contractFile, contractFile);
  return pick(mutationsOf(contract), count, seed).map(({ kind, title, apply }) => ({
    kind,
    title,
    near: [['src/contract', 'test/contract']],
    make(folder) {
      const copy = structuredClone(contract);
      apply(copy);
      return replace(join(folder, contractFile), () => asYaml(copy));
    },
  }));
}

/** All mutants of the server. */
export function serverMutants(): Mutant[] {
  return serverFaults.map(({ kind, title, file, from, to }) => ({
    kind,
    title,
    near: [[dirname(file)], ['src', 'test/http', 'test/lists']],
    make: (folder) => replace(join(folder, file), (text) => text.replace(from, () => to)),
  }));
}

/** Takes `count` mutations, one of each kind in turn. */
export function pick(all: readonly Mutation[], count: number, seed: number): Mutation[] {
  const groups = kinds.map((kind) =>
    shuffled(
      all.filter((one) => one.kind === kind),
      seed,
    ),
  );
  const rounds = Math.max(...groups.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, turn) => groups.flatMap((group) => group[turn] ?? []))
    .flat()
    .slice(0, count);
}

function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  return fc.sample(fc.shuffledSubarray([...items], { minLength: items.length }), { seed, numRuns: 1 })[0] ?? [];
}

/** JSON is valid YAML. */
const asYaml = (contract: JsonObject) => JSON.stringify(contract, null, 2);

function replace(file: string, edit: (text: string) => string): () => void {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, edit(text));
  return () => writeFileSync(file, text);
}
