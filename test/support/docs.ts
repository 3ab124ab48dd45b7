import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { listen, type Listening } from '../../scripts/stack/listen.ts';

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

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
};

/** Serves a build below the path `/published/`, because it is published below one. */
export function serveDocs(docs: BuiltDocs): Promise<Listening> {
  return listen(({ url: path = '' }, response) => {
    const file = join(docs.folder, path.replace(/^\/published\/|\?.*$/g, '') || 'index.html');
    if (!path.startsWith('/published/') || !existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': mediaTypes[extname(file)] ?? 'text/plain' }).end(readFileSync(file));
  });
}
