/** The tables on cold starts. */
import { steps } from '../function/steps/index.ts';
import { start, type Start, startAll } from './cold.ts';
import { medianOf, ratiosOf, type Spread, spreadOf, table, times } from './numbers.ts';
import { bareWithSteps, buildOwn, buildPeer, own, type Peer, peers, type Program, stepsOfSdk } from './programs.ts';
import { startPython } from './python.ts';
import type { Fixture } from './fixture.ts';

export interface Settings {
  readonly fixture: Fixture;
  readonly rounds: number;
  /** Whether there is a program in Python. */
  readonly python: boolean;
}

const bare = peers.bare;
const onRound = (rounds: number) => (round: number) => console.error(`  round ${round + 1} of ${rounds}`);
const milliseconds = (value: number) => value.toFixed(1);
const wall = (series: readonly Start[]) => series.map(({ responded }) => responded);
const cpu = (series: readonly Start[]) => series.map((one) => one.cpu);

/** One line for each program: times, ratios to the baseline, size. */
function rowsOf(
  series: Readonly<Record<string, readonly Start[]>>,
  baseline: string,
  sizes: Readonly<Record<string, number | undefined>>,
): (string | number)[][] {
  const base = series[baseline] ?? [];
  return Object.entries(series).map(([name, starts]) => [
    name,
    milliseconds(medianOf(starts.map(({ imported }) => imported))),
    milliseconds(medianOf(wall(starts))),
    times(ratiosOf(wall(starts), wall(base))),
    milliseconds(medianOf(cpu(starts))),
    times(ratiosOf(cpu(starts), cpu(base))),
    sizes[name] === undefined ? '–' : Math.round((sizes[name] ?? 0) / 1000),
  ]);
}

const head = ['', 'loaded (ms)', 'first response (ms)', '× bare', 'CPU (ms)', 'CPU × bare', 'kB'];

async function measure(
  programs: Readonly<Record<string, Program>>,
  { fixture, rounds, python }: Settings,
  tokens: boolean,
): Promise<string> {
  const starts: Record<string, () => Promise<Start>> = {};
  for (const [name, program] of Object.entries(programs)) starts[name] = () => start(program, fixture);
  if (python && !tokens) starts['FastAPI + Mangum + boto3'] = () => startPython(fixture);
  const series = await startAll(starts, rounds, onRound(rounds));
  return table(
    head,
    rowsOf(series, bare, Object.fromEntries(Object.entries(programs).map(([name, { size }]) => [name, size]))),
  );
}

async function buildAll(sameWork: boolean): Promise<Record<string, Program>> {
  const programs: Record<string, Program> = {};
  for (const peer of Object.keys(peers) as Peer[]) programs[peers[peer]] = await buildPeer(peer, { sameWork });
  programs[own] = await buildOwn({ tokens: sameWork });
  programs[bareWithSteps] = await buildPeer('bare', { sameWork, plugins: stepsOfSdk(), name: bareWithSteps });
  return programs;
}

/** Peers do nothing around their operations; ours does all of it except checking tokens. */
export async function coldTables(settings: Settings): Promise<string> {
  return `### Cold start, the operations alone\n\n${await measure(await buildAll(false), settings, false)}`;
}

/** All programs do the same work; and ours with an issuer that is slow. */
export async function workTables(settings: Settings): Promise<string> {
  const { fixture, rounds } = settings;
  const all = await measure(await buildAll(true), settings, true);
  const program = await buildOwn({ tokens: true });
  const after = (delay: number) => async () => {
    fixture.delayKeys(delay);
    const started = await start(program, fixture);
    fixture.delayKeys(0);
    return started;
  };
  const series = await startAll({ now: after(0), late: after(50) }, rounds, onRound(rounds));
  const more: Spread = spreadOf(
    series.late.map(({ responded }, round) => responded - (series.now[round]?.responded ?? 0)),
  );
  const both = (starts: readonly Start[]) =>
    `${milliseconds(medianOf(wall(starts)))} ms (the quickest ${milliseconds(Math.min(...wall(starts)))} ms)`;
  const difference = `${milliseconds(more.median)} ms (${milliseconds(more.low)} to ${milliseconds(more.high)})`;
  const sentence = `With an issuer that needs 50 ms for its keys, this project takes ${both(series.late)} until its first response instead of ${both(series.now)}. The difference within a round is ${difference}.`;
  return `### Cold start, the same work\n\n${all}\n\n${sentence}`;
}

/** What each step of the build gains: our function with all of them, and with all but this one. */
export async function stepsTable({ fixture, rounds }: Settings): Promise<string> {
  const programs: Record<string, Program> = { 'all steps': await buildOwn({ tokens: false }) };
  const credentials = 'credentials from the environment';
  for (const { name } of steps()) {
    // That one replaces a file of the ES modules.
    const without = name === 'packages as ES modules' ? [name, credentials] : [name];
    programs[without.join(' and ')] = await buildOwn({ tokens: false, without, name: `without ${name}` });
  }
  const starts = Object.fromEntries(
    Object.entries(programs).map(([name, program]) => [name, () => start(program, fixture)]),
  );
  const series = await startAll(starts, rounds, onRound(rounds));
  const base = series['all steps'] ?? [];
  const rows = Object.entries(series).map(([name, one]) => [
    name === 'all steps' ? name : `all except “${name}”`,
    milliseconds(medianOf(wall(one))),
    times(ratiosOf(wall(one), wall(base))),
    milliseconds(medianOf(cpu(one))),
    times(ratiosOf(cpu(one), cpu(base))),
    Math.round((programs[name]?.size ?? 0) / 1000),
  ]);
  return `### What each step of the build gains\n\n${table(['', 'first response (ms)', '× all steps', 'CPU (ms)', 'CPU × all steps', 'kB'], rows)}`;
}
