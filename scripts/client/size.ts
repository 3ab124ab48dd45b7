/**
 * How large the client is in a page: bundled by esbuild with openapi-fetch inside, everything exported, minified, `gzip -9`.
 *
 *     tsx scripts/client/size.ts
 */
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { operations } from '../../client/src/generated/operations.ts';

/** At most so many bytes for the nine operations of the first version, and for each further one. */
const limit = 5_120 + 20 * (Object.keys(operations).length - 9);

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
console.log(`The client: ${bytes} bytes of at most ${limit}, minified and gzipped, openapi-fetch inside`);
if (bytes > limit) process.exitCode = 1;
