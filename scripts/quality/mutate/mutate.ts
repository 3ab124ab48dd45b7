/**
 * Changes the contract and the server in many small ways, one at a time, and shows that the compiler or a test notices each.
 *
 *     tsx scripts/quality/mutate/mutate.ts contract   some small changes of the contract, picked by a seed
 *     tsx scripts/quality/mutate/mutate.ts server     every fault of server-faults.ts
 *
 * From the environment: MUTATIONS (200, how many of the contract), SEED (1), JOBS (1, how many at the same time), ONLY (a regular
 * expression: only changes whose kind and title it fits), BEHAVIOUR (1: without the test that compares the contract with what was
 * accepted, to see what the tests of the running server notice by themselves). Exits 1 where a change was not noticed.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractCandidates, serverCandidates } from './candidates.ts';
import { createWorkbench, type Verdict, type Workbench } from './workbench.ts';

const { MUTATIONS = '200', SEED = '1', JOBS = '1', ONLY = '', BEHAVIOUR = '' } = process.env;
const ofContract = process.argv[2] === 'contract';
const all = ofContract ? contractCandidates({ count: Number(MUTATIONS), seed: Number(SEED) }) : serverCandidates();
const candidates = all.filter(({ kind, title }) => new RegExp(ONLY).test(`${kind} ${title}`));

const verdicts: { readonly title: string; readonly kind: string; readonly verdict: Verdict | undefined }[] = [];
const queue = [...candidates];
console.log(
  `${candidates.length} changes of the ${ofContract ? `contract (seed ${SEED})` : 'server'}, ${JOBS} at a time.`,
);
await Promise.all(
  Array.from({ length: Number(JOBS) }, (_, job) =>
    work(createWorkbench(join(tmpdir(), `mutate-${process.pid}-${job}`), { behaviourOnly: BEHAVIOUR !== '' })),
  ),
);
report();

async function work(bench: Workbench): Promise<void> {
  try {
    // What fails anyway would pass for a change that was noticed.
    const verdict = await bench.judge({ generate: ofContract, near: [] });
    if (verdict) throw new Error(`The unchanged project does not pass: ${verdict.because}`);
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { kind, title, near } = next;
      const started = Date.now();
      const takeBack = next.make(bench.folder);
      const verdict = await bench.judge({ generate: ofContract, near });
      takeBack();
      verdicts.push({ kind, title, verdict });
      const seconds = Math.round((Date.now() - started) / 1000);
      console.log(
        `${verdicts.length}/${candidates.length}  ${verdict?.by ?? 'NOT NOTICED'}, ${seconds} s  [${kind}] ${title}\n      ${verdict?.because ?? ''}`,
      );
    }
  } finally {
    bench.remove();
  }
}

/** A line for each kind of change, with who noticed it, then the survivors and the score. */
function report(): void {
  console.log(
    '\n| kind | changes | by the generator | by the compiler | by tests | not noticed |\n|---|---|---|---|---|---|',
  );
  for (const kind of [...new Set(candidates.map((one) => one.kind))]) {
    const own = verdicts.filter((one) => one.kind === kind);
    const by = (who: Verdict['by'] | undefined) => own.filter(({ verdict }) => verdict?.by === who).length;
    console.log(
      `| ${kind} | ${own.length} | ${by('generator')} | ${by('types')} | ${by('tests')} | ${by(undefined)} |`,
    );
  }
  const survivors = verdicts.filter(({ verdict }) => verdict === undefined);
  for (const { kind, title } of survivors) console.log(`Not noticed: [${kind}] ${title}`);
  console.log(`\n${verdicts.length - survivors.length} of ${verdicts.length} changes were noticed.`);
  if (survivors.length > 0) process.exitCode = 1;
}
