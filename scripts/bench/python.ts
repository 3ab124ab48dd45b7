/** The program in Python, where there is one: FastAPI, Mangum and boto3, installed below build/. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Start } from './cold.ts';
import { run } from './process.ts';
import { folder } from './programs.ts';
import { eventOf, type Fixture } from './fixture.ts';

const packages = ['fastapi==0.165.0', 'mangum==0.22.0', 'boto3==1.44.8'];
const environment = join(folder, 'python');
const python = join(environment, 'bin/python');
const script = join(import.meta.dirname, 'python.py');

/** Installs the packages once. Returns the reason if that is not possible. */
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

const request = (fixture: Fixture) => JSON.stringify(eventOf({ method: 'GET', path: `/events/${fixture.eventId}` }));

type PythonResult = Start & { statusCode: number; body: string; warm?: number };

async function ask(fixture: Fixture, ...args: string[]): Promise<PythonResult> {
  const result = await run<PythonResult>(python, [script, request(fixture), ...args], {
    ...fixture.env,
    PATH: process.env['PATH'] ?? '',
  });
  if (result.statusCode !== 200) throw new Error(`FastAPI responds with ${result.statusCode}: ${result.body}`);
  return result;
}

export const startPython = (fixture: Fixture): Promise<Start> => ask(fixture);

/** Microseconds of processor time that a warm request costs. */
export const warmPython = async (fixture: Fixture): Promise<number> => (await ask(fixture, '1000')).warm ?? Number.NaN;
