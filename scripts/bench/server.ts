/** The servers under load, and our own function over a long time. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { functionNode } from '../function/node.ts';
import type { Program } from './programs.ts';
import { run } from './process.ts';
import { eventOf, newEvent, type Fixture } from './fixture.ts';

/** Requests a second, and the time of a request in milliseconds. */
export interface Load {
  readonly rate: number;
  readonly median: number;
  readonly p99: number;
}

const autocannon = join(import.meta.dirname, 'node_modules/autocannon/autocannon.js');

/** Starts a server, sends it reads over fifty connections for some seconds, and stops it. */
export async function loadOf(program: Program, fixture: Fixture, seconds: number): Promise<Load> {
  const child = spawn(functionNode().path, [program.file], {
    env: { ...fixture.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      const lines = createInterface({ input: child.stdout });
      lines.on('line', (line) => {
        const { message, url } = JSON.parse(line) as { message?: string; url?: string };
        if (message !== 'listening' || !url) return;
        // The log lines that follow are drained without being parsed: that would cost the server a core.
        lines.close();
        child.stdout.resume();
        resolve(url);
      });
      child.once('exit', () => reject(new Error(`${program.name} does not start.`)));
    });
    const target = `${url}/events/${fixture.eventId}`;
    const cannon = (duration: number) =>
      run<CannonResult>(
        process.execPath,
        [autocannon, '-j', '-c', '50', '-d', String(duration), '-H', `authorization=Bearer ${fixture.token}`, target],
        {},
      );
    await cannon(2);
    const { requests, latency, non2xx } = await cannon(seconds);
    if (non2xx > 0) throw new Error(`${program.name} responded to ${non2xx} requests with a problem.`);
    return { rate: requests.average, median: latency.p50, p99: latency.p99 };
  } finally {
    child.kill('SIGKILL');
  }
}

interface CannonResult {
  readonly requests: { readonly average: number };
  readonly latency: { readonly p50: number; readonly p99: number };
  readonly non2xx: number;
}

/** What a long run shows. */
export interface Soak {
  /** Bytes of the heap in use after a collection: at the beginning, and after each tenth of the requests. */
  readonly heap: readonly number[];
  /** Milliseconds for each thousand requests, each with a Content-Type of its own. */
  readonly types: readonly number[];
}

export function soak(program: Program, fixture: Fixture, total: number): Promise<Soak> {
  const authorization = `Bearer ${fixture.token}`;
  const post = (body: string, as: object = { authorization }) =>
    eventOf({ method: 'POST', path: '/events', body, ...as });
  const events = [
    eventOf({ method: 'GET', path: `/events/${fixture.eventId}`, authorization }),
    eventOf({ method: 'GET', path: '/events/not-an-id', authorization }),
    eventOf({ method: 'GET', path: '/nowhere' }),
    post(JSON.stringify(newEvent), {}),
    post(JSON.stringify({ ...newEvent, name: '' })),
  ];
  return run<Soak>(
    functionNode().path,
    ['--expose-gc', join(import.meta.dirname, 'soak.mjs'), program.file, JSON.stringify(events), String(total)],
    fixture.env,
    3,
  );
}
