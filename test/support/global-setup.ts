import storeContract from '../conformance/contract-source.ts';
import { clearRecorded } from '../conformance/recorded.ts';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

import { startAmazonDatabase } from '../../scripts/stack/database/dynamodb-local.ts';
import { startLocalDatabase } from '../../scripts/stack/database/database.ts';
import type { LocalDatabase } from '../../scripts/stack/database/process.ts';
import { bundles } from './bundles.ts';

declare global {
  var testDatabase: LocalDatabase | undefined;
}

/**
 * Starts one in-memory database for the whole run (DynamoDB Local with `DYNAMODB=local`), and passes its address to the tests in
 * `DYNAMODB_ENDPOINT`. If that variable is already set, the tests use its value.
 */
export default async function globalSetup(): Promise<void> {
  clearRecorded();
  process.env['CASES_SEED'] ??= String(Date.now() % 2 ** 31);
  // What all test files share is created once, and passed by file or environment.
  storeContract();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  process.env['TEST_BUNDLES'] = await bundleAll();
  process.env['TEST_SCRATCH'] = mkdtempSync(join(tmpdir(), 'tests-'));
  process.env['TEST_SIGNING_KEY'] = JSON.stringify(privateKey.export({ format: 'jwk' }));
  // Jest's workers inherit this environment. Otherwise the SDK would print a warning about Node.js 20 into every log.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  if (process.env['DYNAMODB_ENDPOINT'] !== undefined) return;

  const database = await startChosen(process.env['DYNAMODB']).catch((error: Error) => {
    // Only the message; Jest would add a stack trace.
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  process.env['DYNAMODB_ENDPOINT'] = database.endpoint;
  globalThis.testDatabase = database;
  // Jest skips the teardown if a run is interrupted or its setup fails later.
  process.once('exit', () => database.kill());
}

async function startChosen(engine: string | undefined) {
  if (!engine) return startLocalDatabase({ port: 0 });
  if (engine !== 'local') throw new Error(`DYNAMODB must be "local" (for DynamoDB Local) or absent, not "${engine}".`);
  const database = await startAmazonDatabase({ port: 0 });
  process.stderr.write(`The tests run on DynamoDB Local (${database.endpoint}).\n`);
  return database;
}

/** Bundles the programs without their packages, into a folder that is as deep as the sources of entries. */
async function bundleAll(): Promise<string> {
  mkdirSync('build', { recursive: true });
  const outdir = mkdtempSync(join(process.cwd(), 'build/bundles-'));
  await build({
    entryPoints: [...bundles],
    outdir,
    entryNames: '[name]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return outdir;
}
