/** Warm requests: the processor time that one costs, database client included, after a program has handled thousands. */
import { fork, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { functionNode } from '../function/node.ts';
import type { Program } from './programs.ts';
import { interleave } from './interleave.ts';
import type { Fixture } from './fixture.ts';

/** A request as it is repeated. */
export interface Repeated {
  readonly event: object;
  readonly status: number;
}

/** Microseconds a request. */
export interface Cost {
  readonly cpu: number;
  readonly wall: number;
}

export interface WarmProgram {
  /** Handles so many requests, one after another. */
  repeat(request: Repeated, count: number): Promise<Cost>;
  stop(): void;
}

export async function startWarm(program: Program, fixture: Fixture): Promise<WarmProgram> {
  // Their logs go to /dev/null, as all output that nothing reads.
  const stdio: StdioOptions = ['ignore', 'ignore', 'pipe', 'ipc'];
  const options = { execPath: functionNode().path, execArgv: [], env: { ...fixture.env }, stdio };
  const child = fork(join(import.meta.dirname, 'warm.mjs'), [program.file], options);
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-800)));
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${program.name} has ended: ${complaint}`);
  });
  ended.catch(() => {});
  const next = async () => ((await Promise.race([once(child, 'message'), ended])) as [Cost & { error?: string }])[0];
  await next();
  return {
    async repeat({ event, status }, count) {
      child.send({ event: JSON.stringify(event), status, count });
      const cost = await next();
      if (cost.error !== undefined) throw new Error(`${program.name} responds with ${cost.error}`);
      return cost;
    },
    stop: () => void child.kill('SIGKILL'),
  };
}

/** The programs take turns, in short rounds. The first quarter of the requests only warms them up. */
export async function repeatAll<Name extends string>(
  programs: Readonly<Record<Name, WarmProgram>>,
  request: Repeated,
  { rounds, count }: { rounds: number; count: number },
  onRound: (round: number) => void,
): Promise<Record<Name, Cost[]>> {
  const names = Object.keys(programs) as Name[];
  for (const name of names) await programs[name].repeat(request, Math.max(2_000, (rounds * count) / 4));
  return interleave(names, rounds, (name) => programs[name].repeat(request, count), onRound);
}
