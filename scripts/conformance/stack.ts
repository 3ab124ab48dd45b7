import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { loadConfig } from '../../src/config.ts';
import { createLogger } from '../../src/log.ts';
import { startServer } from '../../src/server.ts';
import { createClient } from '../../src/storage/client.ts';
import { createTables } from '../../src/storage/tables.ts';
import { startDatabase } from '../local/database.ts';
import { startIdentity } from '../local/identity.ts';
import { fetchToken } from '../local/tokens.ts';
import { localClientId, type LocalUser, localUsers } from '../local/users.ts';

/** The whole system, on free ports, with an empty database in memory. */
export interface Stack {
  readonly url: string;
  /** An access token of each local user. */
  readonly tokens: Readonly<Record<LocalUser, string>>;
  stop(): Promise<void>;
}

/** Starts it. @param logFile gets the log lines of the API. */
export async function startStack(logFile: string): Promise<Stack> {
  const [database, identity] = await Promise.all([startDatabase({ port: 0 }), startIdentity({ port: 0 })]);
  // The local engine wants credentials and takes any.
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' });
  const config = loadConfig({ DYNAMODB_ENDPOINT: database.endpoint, TOKEN_ISSUER: identity.issuer, TOKEN_CLIENT_ID: localClientId });
  const client = createClient(config.database);
  await createTables(client, config.database.eventsTableName);
  client.destroy();

  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  const logger = createLogger({ write: (line) => void log.write(line) });
  const server = await startServer({ ...config, http: { ...config.http, port: 0 } }, { log: logger });
  const names = Object.keys(localUsers) as LocalUser[];
  const tokens = await Promise.all(names.map(async (name) => [name, await fetchToken(identity.issuer, name)] as const));
  return {
    url: server.url,
    tokens: Object.fromEntries(tokens) as Record<LocalUser, string>,
    async stop() {
      await server.stop();
      log.end();
      await Promise.all([identity.stop(), database.stop()]);
    },
  };
}
