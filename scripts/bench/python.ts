/** The program in Python, where there is one: FastAPI, Mangum and boto3, installed below build/. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Start } from './cold.ts';
import { run } from './process.ts';
import { folder } from './programs.ts';
import { eventOf, type World } from './world.ts';

const packages = ['fastapi==0.165.0', 'mangum==0.22.0', 'boto3==1.44.8'];
const environment = join(folder, 'python');
const python = join(environment, 'bin/python');
const script = join(import.meta.dirname, 'python.py');

/** Installs the packages once; answers why there is no such program, where there is none. */
export function installPython(): string | undefined {
  try {
    if (existsSync(join(environment, 'installed'))) return undefined;
    execFileSync('python3', ['-m', 'venv', environment], { stdio: 'ignore' });
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages], {
      stdio: 'ignore',
    });
    execFileSync('touch', [join(environment, 'installed')]);
    return undefined;
  } catch {
    return 'Python 3 with venv is missing, or its packages cannot be installed: the FastAPI program is left out.';
  }
}

const request = (world: World) => JSON.stringify(eventOf({ method: 'GET', path: `/events/${world.eventId}` }));

type Answer = Start & { statusCode: number; body: string; warm?: number };

async function ask(world: World, ...args: string[]): Promise<Answer> {
  const answer = await run<Answer>(python, [script, request(world), ...args], {
    ...world.env,
    PATH: process.env['PATH'] ?? '',
  });
  if (answer.statusCode !== 200) throw new Error(`FastAPI answers ${answer.statusCode}: ${answer.body}`);
  return answer;
}

export const startPython = (world: World): Promise<Start> => ask(world);

/** Microseconds of processor time that a warm request costs. */
export const warmPython = async (world: World): Promise<number> => (await ask(world, '1000')).warm ?? Number.NaN;
