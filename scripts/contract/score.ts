/**
 * Scores how well programs and language models can use the contract (`redocly score`), and fails below the score that was reached.
 *
 *     tsx scripts/contract/score.ts
 */
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

/** Of 100. It may rise, and then this number does; a part of the contract that lowers it needs better descriptions, examples or a simpler schema. */
const minAgentReadiness = 82;

/** The part of the report that is used. */
export interface Score {
  /** Of 100. */
  readonly agentReadiness: number;
  /** By name, of 1. */
  readonly subscores: Readonly<Record<string, number>>;
}

/** What to print, and whether the score is high enough. */
export function assess({ agentReadiness, subscores }: Score, least = minAgentReadiness): readonly [string, boolean] {
  if (agentReadiness >= least) return [`  agent readiness ${agentReadiness} of 100 (at least ${least})`, true];
  const parts = Object.entries(subscores).map(([name, value]) => `  ${name}: ${Math.round(value * 100)}`);
  return [
    `The contract has an agent readiness of ${agentReadiness}; it must have at least ${least}.\n${parts.join('\n')}`,
    false,
  ];
}

function main(): void {
  const { status, stdout, stderr, error } = spawnSync(
    'node_modules/.bin/redocly',
    ['score', 'openapi/openapi.yaml', '--config', 'openapi/redocly.yaml', '--format', 'json'],
    {
      encoding: 'utf8',
      maxBuffer: 16 * 1024 * 1024,
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    },
  );
  if (error) throw error;
  if (status !== 0) throw new Error(`The contract cannot be scored.\n${stdout}${stderr}`);
  const [text, enough] = assess(JSON.parse(stdout) as Score);
  process.stdout.write(`${text}\n`);
  if (!enough) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main();
