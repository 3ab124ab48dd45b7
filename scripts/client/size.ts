/**
 * The size of the client in a web page: bundled by esbuild including openapi-fetch, everything exported, minified, `gzip -9`.
 *
 *     tsx scripts/client/size.ts
 */
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { operations } from '../../client/src/generated/operations.ts';

/** The maximum number of bytes: for the nine operations of the first version, plus an amount for each additional operation. */
const maxBytes = 5_200 + 20 * (Object.keys(operations).length - 9);

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('../../client/src/index.ts', import.meta.url))],
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  write: false,
});
const bytes = gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
console.log(`The client: ${bytes} of at most ${maxBytes} bytes, minified and gzipped, including openapi-fetch`);
if (bytes > maxBytes) process.exitCode = 1;
