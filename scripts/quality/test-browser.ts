import { spawnSync } from 'node:child_process';

import { changedAt, lastChange } from '../stack/background.ts';
import { findChromium } from './chromium.ts';
import { exampleFolder, exampleSources } from '../example/serve.ts';

/** Runs a command in this terminal; ends this process if it fails. */
function run(args: readonly string[], env: Record<string, string> = {}): void {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  if (status !== 0) process.exit(status ?? 1);
}

/** Builds the example and runs the tests that need a browser. Skips them with a notice if there is none. */
function main(): void {
  const chromium = findChromium();
  if (chromium === undefined) {
    console.log(
      'SKIPPED: the tests of documentation and example need Chromium or Chrome. Install it, or set CHROMIUM to its path.',
    );
    return;
  }
  if (changedAt(exampleFolder) < lastChange(exampleSources)) run(['--import', 'tsx', 'scripts/example/build.ts']);
  run(['node_modules/jest/bin/jest.js', '--config', 'jest.browser.config.js', ...process.argv.slice(2)], {
    CHROMIUM: chromium,
  });
}

main();
