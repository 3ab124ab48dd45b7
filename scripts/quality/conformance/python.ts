/** Schemathesis, icalendar and requests, in a Python environment of its own below `build/tools/`. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const requirements = 'scripts/quality/conformance/requirements.txt';
const usable = 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))';

/** A problem that the user can fix; the message is one sentence for them. */
export class UserError extends Error {}

/** The name of a Python that is new enough and can create environments; undefined if there is none. */
export function findPython(): string | undefined {
  return ['python3', 'python'].find((name) => spawnSync(name, ['-c', usable]).status === 0);
}

/** The paths of the interpreter and of Schemathesis. */
export interface Tools {
  readonly python: string;
  readonly schemathesis: string;
}

/**
 * The paths of the interpreter and of the program `schemathesis`. Installs them with the pinned requirements if necessary.
 *
 * @throws UserError if there is no suitable Python
 * @throws Error if the installation fails, with the message of pip
 */
export function tools(): Tools {
  const python = findPython();
  if (python === undefined) throw new UserError('Schemathesis needs Python 3.11 or later, with its module venv.');
  const checksum = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = `build/tools/schemathesis-${checksum}`;
  const bin = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
  const complete = join(folder, 'complete');
  if (!existsSync(complete)) {
    console.log('Installing Schemathesis ...');
    rmSync(folder, { recursive: true, force: true });
    run(python, ['-m', 'venv', folder]);
    run(join(bin, 'python'), [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--requirement',
      requirements,
    ]);
    writeFileSync(complete, '');
  }
  return { python: join(bin, 'python'), schemathesis: join(bin, 'schemathesis') };
}

function run(command: string, args: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`Schemathesis cannot be installed: ${error?.message ?? (stderr || stdout).trim()}`);
}
