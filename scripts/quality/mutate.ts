/**
 * Mutation tests: makes many small changes to the project, one at a time. The compiler or a test must kill each of these mutants.
 *
 *     tsx scripts/quality/mutate.ts            all areas
 *     tsx scripts/quality/mutate.ts contract   mutants of the contract, selected by a seed
 *     tsx scripts/quality/mutate.ts server     the patches of the server in mutate/patches
 *     tsx scripts/quality/mutate.ts project    mutants of workflows (patches), Makefile, documentation and Terraform (selected by a seed)
 *
 * Environment: MUTATIONS (200, the number of generated mutants of an area), SEED (1), JOBS (1, how many run in parallel), ONLY (a regular
 * expression that selects by kind and title), BEHAVIOR (1: skips the snapshots of the contract, to see what the tests of the running
 * server notice on their own). The exit code is 1 if a mutant survives, or if a kind has no mutants although nothing was selected.
 * Mutants of Terraform need Terraform and its AWS provider; `ONLY='^(?!terraform)'` leaves them out.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Area, areas, type Mutant, mutantsOf } from './mutate/mutants.ts';
import { createSandbox, type Result, type Sandbox, type Step } from './mutate/sandbox.ts';

const { MUTATIONS = '200', SEED = '1', JOBS = '1', ONLY = '', BEHAVIOR = '' } = process.env;
const allAreas = Object.keys(areas) as Area[];
const wanted = allAreas.filter((area) => process.argv.length < 3 || process.argv.includes(area));
const mutants = wanted
  .flatMap((area) => mutantsOf(area, { count: Number(MUTATIONS), seed: Number(SEED) }))
  .filter(({ kind, title }) => new RegExp(ONLY).test(`${kind} ${title}`));

const results: { readonly mutant: Mutant; readonly killed: Result | undefined }[] = [];
const queue = [...mutants];
console.log(`${mutants.length} mutants of ${wanted.join(', ')} (seed ${SEED}), ${JOBS} in parallel.`);
await Promise.all(
  Array.from({ length: Number(JOBS) }, (_, job) =>
    work(createSandbox(join(tmpdir(), `mutate-${process.pid}-${job}`), { behaviorOnly: BEHAVIOR !== '' })),
  ),
);
report();

async function work(sandbox: Sandbox): Promise<void> {
  try {
    // A test that always fails would seem to kill every mutant.
    const failure = await sandbox.run(wholeSteps());
    if (failure) throw new Error(`The unchanged project fails: ${failure.because}`);
    let stale = false;
    for (let next = queue.shift(); next; next = queue.shift()) {
      const started = Date.now();
      // The generated files of a mutant of the contract stay until the next one generates its own.
      const generates = next.steps.some(({ check }) => check === 'generate');
      if (stale && !generates) await sandbox.run([{ check: 'generate' }]);
      stale = generates;
      const undo = next.make(sandbox.folder);
      const killed = await sandbox.run(next.steps);
      undo();
      results.push({ mutant: next, killed });
      const outcome = killed ? `killed by ${killed.by}` : 'SURVIVED';
      const seconds = Math.round((Date.now() - started) / 1000);
      console.log(`${results.length}/${mutants.length}  ${outcome}, ${seconds} s  [${next.kind}] ${next.title}`);
      if (killed) console.log(`      ${killed.because}`);
    }
  } finally {
    sandbox.remove();
  }
}

/** Everything that the mutants of this run are checked with, as a whole. */
function wholeSteps(): Step[] {
  const order = ['generate', 'types', 'product', 'tools', 'deployment'] as const;
  const used = new Set(mutants.flatMap(({ steps }) => steps.map(({ check }) => check)));
  return order.filter((check) => used.has(check)).map((check) => ({ check }));
}

/** A row for each kind of mutant, then the survivors and the score. */
function report(): void {
  const ways = ['generator', 'types', 'tests', 'terraform'] as const;
  console.log(
    '\n| kind | mutants | killed by generator | by compiler | by tests | by Terraform | survived | score |\n|---|---|---|---|---|---|---|---|',
  );
  const kinds = wanted.flatMap((area) => [...areas[area]].map((kind) => ({ area, kind })));
  for (const { area, kind } of kinds) {
    const own = results.filter(({ mutant }) => mutant.kind === kind);
    if (own.length === 0 && ONLY !== '') continue;
    const count = (by: Result['by'] | undefined) => own.filter(({ killed }) => killed?.by === by).length;
    const score = `${Math.floor((100 * (own.length - count(undefined))) / own.length || 0)} %`;
    console.log(`| ${[`${area}: ${kind}`, own.length, ...ways.map(count), count(undefined), score].join(' | ')} |`);
  }
  const survivors = results.filter(({ killed }) => killed === undefined);
  for (const { mutant } of survivors) console.log(`Survived: [${mutant.kind}] ${mutant.title}`);
  console.log(`\n${results.length - survivors.length} of ${results.length} mutants were killed.`);

  const empty = kinds.filter(({ kind }) => !mutants.some((mutant) => mutant.kind === kind));
  if (ONLY === '')
    for (const { area, kind } of empty) console.log(`There are no mutants of the kind ${area}: ${kind}.`);
  if (survivors.length > 0 || (ONLY === '' && empty.length > 0)) process.exitCode = 1;
}
