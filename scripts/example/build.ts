import { existsSync, mkdirSync, renameSync, rmSync, utimesSync } from 'node:fs';

import { build } from 'vite';

import { exampleFolder } from './serve.ts';

/** Builds the example frontend in a temporary folder, and then replaces the previous build, which is served until then. */
async function main(): Promise<void> {
  const start = new Date();
  const next = `${exampleFolder}.next`;
  const root = 'client/examples/club';
  await build({
    root,
    configFile: `${root}/vite.config.ts`,
    logLevel: 'warn',
    build: { outDir: `${process.cwd()}/${next}`, emptyOutDir: true },
  });
  mkdirSync('build', { recursive: true });
  if (existsSync(exampleFolder)) rmSync(exampleFolder, { recursive: true });
  renameSync(next, exampleFolder);
  // Sources that changed during the build are newer than this time, so they cause the next build.
  utimesSync(exampleFolder, start, start);
}

main().catch((error: Error) => {
  process.stderr.write(`Failed to build the example.\n${error.message}\n`);
  process.exitCode = 1;
});
