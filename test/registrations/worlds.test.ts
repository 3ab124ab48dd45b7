/**
 * Registrations under double clicks, retries, crashes and jumping clocks: the real operations and repositories, with a scheduler between
 * them and the database. More worlds: make test ARGS=test/registrations WORLDS=2000 WORLDS_SEED=2
 */
import fc from 'fast-check';
import { differencesIn } from '../../scripts/terraform/differences.ts';
import type { Item } from '../../src/storage/database.ts';
import { worlds } from './arbitrary-world.ts';
import { createMemoryEngine, createRealEngine } from './engines.ts';
import { type Outcome, runWorld, type World } from './world.ts';

const count = Number(process.env['WORLDS'] || 5);
const seed = Number(process.env['WORLDS_SEED'] || 1);
/** With the real engine, each check takes some milliseconds: fewer and shorter worlds. */
const countOnEngine = Math.ceil(count / 40);
const shortened = (world: World): World => ({ ...world, actions: world.actions.slice(0, 40) });
const timeoutMs = 60_000 + 1_000 * count;

async function runAll(numRuns: number, run: (world: World) => Promise<Outcome>): Promise<void> {
  let calls = 0;
  const property = fc.asyncProperty(worlds, async (world) => {
    const { steps, stored } = await run(world);
    calls += steps;
    expect(differencesIn(stored.events, stored.registrations)).toEqual([]);
  });
  // A smaller world has other interleavings, and seldom fails in the same way.
  await fc.assert(property, { seed, numRuns, endOnFailure: true });
  process.stderr.write(`Checked ${numRuns} worlds after each of ${calls} calls.\n`);
}

test(
  'seats are never oversold or lost, and people never registered twice, regardless of failures and of the order of calls',
  () => runAll(count, (world) => runWorld(world, createMemoryEngine())),
  timeoutMs,
);

test(
  'the real engine ends with the same items as the database in memory',
  () =>
    runAll(countOnEngine, async (world) => {
      const engine = await createRealEngine();
      const real = await runWorld(shortened(world), engine).finally(() => engine.drop());
      const inMemory = await runWorld(shortened(world), createMemoryEngine());
      expect(comparable(real)).toEqual(comparable(inMemory));
      return real;
    }),
  timeoutMs,
);

/** What is stored in the end, without what is drawn at random. */
function comparable({ stored, steps }: Outcome) {
  const order = ({ scope, number }: Item) => `${String(scope)} ${String(number)}`;
  const registrations = stored.registrations
    .map(({ lastMark: _mark, secret: _secret, codeDigest: _digest, nonce: _nonce, ...item }): Item => item)
    .sort((one, other) => (order(one) < order(other) ? -1 : 1));
  return { events: stored.events, registrations, steps };
}
