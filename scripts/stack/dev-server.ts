import { createApplication } from '../../src/application.ts';
import { loadConfig } from '../../src/config.ts';
import { startServer } from '../../src/http/node/start.ts';
import { createLogger } from '../../src/lib/log.ts';
import { createClient } from '../../src/storage/client.ts';
import { createTables } from '../../src/storage/create-tables.ts';
import { createDevPages } from './dev-pages.ts';

/** The API as `make dev` runs it: creates the tables, then serves the development pages in front of the app. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const { region, endpoint, tableNames } = config.database;
  const client = createClient({ region, endpoint });
  await createTables(client, tableNames);
  client.destroy();

  // If `make dev` was killed, no one reads the log of the requests that still finish.
  process.stdout.on('error', () => {});
  const log = createLogger();
  const before = createDevPages(config);
  const server = await startServer(createApplication(config, { log }), { ...config.http, log, before });

  let stopping = false;
  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    await server.stop();
    process.exit(0);
  }
  process.on('SIGTERM', () => void stop());
  // `make dev` itself is gone, perhaps killed, and can no longer stop this process.
  process.on('disconnect', () => void stop());
  process.send?.('ready');
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
