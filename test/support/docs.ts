import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A new build of the documentation, in its own folder. */
export interface BuiltDocs {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Builds the documentation as `make docs` does. */
export async function buildDocs(): Promise<BuiltDocs> {
  const parent = await mkdtemp(join(tmpdir(), 'docs-'));
  const folder = join(parent, 'site');
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/docs/build.ts', folder]);
  return { folder, remove: () => rm(parent, { recursive: true }) };
}
