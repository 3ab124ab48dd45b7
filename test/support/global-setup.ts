import { storeContract } from '../conformance/contract-file.ts';
import { forgetSeen } from '../conformance/seen.ts';
import { generateKeyPairSync } from 'node:crypto';

import { startAmazonDatabase } from '../../scripts/local/amazon-database.ts';
import { startDatabase } from '../../scripts/local/database.ts';

declare global {
  var testDatabase: Awaited<ReturnType<typeof startDatabase>> | undefined;
}

/**
 * Starts one database in memory for the whole run (Amazon's own where `DYNAMODB=local` asks for it), and tells the tests where it is
 * through `DYNAMODB_ENDPOINT`. Where that variable is set already, the tests use what it names.
 */
export default async function globalSetup(): Promise<void> {
  forgetSeen();
  // What is the same for every test file is made once, and handed on by file or environment.
  storeContract();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  process.env['TEST_SIGNING_KEY'] = JSON.stringify(privateKey.export({ format: 'jwk' }));
  // Jest's workers inherit this environment. The SDK would otherwise print a notice about Node 20 into every log.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  if (process.env['DYNAMODB_ENDPOINT'] !== undefined) return;

  const database = await chosenEngine(process.env['DYNAMODB'])({ port: 0 });
  process.env['DYNAMODB_ENDPOINT'] = database.endpoint;
  globalThis.testDatabase = database;
  // Jest skips the teardown when a run is cut off or its setup fails later on.
  process.once('exit', () => database.kill());
}

function chosenEngine(name: string | undefined) {
  if (!name) return startDatabase;
  if (name === 'local') return startAmazonDatabase;
  throw new Error(`DYNAMODB is "local" for Amazon's DynamoDB Local, or absent; not "${name}".`);
}
