/**
 * Builds the Lambda function as one file, build/function/index.mjs, and calls it once. Its source map stands beside the folder, in
 * build/index.mjs.map: whoever reads a stack wants it, the function does not.
 *
 *     tsx scripts/bundle.ts
 */
import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { build } from 'esbuild';
import type { LambdaHandler } from '../src/lambda-handler.ts';

const folder = 'build/function';
const file = join(folder, 'index.mjs');

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
await build({
  entryPoints: ['src/lambda.ts'],
  outfile: file,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  minify: true,
  keepNames: true,
  // `external`: a map without a comment in the bundle that points at it.
  sourcemap: 'external',
  // CommonJS packages inside still call `require`, which an ES module does not have.
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
  logLevel: 'warning',
});
renameSync(`${file}.map`, 'build/index.mjs.map');

/** Where nothing listens: starting and answering for its health must need neither issuer nor database. */
const nowhere = 'http://127.0.0.1:9';
Object.assign(process.env, {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  DYNAMODB_ENDPOINT: nowhere,
  TOKEN_ISSUER: nowhere,
  TOKEN_CLIENT_ID: 'bundle',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
});
const { handler } = (await import(pathToFileURL(file).href)) as { handler: LambdaHandler };
const event = {
  version: '2.0',
  routeKey: 'GET /health',
  rawPath: '/health',
  rawQueryString: '',
  headers: { host: 'localhost' },
  requestContext: { http: { method: 'GET', path: '/health', sourceIp: '127.0.0.1' }, requestId: 'bundle', stage: '$default' },
  isBase64Encoded: false,
} as unknown as APIGatewayProxyEventV2;

const { statusCode, body } = await withoutLog(() => handler(event, {} as Context));
if (statusCode !== 200) throw new Error(`The bundle answers GET /health with ${statusCode}: ${body}`);
console.log(`${file}: ${Math.round(statSync(file).size / 1000)} kB, answers GET /health with 200`);
// Whatever the function keeps open would keep this process alive.
process.exit();

/** The function logs its requests to standard output; here they would only be noise. */
async function withoutLog<T>(work: () => Promise<T>): Promise<T> {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = () => true;
  try {
    return await work();
  } finally {
    process.stdout.write = write;
  }
}
