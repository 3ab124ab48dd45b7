/** The whole system for a short time: database in memory, identity and API, each on a free port, with the pages of `make dev` as far as they are built. */
import { createApplication } from '../../src/application.ts';
import { loadConfig } from '../../src/config.ts';
import type { Logger } from '../../src/lib/log.ts';
import { startServer } from '../../src/http/node/start.ts';
import { createClient } from '../../src/storage/client.ts';
import { createTables } from '../../src/storage/create-tables.ts';
import { startLocalDatabase } from './database/database.ts';
import { createDevPages } from './dev-pages.ts';
import { startIdentity } from './identity/issuer.ts';
import { fetchToken } from './identity/tokens.ts';
import { localClientId, type LocalUser, localUsers } from './identity/users.ts';

export interface Stack {
  /** Where the API is, with its base path. */
  readonly url: string;
  readonly issuer: string;
  /** An access token of each local user. */
  readonly tokens: Readonly<Record<LocalUser, string>>;
  stop(): Promise<void>;
}

/**
 * @param settings further settings of the application, by the names of its environment variables
 * @param docsFolder where the documentation is built; by default where `make docs` builds it
 */
export async function startStack(
  log: Logger,
  settings: Readonly<Record<string, string>> = {},
  docsFolder?: string,
): Promise<Stack> {
  const [database, identity] = await Promise.all([startLocalDatabase({ port: 0 }), startIdentity({ port: 0 })]);
  // The local engine wants credentials and takes any.
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' });
  const where = {
    DYNAMODB_ENDPOINT: database.endpoint,
    TOKEN_ISSUER: identity.issuer,
    TOKEN_CLIENT_ID: localClientId,
    PORT: '0',
  };
  const config = loadConfig({ ...where, ...settings });
  const client = createClient(config.database);
  await createTables(client, config.database.tableNames);
  client.destroy();

  const before = createDevPages(config, docsFolder);
  const server = await startServer(createApplication(config, { log }), { ...config.http, log, before });
  const names = Object.keys(localUsers) as LocalUser[];
  const tokens = await Promise.all(names.map(async (name) => [name, await fetchToken(identity.issuer, name)] as const));
  return {
    url: `${server.url}${config.basePath}`,
    issuer: identity.issuer,
    tokens: Object.fromEntries(tokens) as Record<LocalUser, string>,
    async stop() {
      await server.stop();
      await Promise.all([identity.stop(), database.stop()]);
    },
  };
}
