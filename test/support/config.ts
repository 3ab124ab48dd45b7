import type { Config } from '../../src/config.ts';
import { type TestTables, testSettings } from './tables.ts';

/** The application's configuration for a test: on a free port, with tables and an issuer of the test's own. */
export function testConfig({ tableNames }: TestTables, tokens: Config['tokens']): Config {
  const { region, endpoint } = testSettings();
  // The SDK finds credentials in the environment, as on Lambda; local engines take any.
  process.env['AWS_ACCESS_KEY_ID'] ??= 'test';
  process.env['AWS_SECRET_ACCESS_KEY'] ??= 'test';
  return {
    http: { host: '127.0.0.1', port: 0 },
    basePath: '',
    corsOrigins: [],
    database: { tableNames, region, endpoint },
    tokens,
    groups: { organizer: 'Organizers' },
  };
}
