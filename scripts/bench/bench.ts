/**
 * Measures our function and server beside those that people would write instead, in one run, and puts the tables into
 * docs/benchmarks.md.
 *
 *     tsx scripts/bench/bench.ts [--rounds 15] [--only cold,tokens,steps,warm,server,soak]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { functionNode } from '../build/node.ts';
import { installPython } from './python.ts';
import { coldTables, stepsTable, tokenTables } from './tables-cold.ts';
import { serverTable, soakText, warmTables } from './tables-warm.ts';
import { startWorld } from './world.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' }, only: { type: 'string' } } });
const rounds = Number(values.rounds);
const document = resolve(import.meta.dirname, '../../docs/benchmarks.md');
const [begin, end] = ['<!-- measured: begin -->', '<!-- measured: end -->'];

const python = installPython();
if (python !== undefined) console.error(python);
const world = await startWorld();
const settings = { world, rounds, python: python === undefined };

const parts: Readonly<Record<string, () => Promise<string>>> = {
  cold: () => coldTables(settings),
  tokens: () => tokenTables(settings),
  steps: () => stepsTable(settings),
  warm: () => warmTables(settings),
  server: () => serverTable(settings),
  soak: () => soakText(settings),
};
const chosen = values.only?.split(',') ?? Object.keys(parts);

const { version, isLambdas } = functionNode();
const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
const texts = [`Measured on ${new Date().toISOString().slice(0, 10)} under Node ${version}${isLambdas ? '' : ' (Lambda has 24)'} on ${machine}; ${rounds} rounds.`];
for (const name of chosen) {
  console.error(`Measuring: ${name} ...`);
  const text = await (parts[name] as () => Promise<string>)();
  texts.push(text);
  console.log(`\n${text}`);
}
if (values.only === undefined) {
  const old = readFileSync(document, 'utf8');
  const [before] = old.split(begin);
  const [, after = ''] = old.split(end);
  writeFileSync(document, `${before}${begin}\n${texts.join('\n\n')}\n${end}${after}`);
  console.log(`\nThe tables stand in ${join('docs', 'benchmarks.md')} now.`);
}
await world.stop();
process.exit(0);
