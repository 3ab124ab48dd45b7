/**
 * The size of each entry of the client in a web page: bundled by esbuild including openapi-fetch, everything exported, minified, `gzip -9`.
 * An entry that needs the client is measured as what it adds to it, because both use the table of operations.
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
  './tanstack-query': 1_000,
};

/** The entries that are of no use without the client. */
const additions: readonly string[] = ['./tanstack-query'];

/** The size of a page that uses some sources and nothing else of the package. */
async function bytesOf(...sources: readonly string[]): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: sources.map((one) => `export * from ${JSON.stringify(one)};`).join('\n'), resolveDir: '.' },
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

const entries = readEntries();
const core = entries.at(-1)?.source ?? '';

for (const { path, specifier, source } of entries) {
  const isAddition = additions.includes(path);
  const bytes = isAddition ? (await bytesOf(core, source)) - (await bytesOf(core)) : await bytesOf(source);
  // An entry without a limit has none left.
  const max = maxBytes[path] ?? 0;
  const including = isAddition ? 'in addition to the client' : 'including dependencies';
  console.log(`${specifier}: ${bytes} of at most ${max} bytes, minified and gzipped, ${including}`);
  if (bytes > max) process.exitCode = 1;
}
