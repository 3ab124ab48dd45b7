/**
 * Changes the contract and the server in many small ways, one at a time, and shows that the compiler or a test notices each.
 *
 *     tsx scripts/mutate/mutate.ts contract   MUTATIONS=200 SEED=1 JOBS=2
 *     tsx scripts/mutate/mutate.ts server
 *
 * Exits 1 where a change was not noticed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { readContract } from '../generate-source.ts';
import { type Mutation, mutationsOf } from './contract-mutations.ts';
import { kinds } from './contract-rules.ts';
import { createWorkbench, type Verdict, type Workbench } from './workbench.ts';

/** A change that is judged: made in a workbench and taken back. */
interface Candidate {
  readonly kind: string;
  readonly title: string;
  make(bench: Workbench): void;
  undo(bench: Workbench): void;
}

const contractFile = 'openapi/openapi.yaml';
const count = Number(process.env['MUTATIONS'] ?? 200);
const seed = Number(process.env['SEED'] ?? 1);
const jobs = Number(process.env['JOBS'] ?? 1);

const candidates = process.argv[2] === 'contract' ? contractCandidates() : [];
const results = new Map<Candidate, Verdict | undefined>();
const queue = [...candidates];
await Promise.all(Array.from({ length: jobs }, (_, job) => work(createWorkbench(join(tmpdir(), `mutate-${process.pid}-${job}`)))));
report();

async function work(bench: Workbench): Promise<void> {
  try {
    for (let next = queue.shift(); next; next = queue.shift()) {
      next.make(bench);
      const started = Date.now();
      const verdict = await bench.judge();
      next.undo(bench);
      results.set(next, verdict);
      const seconds = `${Math.round((Date.now() - started) / 1000)} s`;
      console.log(`${results.size}/${candidates.length} ${verdict?.by ?? 'SURVIVED'} (${seconds})  ${next.kind}  ${next.title}  ${verdict?.because ?? ''}`);
    }
  } finally {
    bench.remove();
  }
}

/** As many of each kind as there are, kinds in turn, picked by the seed. */
function contractCandidates(): Candidate[] {
  const contract = readContract(contractFile, contractFile);
  const all = mutationsOf(contract);
  const piles = kinds.map((kind) => shuffled(all.filter((one) => one.kind === kind)));
  const chosen: Mutation[] = [];
  for (let turn = 0; chosen.length < Math.min(count, all.length); turn += 1) {
    chosen.push(...piles.flatMap((pile) => pile[turn] ?? []));
  }
  const source = readFileSync(contractFile, 'utf8');
  return chosen.slice(0, count).map(({ kind, title, apply }) => ({
    kind,
    title,
    make(bench) {
      const copy = structuredClone(contract);
      apply(copy);
      // JSON is YAML, in both of its versions.
      writeFileSync(join(bench.folder, contractFile), JSON.stringify(copy, null, 2));
    },
    undo: (bench) => writeFileSync(join(bench.folder, contractFile), source),
  }));
}

function shuffled<T>(items: readonly T[]): T[] {
  return fc.sample(fc.shuffledSubarray([...items], { minLength: items.length }), { seed, numRuns: 1 })[0] ?? [];
}

function report(): void {
  const survivors = [...results].filter(([, verdict]) => verdict === undefined);
  console.log(`\n${results.size - survivors.length} of ${results.size} changes were noticed (seed ${seed}).`);
  for (const [{ kind, title }] of survivors) console.log(`  not noticed: ${kind}  ${title}`);
  if (survivors.length > 0) process.exitCode = 1;
}
