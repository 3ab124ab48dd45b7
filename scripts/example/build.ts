import { existsSync, mkdirSync, renameSync, rmSync, utimesSync } from 'node:fs';

import { build } from 'vite';

import { exampleFolder } from './serve.ts';

/** Builds the example frontend beside its place and puts it there at once: whoever asks meanwhile gets the old one. */
async function main(): Promise<void> {
  const start = new Date();
  const next = `${exampleFolder}.next`;
  const root = 'client/examples/organizer';
  await build({
    root,
    configFile: `${root}/vite.config.ts`,
    logLevel: 'warn',
    build: { outDir: `${process.cwd()}/${next}`, emptyOutDir: true },
  });
  mkdirSync('build', { recursive: true });
  if (existsSync(exampleFolder)) rmSync(exampleFolder, { recursive: true });
  renameSync(next, exampleFolder);
  // What changed since then is not in it.
  utimesSync(exampleFolder, start, start);
}

main().catch((error: Error) => {
  process.stderr.write(`The example cannot be built.\n${error.message}\n`);
  process.exitCode = 1;
});
