/**
 * Lints the contract with Redocly. Says nothing where it is right: its summary, and a box about the version of Node, would only
 * hide what matters.
 *
 *     tsx scripts/contract/lint.ts
 */
import { spawnSync } from 'node:child_process';

const { status, stdout, stderr, error } = spawnSync(
  'node_modules/.bin/redocly',
  ['lint', 'openapi/openapi.yaml', '--config', 'openapi/redocly.yaml', '--lint-config', 'error'],
  { encoding: 'utf8', env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' } },
);
if (error) throw error;
if (status !== 0) {
  process.stdout.write(stdout);
  process.stderr.write(stderr);
}
process.exitCode = status ?? 1;
