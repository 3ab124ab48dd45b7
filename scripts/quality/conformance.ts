/**
 * Holds the running server against the contract once more, by a checker that others wrote: Schemathesis, with all its checks and phases.
 * Exits 1 on a finding.
 *
 *     SEED=1 EXAMPLES=300 tsx scripts/quality/conformance.ts
 *
 * The seed decides about the generated requests; `EXAMPLES` is the most of them for each operation and phase.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createLogger } from '../../src/lib/log.ts';
import { UserError, schemathesis } from './conformance/python.ts';
import { startStack } from '../stack/stack.ts';

const folder = 'build/conformance';
const usersFile = resolve(folder, 'users.json');
/** What takes longer hangs. With more examples it is more. */
const secondsPerExample = 2;

function whole(name: string, fallback: number): number {
  const value = process.env[name] || String(fallback);
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new UserError(`${name} must be a whole number above 0, not "${value}".`);
  return Number(value);
}

/** Writes the users as the format of Web Fuzzing Commons has them, which Schemathesis reads. */
function writeUsers(tokens: Readonly<Record<string, string>>): void {
  const auth = Object.entries(tokens).map(([name, token]) => ({
    name,
    fixedHeaders: [{ name: 'Authorization', value: `Bearer ${token}` }],
  }));
  writeFileSync(usersFile, JSON.stringify({ auth }), { mode: 0o600 });
}

/**
 * Drafts at both ends of the organizer's list, and of the month that the contract's examples ask for. Whoever may not see drafts gets another
 * list than their organizer, whatever the filters: published events alone are the same for everybody, and look like a leak.
 */
async function createDrafts(url: string, token: string): Promise<void> {
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
  for (const startsAt of [inAnHour, '2030-06-01T00:00:00Z', '2030-06-30T23:59:00Z', '2199-12-30T00:00:00Z']) {
    const body = {
      name: 'Hidden draft',
      startsAt,
      endsAt: '2199-12-31T00:00:00Z',
      timeZone: 'UTC',
      tags: ['music', 'jazz'],
    };
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const { status } = await fetch(`${url}/events`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (status !== 201) throw new Error(`The draft was refused with ${status}.`);
  }
}

async function check(program: string, url: string, seed: number, examples: number): Promise<number> {
  const args = [
    '--config-file',
    'scripts/quality/conformance/schemathesis.toml',
    'run',
    'openapi/openapi.yaml',
    '--url',
    url,
  ];
  const child = spawn(
    program,
    [...args, '--checks', 'all', '--seed', String(seed), '--max-examples', String(examples)],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, CONFORMANCE_USERS: usersFile },
      timeout: (120 + examples * secondsPerExample) * 1_000,
    },
  );
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (signal !== null) console.error(`Schemathesis was ended (${signal}).`);
  return code ?? 1;
}

async function main(): Promise<number> {
  const [seed, examples] = [whole('SEED', 1), whole('EXAMPLES', 300)];
  const program = schemathesis();
  mkdirSync(folder, { recursive: true });
  const log = createWriteStream(`${folder}/api.log`);
  const stack = await startStack(createLogger({ write: (line) => void log.write(line) }));
  try {
    writeUsers(stack.tokens);
    await createDrafts(stack.url, stack.tokens.organizer);
    const code = await check(program, stack.url, seed, examples);
    console.log(
      `The same requests again: make conformance SEED=${seed} EXAMPLES=${examples}. The log of the API: ${folder}/api.log.`,
    );
    return code;
  } finally {
    await stack.stop();
    log.end();
  }
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error instanceof UserError ? error.message : error);
    process.exit(1);
  },
);
