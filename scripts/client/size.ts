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
  './schemas': 12_000,
  './tanstack-query': 1_000,
  // For tests, with the examples of all operations.
  './testing': 8_000,
};

/** The maximum number of bytes of some exports of entries of which a page gets only what it imports. */
const maxBytesOfExports: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  './schemas': {
    eventStatuses: 100,
    limits: 1_000,
    createEventInput: 5_000,
    updateEventInput: 5_000,
    duplicateEventInput: 3_300,
    registerForEventInput: 3_000,
    cancelEventInput: 2_300,
    createCheckInsInput: 2_500,
    createCalendarFeedInput: 2_600,
    listEventsInput: 3_300,
    listRegistrationsInput: 2_100,
    withTimeZones: 3_600,
  },
};

/** The entries that are of no use without the client. */
const additions: readonly string[] = ['./tanstack-query'];

/** The size of a page that uses everything of some sources and nothing else of the package. */
const bytesOf = (...sources: readonly string[]) =>
  bytesOfPage(sources.map((one) => `export * from ${JSON.stringify(one)};`).join('\n'));

async function bytesOfPage(contents: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: '.' },
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

function report(name: string, bytes: number, max: number, including = 'including dependencies'): void {
  console.log(`${name}: ${bytes} of at most ${max} bytes, minified and gzipped, ${including}`);
  if (bytes > max) process.exitCode = 1;
}

const entries = readEntries();
const core = entries.at(-1)?.source ?? '';

for (const { path, specifier, source } of entries) {
  // An entry without a limit has none left.
  const max = maxBytes[path] ?? 0;
  if (additions.includes(path)) {
    report(specifier, (await bytesOf(core, source)) - (await bytesOf(core)), max, 'in addition to the client');
  } else {
    report(specifier, await bytesOf(source), max);
  }
  for (const [name, most] of Object.entries(maxBytesOfExports[path] ?? {}))
    report(`${name} of it`, await bytesOfPage(`export { ${name} } from ${JSON.stringify(source)};`), most);
}
