/** The whole system for a short time, on free ports: database, identity and API. */
import { startServer } from '../../src/server.ts';
import { createClient } from '../../src/storage/client.ts';
import { createTables } from '../../src/storage/tables.ts';
import { startDatabase } from '../local/database.ts';
import { startIdentity } from '../local/identity.ts';
import { loopback } from '../local/ports.ts';
import { fetchToken } from '../local/tokens.ts';
import { localClientId } from '../local/users.ts';

export interface Stack {
  readonly url: string;
  readonly issuer: string;
  /** An access token of the organizer. */
  readonly token: string;
  stop(): Promise<void>;
}

/** @param corsOrigins the origins whose pages may call the API */
export async function startStack(corsOrigins: readonly string[]): Promise<Stack> {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' });
  const [database, identity] = await Promise.all([startDatabase({ port: 0 }), startIdentity({ port: 0 })]);
  const settings = { region: 'us-east-1', endpoint: database.endpoint };
  const client = createClient(settings);
  await createTables(client, 'events-table');
  client.destroy();
  const server = await startServer(
    {
      http: { host: loopback, port: 0 },
      basePath: '/api/v1',
      corsOrigins: [...corsOrigins],
      database: { eventsTableName: 'events-table', ...settings },
      tokens: { issuer: identity.issuer, jwksUri: `${identity.issuer}/.well-known/jwks.json`, clientId: localClientId },
      groups: { organizer: 'Organizers' },
    },
    { log: { info: () => {}, error: (fields) => console.error(fields) } },
  );
  return {
    url: `${server.url}/api/v1`,
    issuer: identity.issuer,
    token: await fetchToken(identity.issuer, 'organizer'),
    async stop() {
      await server.stop();
      await Promise.all([identity.stop(), database.stop()]);
    },
  };
}
