import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

// The variant without windows first: the tests take half the time in it.
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

/** The flags for tests: no background activity, and no access to other machines. */
export const chromiumFlags: readonly string[] = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Requests of the browser itself fail as well.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  // Chromium refuses to run as root with its sandbox.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/**
 * The path of Chromium or Chrome: the value of `CHROMIUM`, or the first that is found; undefined if there is none.
 *
 * @throws Error if `CHROMIUM` names a file that does not exist
 */
export function findChromium(env: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  const named = env['CHROMIUM'] || undefined;
  if (named !== undefined && !existsSync(named)) throw new Error(`CHROMIUM names a file that does not exist: ${named}`);
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [
    ...folders.flatMap((folder) => commands.map((command) => join(folder, command))),
    ...macApplications,
  ];
  return named ?? candidates.find((file) => existsSync(file));
}
