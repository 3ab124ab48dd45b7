/** The mutants of a run, by area. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import type { JsonObject } from '../../../src/openapi/document.ts';
import { readContract } from '../../contract/read.ts';
import { mutationsOf } from './contract-mutations.ts';
import { kinds } from './contract-rules.ts';
import { makefileMutations } from './makefile-mutations.ts';
import { applyPatch, type Patch, projectKinds, readPatches, serverKinds } from './patches.ts';
import { proseMutations } from './prose-mutations.ts';
import type { Result, Step } from './sandbox.ts';
import type { Snapshots } from './snapshots.ts';
import { terraformMutations } from './terraform-mutations.ts';
import type { TextMutation } from './text-mutation.ts';

/** A change that can be made to a copy of the project. */
export interface Mutant {
  readonly kind: string;
  readonly title: string;
  /** What may notice it, in the order in which it is tried: the quick and likely first. */
  readonly steps: readonly Step[];
  /** Whether the snapshots of the contract notice it, which is found out without making the change. */
  shown?(snapshots: Snapshots): Result | undefined;
  /** Makes the change, and returns a function that undoes it. */
  make(folder: string): () => void;
}

/** The parts of the project that are mutated, each with its kinds of mutants. */
export const areas = {
  contract: kinds,
  server: serverKinds,
  project: [...projectKinds, 'make', 'prose', 'terraform'],
} as const satisfies Record<string, readonly string[]>;
export type Area = keyof typeof areas;

export interface Selection {
  /** How many mutants of each generated set. */
  readonly count: number;
  readonly seed: number;
}

/** The mutants of an area. Those that are generated are selected by a seed. */
export function mutantsOf(area: Area, selection: Selection): Mutant[] {
  if (area === 'contract') return contractMutants(selection);
  if (area === 'server') return serverMutants();
  return projectMutants(selection);
}

const contractFile = 'openapi/openapi.yaml';

/** Generators, documentation and Terraform read the contract too, so that their tests run as well. */
const contractSteps: readonly Step[] = [
  { check: 'generate' },
  { check: 'types' },
  { check: 'product', paths: ['src/contract', 'test/contract'] },
  { check: 'tools', paths: ['scripts/contract', 'test/tools/docs'] },
  { check: 'product' },
  { check: 'tools' },
];

/** Mutants of the contract: one of each kind in turn. */
function contractMutants(selection: Selection): Mutant[] {
  const contract = readContract(contractFile, contractFile);
  return pick(mutationsOf(contract), kinds, selection).map(({ kind, title, apply }) => {
    const changed = () => {
      const copy = structuredClone(contract);
      apply(copy);
      return copy;
    };
    return {
      kind,
      title,
      steps: contractSteps,
      shown: (snapshots) => snapshots(changed()),
      make: (folder) => replaceFile(join(folder, contractFile), () => asYaml(changed())),
    };
  });
}

/** All mutants of the server: one for each patch. */
function serverMutants(): Mutant[] {
  return patchesOf(serverKinds).map((patch) =>
    fromPatch(patch, [
      { check: 'types' },
      { check: 'product', paths: [dirname(patch.patched)] },
      { check: 'product', paths: ['src', 'test/registrations', 'test/http', 'test/lists'] },
      { check: 'product' },
    ]),
  );
}

/** Mutants of what surrounds the server: workflows, the Makefile, documentation, and Terraform. */
function projectMutants({ count, seed }: Selection): Mutant[] {
  const steps: Readonly<Record<string, readonly Step[]>> = {
    make: ['makefile', 'makefile-reads'].map((name) => testsIn(`test/tools/${name}.test.ts`)),
    prose: [testsIn('test/tools/docs/numbers.test.ts')],
    terraform: [testsIn(...terraformTests), { check: 'deployment' }, { check: 'terraform' }],
  };
  const generated = pick([...makefileMutations(), ...proseMutations(), ...terraformMutations()], Object.keys(steps), {
    count,
    seed,
  }).map((one) => fromText(one, steps[one.kind] ?? []));
  return [...patchesOf(projectKinds).map((patch) => fromPatch(patch, [])), ...generated].map((mutant) => ({
    ...mutant,
    steps: [...mutant.steps, { check: 'tools' }],
  }));
}

const patchesOf = (wanted: readonly string[]) => readPatches().filter(({ kind }) => wanted.includes(kind));

function fromPatch({ kind, title, file, patched, tests }: Patch, steps: readonly Step[]): Mutant {
  return {
    kind,
    title,
    steps: [...tests.map((test) => testsIn(test)), ...steps],
    make(folder) {
      const undo = keep(join(folder, patched));
      applyPatch(file, folder);
      return undo;
    },
  };
}

function fromText({ kind, file, title, edit }: TextMutation, steps: readonly Step[]): Mutant {
  return { kind, title: `${file}: ${title}`, steps, make: (folder) => replaceFile(join(folder, file), edit) };
}

/** The tests of Terraform that compare files. */
const terraformTests = ['gateway', 'permissions', 'time-budget', 'variables'].map(
  (name) => `test/tools/terraform/${name}.test.ts`,
);

/** Test files that only read files and compute: they start no server, no database and no program that may be late. */
const certain = new Set([
  ...['makefile', 'makefile-reads', 'workflows', 'docs/numbers'].map((name) => `test/tools/${name}.test.ts`),
  ...terraformTests,
]);

/** The step that runs test files of one suite. */
function testsIn(...tests: readonly string[]): Step {
  const [first = ''] = tests;
  return { check: suiteOf(first), paths: tests, certain: tests.every((test) => certain.has(test)) };
}

/** The suite that a test file belongs to: see `roots` in the configurations of Jest. */
export function suiteOf(test: string): 'product' | 'tools' {
  return /^(scripts|test\/(conformance|tools))\//.test(test) ? 'tools' : 'product';
}

/** Takes `count` mutations, one of each kind in turn. */
export function pick<M extends { readonly kind: string }>(
  all: readonly M[],
  wanted: readonly string[],
  { count, seed }: Selection,
): M[] {
  const groups = wanted.map((kind) =>
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

/** Changes a file. The function that it returns restores the file. */
function replaceFile(file: string, edit: (text: string) => string): () => void {
  const undo = keep(file);
  writeFileSync(file, edit(readFileSync(file, 'utf8')));
  return undo;
}

/** Remembers a file. The function that it returns restores the file. */
function keep(file: string): () => void {
  const text = readFileSync(file, 'utf8');
  return () => writeFileSync(file, text);
}
