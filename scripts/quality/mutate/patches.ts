/**
 * The patches in `patches/`: each makes one mistake in the project, which a test or the compiler must notice. A patch is named
 * `<kind>-<slug>.patch`. Its first line says what it breaks. A line `Tests: ` may name the test files that run first, those that are
 * meant to notice it. The rest is a unified diff of one file, with two lines of context (`git diff -U2`). A refactoring that makes a
 * patch invalid fails `mutate.test.ts`: make the same mistake at the new place.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The folder of the patches, relative to the root of the project. */
const folderOfPatches = 'scripts/quality/mutate/patches';

/** What a patch of the server breaks; each kind is a family of mistakes. */
export const serverKinds = [
  'condition',
  'rule',
  'order',
  'header',
  'status',
  'index',
  'token',
  'path',
  'body',
  'write',
  'keys',
  'startup',
  'defaults',
  'failures',
  'formats',
  'log',
  'list',
  'questions',
  'search',
  'update',
  'walk',
  'roles',
  'actions',
  'dry',
] as const;

/** What a patch of another part of the project breaks. */
export const projectKinds = ['workflow', 'scanner', 'client'] as const;

export interface Patch {
  readonly kind: string;
  /** What it breaks, as a sentence. */
  readonly title: string;
  /** The patch itself, relative to the root of the project. */
  readonly file: string;
  /** The file that it changes, relative to the root of the project. */
  readonly patched: string;
  /** The test files that run first; none if any test may notice it. */
  readonly tests: readonly string[];
}

/** All patches, by kind and name. */
export function readPatches(): Patch[] {
  return readdirSync(folderOfPatches)
    .sort()
    .map((name) => parsePatch(join(folderOfPatches, name)));
}

/** @throws Error if the file is not a patch of one file with a title */
function parsePatch(file: string): Patch {
  const text = readFileSync(file, 'utf8');
  const [, kind] = /([a-z]+)-[a-z0-9-]+\.patch$/.exec(file) ?? [];
  const [, title, tests = ''] = /^(\S.*)\n(?:Tests: (.+)\n)?\n*diff --git /.exec(text) ?? [];
  const [patched, ...others] = [...text.matchAll(/^\+\+\+ b\/(.+)$/gm)].map(([, path]) => path);
  if (kind === undefined || title === undefined || patched === undefined || others.length > 0) {
    throw new Error(`${file} must be named <kind>-<slug>.patch and have a title and the diff of one file.`);
  }
  return { kind, title, file, patched, tests: tests.split(' ').filter((test) => test !== '') };
}

/**
 * Applies a patch in a copy of the project. One line of context must match on each side, so that most changes of nearby lines leave
 * it valid.
 *
 * @throws Error if it does not apply
 */
export function applyPatch(file: string, folder: string, { check = false } = {}): void {
  const options = ['--recount', '-C1', ...(check ? ['--check'] : [])];
  execFileSync('git', ['apply', ...options, resolve(file)], {
    cwd: folder,
    encoding: 'utf8',
    stdio: 'pipe',
    // Below a repository, `git apply` would skip files outside of its index.
    env: { ...process.env, GIT_CEILING_DIRECTORIES: dirname(resolve(folder)) },
  });
}
