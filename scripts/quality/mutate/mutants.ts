/** The mutants of a run. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import type { JsonObject } from '../../../src/openapi/document.ts';
import { readContract } from '../../contract/read.ts';
import { type Mutation, mutationsOf } from './contract-mutations.ts';
import { kinds } from './contract-rules.ts';
import { applyPatch, readPatches } from './patches.ts';
import type { TestRun } from './sandbox.ts';

/** A change that can be made to a copy of the project. */
export interface Mutant {
  readonly kind: string;
  readonly title: string;
  /** The tests to run, those first that are quick and the most likely to fail. */
  readonly tests: readonly TestRun[];
  /** Makes the change, and returns a function that undoes it. */
  make(folder: string): () => void;
}

const contractFile = 'openapi/openapi.yaml';

/** Generators, documentation and Terraform read the contract too, so that their tests run as well. */
const contractTests: readonly TestRun[] = [
  { suite: 'product', folders: ['src/contract', 'test/contract'] },
  { suite: 'tools', folders: ['scripts/contract'] },
  { suite: 'product' },
  { suite: 'tools' },
];

/** Mutants of the contract, selected by a seed: one of each kind in turn. */
export function contractMutants({ count, seed }: { readonly count: number; readonly seed: number }): Mutant[] {
  const contract = readContract(contractFile, contractFile);
  return pick(mutationsOf(contract), count, seed).map(({ kind, title, apply }) => ({
    kind,
    title,
    tests: contractTests,
    make(folder) {
      const copy = structuredClone(contract);
      apply(copy);
      const undo = keep(join(folder, contractFile));
      writeFileSync(join(folder, contractFile), asYaml(copy));
      return undo;
    },
  }));
}

/** All mutants of the server: one for each patch. */
export function serverMutants(): Mutant[] {
  return readPatches().map(({ kind, title, file, patched }) => ({
    kind,
    title,
    tests: [
      { suite: 'product', folders: [dirname(patched)] },
      { suite: 'product', folders: ['src', 'test/http', 'test/lists'] },
      { suite: 'product' },
    ],
    make(folder) {
      const undo = keep(join(folder, patched));
      applyPatch(file, folder);
      return undo;
    },
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

/** Remembers a file. The function that it returns restores the file. */
function keep(file: string): () => void {
  const text = readFileSync(file, 'utf8');
  return () => writeFileSync(file, text);
}
