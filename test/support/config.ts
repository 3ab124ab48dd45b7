import type { Config } from '../../src/config.ts';
import { type TestTables, testSettings } from './tables.ts';

/** The application's configuration for a test: on a free port, with the test's own tables and token issuer. */
export function testConfig({ tableNames }: TestTables, tokens: Config['tokens']): Config {
  const { region, endpoint } = testSettings();
  // The SDK reads credentials from the environment, as on Lambda; local databases accept any.
  process.env['AWS_ACCESS_KEY_ID'] ??= 'test';
  process.env['AWS_SECRET_ACCESS_KEY'] ??= 'test';
  return {
    http: { host: '127.0.0.1', port: 0 },
    basePath: '',
    corsOrigins: [],
    corsHeaders: [],
    database: { tableNames, region, endpoint },
    tokens,
    groups: { organizer: 'Organizers' },
  };
}
