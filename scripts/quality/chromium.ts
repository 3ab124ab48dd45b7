import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

// First the one without windows: the tests take half the time in it.
const commands = [
  'chromium-headless-shell',
  'chrome-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
];
const macApplications = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** How it is started for tests: quiet, and with no way to another machine. */
export const chromiumFlags: readonly string[] = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Whatever the browser itself might look for: there is no other machine.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  // Chromium refuses to run as root with its sandbox.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/**
 * The Chromium or Chrome of this machine: what `CHROMIUM` names, or the first that is found; undefined where there is none.
 *
 * @throws Error when `CHROMIUM` names a file that is not there
 */
export function findChromium(env: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  const named = env['CHROMIUM'] || undefined;
  if (named !== undefined && !existsSync(named)) throw new Error(`CHROMIUM names no file: ${named}`);
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [
    ...folders.flatMap((folder) => commands.map((command) => join(folder, command))),
    ...macApplications,
  ];
  return named ?? candidates.find((file) => existsSync(file));
}
