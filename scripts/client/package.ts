/** The package as it is published: packed, and unpacked into an otherwise empty project. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const folder = resolve('build/client');

/** The environment for a nested npm, which would otherwise inherit the settings of the surrounding `npm run`. */
export function envOfNpm(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
}

/** Builds and packs a package of this project: the client, if none is named. Returns the path of the tarball. */
export function pack(workspace = 'client'): string {
  mkdirSync(folder, { recursive: true });
  const output = execFileSync(
    'npm',
    ['pack', '--workspace', workspace, '--pack-destination', folder, '--json', '--loglevel=error'],
    { encoding: 'utf8', env: envOfNpm(), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const [packed] = Object.values(JSON.parse(output) as Record<string, { filename: string }>);
  return join(folder, packed?.filename ?? '');
}

/**
 * Runs publint and attw.
 *
 * @param home the folder of the unpacked package
 * @throws Error if one of them finds a problem
 */
export function lintPackage(tarball: string, home: string): void {
  for (const [name, ...args] of [
    ['publint', 'run', '--strict', '--pack', 'false', home],
    ['attw', '--profile', 'node16', '--no-color', tarball],
  ] as const) {
    const { status, stdout, stderr } = spawnSync(join('node_modules/.bin', name), args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${name} ${args.join(' ')}\n${stdout}${stderr}`);
  }
}

/** Unpacks the client into a new folder, as an installation would. */
export function unpack(tarball: string, project: string): void {
  rmSync(project, { recursive: true, force: true });
  addPackage(tarball, project, 'client', ['openapi-fetch', 'openapi-typescript-helpers']);
}

/**
 * Unpacks a tarball of this project into `node_modules` of a folder.
 *
 * @param dependencies become links to what is installed here
 * @returns the folder of the package
 */
export function addPackage(tarball: string, project: string, name: string, dependencies: readonly string[]): string {
  const home = join(project, 'node_modules/@event-management', name);
  mkdirSync(home, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', home, '--strip-components=1']);
  for (const one of dependencies) symlinkSync(resolve('node_modules', one), join(project, 'node_modules', one));
  return home;
}
