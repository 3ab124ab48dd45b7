/**
 * The size of each entry of the client in a web page: bundled by esbuild including openapi-fetch, everything exported, minified, `gzip -9`.
 *
 *     tsx scripts/client/size.ts
 */
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { readEntries } from './entries.ts';

/** The maximum number of bytes of each entry of the package. */
const maxBytes: Readonly<Record<string, number>> = {
  // With all operations. The READMEs say it.
  '.': 5_600,
  './tickets': 400,
  './calendars': 250,
  './schemas': 2_500,
};

/** The size of an entry in a page that imports nothing else of the package. */
async function bytesOf(source: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
}

for (const { path, specifier, source } of readEntries()) {
  const bytes = await bytesOf(source);
  // An entry without a limit has none left.
  const max = maxBytes[path] ?? 0;
  console.log(`${specifier}: ${bytes} of at most ${max} bytes, minified and gzipped, including dependencies`);
  if (bytes > max) process.exitCode = 1;
}
