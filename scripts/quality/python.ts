/** Python packages, each set in an environment of its own below `build/tools/`. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const usable = 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))';

/** A problem that the user can fix; the message is one sentence for them. */
export class UserError extends Error {}

/** The name of a Python that is new enough and can create environments; undefined if there is none. */
export function findPython(): string | undefined {
  return ['python3', 'python'].find((name) => spawnSync(name, ['-c', usable]).status === 0);
}

/**
 * The folder with the programs of an environment, `python` among them. Installs the requirements if they have changed.
 *
 * @param name what is installed, for messages
 * @param requirements the file that names the packages with their versions
 * @throws UserError if there is no suitable Python
 * @throws Error if the installation fails, with the message of pip
 */
export function installPythonPackages(name: string, requirements: string): string {
  const python = findPython();
  if (python === undefined) throw new UserError(`${name} needs Python 3.11 or later, with its module venv.`);
  const checksum = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = `build/tools/${name.toLowerCase()}-${checksum}`;
  const bin = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
  const complete = join(folder, 'complete');
  if (!existsSync(complete)) {
    console.log(`Installing ${name} ...`);
    rmSync(folder, { recursive: true, force: true });
    const run = (command: string, args: readonly string[]) => {
      const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
      if (status !== 0) throw new Error(`${name} cannot be installed: ${error?.message ?? (stderr || stdout).trim()}`);
    };
    run(python, ['-m', 'venv', folder]);
    const quiet = ['--quiet', '--disable-pip-version-check'];
    run(join(bin, 'python'), ['-m', 'pip', 'install', ...quiet, '--requirement', requirements]);
    writeFileSync(complete, '');
  }
  return bin;
}
