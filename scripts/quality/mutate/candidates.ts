/** The changes that a run judges. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import type { JsonObject } from '../../../src/openapi/document.ts';
import { readContract } from '../../contract/read.ts';
import { type Mutation, mutationsOf } from './contract-mutations.ts';
import { kinds } from './contract-rules.ts';
import { serverFaults } from './server-faults.ts';

/** A change that can be made in a copy of the project. */
export interface Candidate {
  readonly kind: string;
  readonly title: string;
  /** Folders whose tests are the likeliest to notice it, the quickest group first. */
  readonly near: readonly (readonly string[])[];
  /** Makes the change; what it returns takes it back. */
  make(folder: string): () => void;
}

const contractFile = 'openapi/openapi.yaml';

/** Small changes of the contract: as many of each kind as there are, the kinds in turn, picked by the seed. */
export function contractCandidates({ count, seed }: { readonly count: number; readonly seed: number }): Candidate[] {
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

/** Every fault of the server. */
export function serverCandidates(): Candidate[] {
  return serverFaults.map(({ kind, title, file, from, to }) => ({
    kind,
    title,
    near: [[dirname(file)], ['src', 'test/http', 'test/lists']],
    make: (folder) => replace(join(folder, file), (text) => text.replace(from, () => to)),
  }));
}

/** Takes `count` mutations, one of each kind in turn. */
export function pick(all: readonly Mutation[], count: number, seed: number): Mutation[] {
  const piles = kinds.map((kind) =>
    shuffled(
      all.filter((one) => one.kind === kind),
      seed,
    ),
  );
  const longest = Math.max(...piles.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => piles.flatMap((pile) => pile[turn] ?? []))
    .flat()
    .slice(0, count);
}

function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  return fc.sample(fc.shuffledSubarray([...items], { minLength: items.length }), { seed, numRuns: 1 })[0] ?? [];
}

/** JSON is YAML, in both of its versions. */
const asYaml = (contract: JsonObject) => JSON.stringify(contract, null, 2);

function replace(file: string, edit: (text: string) => string): () => void {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, edit(text));
  return () => writeFileSync(file, text);
}
