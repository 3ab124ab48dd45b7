/**
 * Compares the running server with the contract by an independent checker: Schemathesis, with all its checks and phases. The exit
 * code is 1 if it finds something. Before that, three parsers read calendars.
 *
 *     SEED=1 EXAMPLES=300 tsx scripts/quality/conformance.ts
 *
 * The generated requests and calendars follow from the seed; `EXAMPLES` is their maximum number for each operation and phase.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createLogger } from '../../src/lib/log.ts';
import { readCalendars } from './conformance/calendars.ts';
import { tools } from './conformance/python.ts';
import { UserError } from './python.ts';
import { startStack } from '../stack/stack.ts';

const folder = 'build/conformance';
const usersFile = resolve(folder, 'users.json');
/** Allows for slow machines; a run that takes longer hangs. */
const secondsPerExample = 2;

function whole(name: string, fallback: number): number {
  const value = process.env[name] || String(fallback);
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new UserError(`${name} must be a whole number above 0, not "${value}".`);
  return Number(value);
}

/** Writes the users in the format of Web Fuzzing Commons, which Schemathesis reads. */
function writeUsers(tokens: Readonly<Record<string, string>>): void {
  const auth = Object.entries(tokens).map(([name, token]) => ({
    name,
    fixedHeaders: [{ name: 'Authorization', value: `Bearer ${token}` }],
  }));
  writeFileSync(usersFile, JSON.stringify({ auth }), { mode: 0o600 });
}

/**
 * Creates drafts at both ends of the organizer's list, and of the month in the examples of the contract. With them, the list of the
 * organizer differs from that of other callers for any filter. A list of published events only is the same for all callers, which
 * Schemathesis would report as a leak.
 */
async function createDrafts(url: string, token: string): Promise<void> {
  const hour = 3_600_000;
  const inAnHour = new Date(Date.now() + hour).toISOString();
  for (const startsAt of [inAnHour, '2030-06-01T00:00:00Z', '2030-06-30T23:59:00Z', '2199-12-30T00:00:00Z']) {
    const body = {
      name: 'Hidden draft',
      startsAt,
      endsAt: new Date(Date.parse(startsAt) + 24 * hour).toISOString(),
      timeZone: 'UTC',
      tags: ['music', 'jazz'],
    };
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const { status } = await fetch(`${url}/events`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (status !== 201) throw new Error(`Creating a draft failed with status ${status}.`);
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
  if (signal !== null) console.error(`Schemathesis was stopped (${signal}).`);
  return code ?? 1;
}

async function main(): Promise<number> {
  const [seed, examples] = [whole('SEED', 1), whole('EXAMPLES', 300)];
  const { python, schemathesis } = tools();
  mkdirSync(folder, { recursive: true });
  const log = createWriteStream(`${folder}/api.log`);
  const stack = await startStack(createLogger({ write: (line) => void log.write(line) }));
  try {
    const read = await readCalendars({ url: stack.url, tokens: stack.tokens, python, folder, seed });
    console.log(
      `ical.js and icalendar read ${read.calendars} calendars with ${read.entries} entries as they were written, node-ical ${read.calendarsOfNodeIcal} of them.`,
    );
    writeUsers(stack.tokens);
    await createDrafts(stack.url, stack.tokens.organizer);
    const code = await check(schemathesis, stack.url, seed, examples);
    console.log(
      `To repeat these requests: make conformance SEED=${seed} EXAMPLES=${examples}. Log of the API: ${folder}/api.log.`,
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
