/** Programs that tests start as processes of their own. The global setup bundles them: as sources, they would be compiled at each start. */
import { basename, join } from 'node:path';

export const bundles = [
  'src/entries/server.ts',
  'src/entries/lambda-api.ts',
  'src/entries/preload-api.ts',
  'test/stack/scanner-device.ts',
] as const;

/** The file to run with Node.js for the source of a program. */
export function bundleOf(source: (typeof bundles)[number]): string {
  return join(process.env['TEST_BUNDLES']!, `${basename(source, '.ts')}.mjs`);
}
