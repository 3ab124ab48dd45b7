/** What a published package of the client has to contain. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const texts = ['AGENTS.md', 'CHANGELOG.md', 'LICENSE', 'README.md'];

/**
 * Checks the files of the package: its texts are there, the maps of its types lead to sources in it, and what only the build needs is not.
 *
 * @param home the folder of the unpacked package
 * @throws Error if a file is missing, or one too many
 */
export function checkContents(home: string): void {
  const files = readdirSync(home, { recursive: true, encoding: 'utf8' });
  const sources = files
    .filter((file) => file.endsWith('.d.ts.map'))
    .flatMap((map) => {
      const { sources: own } = JSON.parse(readFileSync(join(home, map), 'utf8')) as { sources: readonly string[] };
      return own.map((source) => join(map, '..', source));
    });
  if (sources.length === 0) throw new Error('The package has no maps of its types.');
  const missing = [...texts, ...new Set(sources)].filter((file) => !existsSync(join(home, file)));
  if (missing.length > 0) throw new Error(`These files are missing in the package: ${missing.join(', ')}`);
  const unwanted = files.filter((file) => /(^|\/)(\.[^/]*|.*\.tsbuildinfo)$|(^|\/)test\/|\.test\./.test(file));
  if (unwanted.length > 0) throw new Error(`These files do not belong in the package: ${unwanted.join(', ')}`);
}
