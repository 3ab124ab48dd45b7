/** Cold starts: the time from before a program is loaded until it has responded to its first request, which reads one event. */
import { join } from 'node:path';
import { functionNode } from '../function/node.ts';
import type { Program } from './programs.ts';
import { run } from './process.ts';
import { interleave } from './interleave.ts';
import { eventOf, type Fixture } from './fixture.ts';

/** One start, in milliseconds. */
export interface Start {
  /** Until the program is loaded: Lambda's INIT. */
  readonly imported: number;
  /** Until the first response. */
  readonly responded: number;
  /** Processor time until then, of all threads. */
  readonly cpu: number;
}

const script = join(import.meta.dirname, 'cold.mjs');

export async function start(program: Program, fixture: Fixture): Promise<Start> {
  const event = eventOf({
    method: 'GET',
    path: `/events/${fixture.eventId}`,
    authorization: `Bearer ${fixture.token}`,
  });
  const { statusCode, body, ...measured } = await run<Start & { statusCode: number; body?: string }>(
    functionNode().path,
    [script, program.file, JSON.stringify(event)],
    fixture.env,
    3,
  );
  if (statusCode !== 200) throw new Error(`${program.name} responds with ${statusCode}: ${body}`);
  return measured;
}

/** Starts each program once a round. */
export async function startAll<Name extends string>(
  starts: Readonly<Record<Name, () => Promise<Start>>>,
  rounds: number,
  onRound: (round: number) => void,
): Promise<Record<Name, Start[]>> {
  const names = Object.keys(starts) as Name[];
  // Once for the disk's cache.
  for (const name of names) await starts[name]();
  return interleave(names, rounds, (name) => starts[name](), onRound);
}
