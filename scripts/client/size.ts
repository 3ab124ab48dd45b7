/**
 * The size of each entry of the client in a web page: bundled by esbuild including openapi-fetch, everything exported, minified, `gzip -9`.
 *
 *     tsx scripts/client/size.ts
 */
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** The entries of the package, each with its maximum number of bytes. */
const entries: readonly { readonly name: string; readonly file: string; readonly maxBytes: number }[] = [
  // With all operations. The READMEs say it.
  { name: 'The client', file: 'index.ts', maxBytes: 5_600 },
  { name: 'Tickets', file: 'tickets.ts', maxBytes: 400 },
  { name: 'Calendars', file: 'calendars.ts', maxBytes: 250 },
];

/** The size of an entry in a page that imports nothing else of the package. */
async function bytesOf(file: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../../client/src/${file}`, import.meta.url))],
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

for (const { name, file, maxBytes } of entries) {
  const bytes = await bytesOf(file);
  console.log(`${name}: ${bytes} of at most ${maxBytes} bytes, minified and gzipped, including dependencies`);
  if (bytes > maxBytes) process.exitCode = 1;
}
