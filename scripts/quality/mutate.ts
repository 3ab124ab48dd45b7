/**
 * Mutation tests: makes many small changes to the contract and to the server, one at a time. The compiler or a test must kill each
 * of these mutants.
 *
 *     tsx scripts/quality/mutate.ts contract   mutants of the contract, selected by a seed
 *     tsx scripts/quality/mutate.ts server     all patches in mutate/patches
 *
 * Environment: MUTATIONS (200, the number of mutants of the contract), SEED (1), JOBS (1, how many run in parallel), ONLY (a regular
 * expression that selects by kind and title), BEHAVIOR (1: skips the snapshot of the contract, to see what the tests of the running
 * server notice on their own). The exit code is 1 if a mutant survives.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractMutants, serverMutants } from './mutate/mutants.ts';
import { createSandbox, type Result, type Sandbox, type TestRun } from './mutate/sandbox.ts';

const { MUTATIONS = '200', SEED = '1', JOBS = '1', ONLY = '', BEHAVIOR = '' } = process.env;
const ofContract = process.argv[2] === 'contract';
const all = ofContract ? contractMutants({ count: Number(MUTATIONS), seed: Number(SEED) }) : serverMutants();
const mutants = all.filter(({ kind, title }) => new RegExp(ONLY).test(`${kind} ${title}`));

const wholeSuites: readonly TestRun[] = [{ suite: 'product' }, ...(ofContract ? [{ suite: 'tools' } as const] : [])];
const results: { readonly title: string; readonly kind: string; readonly killed: Result | undefined }[] = [];
const queue = [...mutants];
console.log(
  `${mutants.length} mutants of the ${ofContract ? `contract (seed ${SEED})` : 'server'}, ${JOBS} in parallel.`,
);
await Promise.all(
  Array.from({ length: Number(JOBS) }, (_, job) =>
    work(createSandbox(join(tmpdir(), `mutate-${process.pid}-${job}`), { behaviorOnly: BEHAVIOR !== '' })),
  ),
);
report();

async function work(sandbox: Sandbox): Promise<void> {
  try {
    // A test that always fails would seem to kill every mutant.
    const failure = await sandbox.run({ generate: ofContract, tests: wholeSuites });
    if (failure) throw new Error(`The unchanged project fails: ${failure.because}`);
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { kind, title, tests } = next;
      const started = Date.now();
      const undo = next.make(sandbox.folder);
      const killed = await sandbox.run({ generate: ofContract, tests });
      undo();
      results.push({ kind, title, killed });
      const outcome = killed ? `killed by ${killed.by}` : 'SURVIVED';
      const seconds = Math.round((Date.now() - started) / 1000);
      console.log(`${results.length}/${mutants.length}  ${outcome}, ${seconds} s  [${kind}] ${title}`);
      if (killed) console.log(`      ${killed.because}`);
    }
  } finally {
    sandbox.remove();
  }
}

/** A row for each kind of mutant, then the survivors and the score. */
function report(): void {
  console.log(
    '\n| kind | mutants | killed by generator | by compiler | by tests | survived |\n|---|---|---|---|---|---|',
  );
  for (const kind of [...new Set(mutants.map((one) => one.kind))]) {
    const own = results.filter((one) => one.kind === kind);
    const count = (by: Result['by'] | undefined) => own.filter(({ killed }) => killed?.by === by).length;
    const counts = [own.length, count('generator'), count('types'), count('tests'), count(undefined)];
    console.log(`| ${[kind, ...counts].join(' | ')} |`);
  }
  const survivors = results.filter(({ killed }) => killed === undefined);
  for (const { kind, title } of survivors) console.log(`Survived: [${kind}] ${title}`);
  console.log(`\n${results.length - survivors.length} of ${results.length} mutants were killed.`);
  if (survivors.length > 0) process.exitCode = 1;
}
