/**
 * Measures our function and server beside those that people would write instead, in one run, and puts the tables into
 * docs/benchmarks.md.
 *
 *     tsx scripts/bench/bench.ts [--rounds 15] [--only cold,work,steps,warm,alone,server,soak]
 */
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { functionNode } from '../function/node.ts';
import { replaceInDocument } from './document.ts';
import { installPython } from './python.ts';
import { coldTables, stepsTable, workTables } from './tables-cold.ts';
import { serverTable, soakText, warmTables } from './tables-warm.ts';
import { startFixture } from './fixture.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' }, only: { type: 'string' } } });
const rounds = Number(values.rounds);

const python = installPython();
if (python !== undefined) console.error(python);
const fixture = await startFixture();
const settings = { fixture, rounds, python: python === undefined };

const parts: Readonly<Record<string, () => Promise<string>>> = {
  cold: () => coldTables(settings),
  work: () => workTables(settings),
  steps: () => stepsTable(settings),
  warm: () => warmTables(settings, true),
  alone: () => warmTables(settings, false),
  server: () => serverTable(settings),
  soak: () => soakText(settings),
};
const chosen = values.only?.split(',') ?? Object.keys(parts);

const { version, isLambdas } = functionNode();
const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
const texts = [
  `Measured on ${new Date().toISOString().slice(0, 10)} under Node ${version}${isLambdas ? '' : ' (Lambda has 24)'} on ${machine}; ${rounds} rounds.`,
];
for (const name of chosen) {
  console.error(`Measuring: ${name} ...`);
  const text = await (parts[name] as () => Promise<string>)();
  texts.push(text);
  console.log(`\n${text}`);
}
if (values.only === undefined) {
  replaceInDocument('measured', texts.join('\n\n'));
  console.log('\nUpdated docs/benchmarks.md.');
}
await fixture.stop();
process.exit(0);
