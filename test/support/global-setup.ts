import { storeContract } from '../conformance/contract-file.ts';
import { clearRecorded } from '../conformance/recorded.ts';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startAmazonDatabase } from '../../scripts/stack/database/dynamodb-local.ts';
import { startDatabase } from '../../scripts/stack/database/dynoxide.ts';

declare global {
  var testDatabase: Awaited<ReturnType<typeof startDatabase>> | undefined;
}

/**
 * Starts one database in memory for the whole run (Amazon's own where `DYNAMODB=local` asks for it), and tells the tests where it is
 * through `DYNAMODB_ENDPOINT`. Where that variable is set already, the tests use what it names.
 */
export default async function globalSetup(): Promise<void> {
  clearRecorded();
  // What is the same for every test file is made once, and handed on by file or environment.
  storeContract();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  process.env['TEST_SCRATCH'] = mkdtempSync(join(tmpdir(), 'tests-'));
  process.env['TEST_SIGNING_KEY'] = JSON.stringify(privateKey.export({ format: 'jwk' }));
  // Jest's workers inherit this environment. The SDK would otherwise print a notice about Node 20 into every log.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  if (process.env['DYNAMODB_ENDPOINT'] !== undefined) return;

  const database = await startChosen(process.env['DYNAMODB']).catch((error: Error) => {
    // One sentence for people; Jest would put a stack around it.
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  process.env['DYNAMODB_ENDPOINT'] = database.endpoint;
  globalThis.testDatabase = database;
  // Jest skips the teardown when a run is cut off or its setup fails later on.
  process.once('exit', () => database.kill());
}

async function startChosen(engine: string | undefined) {
  if (!engine) return startDatabase({ port: 0 });
  if (engine !== 'local')
    throw new Error(`DYNAMODB is "local" for Amazon's DynamoDB Local, or absent; not "${engine}".`);
  const database = await startAmazonDatabase({ port: 0 });
  process.stderr.write(`The tests run on Amazon's DynamoDB Local (${database.endpoint}).\n`);
  return database;
}
