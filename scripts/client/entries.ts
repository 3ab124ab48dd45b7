/** The entries of the client package, from its `package.json`. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** What a program can import from the package. */
export interface Entry {
  /** The path in `exports`, such as `./tickets`; `.` is the client itself. */
  readonly path: string;
  /** What a program imports, such as `@event-management/client/tickets`. */
  readonly specifier: string;
  /** The absolute path of the source. */
  readonly source: string;
}

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<'import' | 'require', unknown>>>>;
}

/** The entries that are code, the client itself last: its specifier begins those of the others. */
export function readEntries(): readonly Entry[] {
  const { name, exports } = JSON.parse(readFileSync('client/package.json', 'utf8')) as Manifest;
  return Object.entries(exports)
    .filter(([, targets]) => typeof targets === 'object')
    .map(([path]) => ({
      path,
      specifier: `${name}${path.slice(1)}`,
      source: resolve('client/src', `${path === '.' ? 'index' : path}.ts`),
    }))
    .reverse();
}
