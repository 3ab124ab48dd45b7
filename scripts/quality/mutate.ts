/**
 * Mutation tests: makes many small changes to the project, one at a time. The compiler or a test must kill each of these mutants.
 *
 *     tsx scripts/quality/mutate.ts            all areas
 *     tsx scripts/quality/mutate.ts contract   mutants of the contract, selected by a seed
 *     tsx scripts/quality/mutate.ts server     the patches of the server in mutate/patches
 *     tsx scripts/quality/mutate.ts project    mutants of workflows (patches), Makefile, documentation and Terraform (selected by a seed)
 *
 * Environment: MUTATIONS (200, the number of generated mutants of an area), SEED (1), JOBS (the number of processors, how many run in
 * parallel), ONLY (a regular expression that selects by kind and title), BEHAVIOR (1: skips the snapshots of the contract, to see what the
 * tests of the running server notice on their own). The exit code is 1 if a mutant survives, or if a kind has no mutants although nothing
 * was selected. Mutants of Terraform need Terraform and its AWS provider; `ONLY='^(?!terraform)'` leaves them out.
 *
 * Results are kept in build/mutate/results.jsonl until a file of the project changes: an interrupted run continues where it stopped.
 */
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readContract } from '../contract/read.ts';
import { type Area, areas, type Mutant, mutantsOf } from './mutate/mutants.ts';
import { type MutantResult, openResults, stateOfProject } from './mutate/results.ts';
import { createSandbox, type Result, type Sandbox, type Step } from './mutate/sandbox.ts';
import { snapshotsOf, snapshotTests } from './mutate/snapshots.ts';

const { MUTATIONS = '200', SEED = '1', JOBS = String(availableParallelism()), ONLY = '', BEHAVIOR = '' } = process.env;
const behaviorOnly = BEHAVIOR !== '';
const allAreas = Object.keys(areas) as Area[];
const wanted = allAreas.filter((area) => process.argv.length < 3 || process.argv.includes(area));
const mutants = wanted
  .flatMap((area) =>
    mutantsOf(area, { count: Number(MUTATIONS), seed: Number(SEED) }).map((mutant) => ({ ...mutant, area })),
  )
  .filter(({ kind, title }) => new RegExp(ONLY).test(`${kind} ${title}`));

const results = openResults(
  'build/mutate/results.jsonl',
  `${stateOfProject()}${behaviorOnly ? ' without snapshots' : ''}`,
);
const queue = mutants.filter((mutant) => results.find(mutant) === undefined);
const snapshots = snapshotsOf(readContract('openapi/openapi.yaml', 'openapi/openapi.yaml'));
const passed = new Map<string, Promise<void>>();
let done = mutants.length - queue.length;

const kept = done === 0 ? '' : ` The results of ${done} are known.`;
console.log(`${mutants.length} mutants of ${wanted.join(', ')} (seed ${SEED}), ${JOBS} in parallel.${kept}`);
await Promise.all(Array.from({ length: Math.min(Number(JOBS), queue.length) }, (_, job) => work(job)));
report();

async function work(job: number): Promise<void> {
  const sandbox = createSandbox(join(tmpdir(), `mutate-${process.pid}-${job}`), { behaviorOnly });
  try {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const started = Date.now();
      const killed = (await killedBySnapshot(next, sandbox)) ?? (await killedInSandbox(next, sandbox));
      const { area, kind, title } = next;
      keep({ area, kind, title, killed, seconds: Math.round((Date.now() - started) / 1000) });
    }
  } finally {
    sandbox.remove();
  }
}

async function killedBySnapshot(mutant: Mutant, sandbox: Sandbox): Promise<Result | undefined> {
  if (behaviorOnly || mutant.shown === undefined) return undefined;
  await expectToPass({ check: 'product', paths: snapshotTests }, sandbox);
  return mutant.shown(await snapshots);
}

/** Tries the steps of a mutant until one fails, which must pass without the mutant. */
async function killedInSandbox(mutant: Mutant, sandbox: Sandbox): Promise<Result | undefined> {
  const undo = mutant.make(sandbox.folder);
  const failure = await firstFailure(mutant.steps, sandbox);
  undo();
  if (mutant.steps.some(({ check }) => check === 'generate')) await sandbox.run({ check: 'generate' });
  if (failure === undefined) return undefined;
  await expectToPass(failure.step, sandbox);
  return failure.result;
}

async function firstFailure(
  steps: readonly Step[],
  sandbox: Sandbox,
): Promise<{ readonly step: Step; readonly result: Result } | undefined> {
  for (const step of steps) {
    const result = await sandbox.run(step);
    if (result) return { step, result };
  }
  return undefined;
}

/**
 * Runs a step with the unchanged project, once for each state of it: a test that always fails would seem to kill every mutant.
 *
 * @throws Error if it fails
 */
function expectToPass(step: Step, sandbox: Sandbox): Promise<void> {
  const title = [step.check, ...('paths' in step ? step.paths : [])].join(' ');
  const known = passed.get(title) ?? passOnce(step, title, sandbox);
  passed.set(title, known);
  return known;
}

async function passOnce(step: Step, title: string, sandbox: Sandbox): Promise<void> {
  const unchanged = { area: '', kind: 'unchanged', title };
  if (results.find(unchanged)) return;
  const started = Date.now();
  const failure = await sandbox.run(step);
  if (failure) throw new Error(`The unchanged project fails: ${failure.because}`);
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`The unchanged project passes, ${seconds} s: ${title}`);
  results.add({ ...unchanged, seconds });
}

function keep(result: MutantResult): void {
  results.add(result);
  done++;
  const { kind, title, killed, seconds } = result;
  const outcome = killed ? `killed by ${killed.by}` : 'SURVIVED';
  console.log(`${done}/${mutants.length}  ${outcome}, ${seconds} s  [${kind}] ${title}`);
  if (killed) console.log(`      ${killed.because}`);
}

/** A row for each kind of mutant, then the survivors and the score. */
function report(): void {
  const all = mutants.flatMap((mutant) => results.find(mutant) ?? []);
  const ways = ['generator', 'types', 'tests', 'terraform'] as const;
  console.log(
    '\n| kind | mutants | killed by generator | by compiler | by tests | by Terraform | survived | score |\n|---|---|---|---|---|---|---|---|',
  );
  const kinds = wanted.flatMap((area) => [...areas[area]].map((kind) => ({ area, kind })));
  for (const { area, kind } of kinds) {
    const own = all.filter((one) => one.area === area && one.kind === kind);
    if (own.length === 0 && ONLY !== '') continue;
    const count = (by: Result['by'] | undefined) => own.filter(({ killed }) => killed?.by === by).length;
    const score = `${Math.floor((100 * (own.length - count(undefined))) / own.length || 0)} %`;
    console.log(`| ${[`${area}: ${kind}`, own.length, ...ways.map(count), count(undefined), score].join(' | ')} |`);
  }
  const survivors = all.filter(({ killed }) => killed === undefined);
  for (const { kind, title } of survivors) console.log(`Survived: [${kind}] ${title}`);
  console.log(`\n${all.length - survivors.length} of ${all.length} mutants were killed.`);

  const empty = kinds.filter(({ area, kind }) => !mutants.some((one) => one.area === area && one.kind === kind));
  if (ONLY === '')
    for (const { area, kind } of empty) console.log(`There are no mutants of the kind ${area}: ${kind}.`);
  if (survivors.length > 0 || (ONLY === '' && empty.length > 0)) process.exitCode = 1;
}
