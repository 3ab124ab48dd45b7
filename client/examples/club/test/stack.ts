/** The local stack for a test of the page: the real database, issuer and API, on free ports. */
import { examplePages } from '../../../../scripts/example/serve.ts';
import { createDevPages } from '../../../../scripts/stack/dev-pages.ts';
import { startIdentity } from '../../../../scripts/stack/identity/issuer.ts';
import { fetchToken } from '../../../../scripts/stack/identity/tokens.ts';
import { localClientId, type LocalUser } from '../../../../scripts/stack/identity/users.ts';
import { createApplication } from '../../../../src/application.ts';
import { createLogger } from '../../../../src/lib/log.ts';
import { startServer } from '../../../../src/http/node/start.ts';
import { testConfig } from '../../../../test/support/config.ts';
import { concert } from '../../../../test/support/events.ts';
import { createTestTables, type TestTables } from '../../../../test/support/tables.ts';
import { createEventsClient, type EventCreate, type EventsClient } from '../../../src/index.ts';

/** A running token issuer. */
export interface Issuer {
  readonly issuer: string;
  readonly clientId: string;
  stop(): Promise<void>;
}

/** The running stack. */
export interface Stack {
  /** The addresses of the pages. */
  readonly page: string;
  readonly attend: string;
  readonly issuer: string;
  readonly tables: TestTables;
  /** A client that calls the API as this user. */
  as(user: LocalUser): EventsClient;
  stop(): Promise<void>;
}

/**
 * @param given stops with the stack; without it, the local issuer, which has the users for `as`
 * @param folder of the built pages
 */
export async function startStack(given?: Issuer, folder?: string): Promise<Stack> {
  const [identity, tables] = await Promise.all([given ?? startIdentity({ port: 0 }), createTestTables()]);
  const { issuer } = identity;
  const config = testConfig(tables, {
    issuer,
    jwksUri: `${issuer}/.well-known/jwks.json`,
    clientId: given?.clientId ?? localClientId,
  });
  const log = createLogger({ write: () => {} });
  const before = createDevPages(config, undefined, folder);
  const server = await startServer(createApplication(config, { log }), { ...config.http, log, before });
  return {
    page: `${server.url}${examplePages.organizer}`,
    attend: `${server.url}${examplePages.attend}`,
    issuer,
    tables,
    as: (user) => createEventsClient({ baseUrl: server.url, token: () => fetchToken(issuer, user) }),
    async stop() {
      await server.stop();
      await Promise.all([identity.stop(), tables.drop()]);
    },
  };
}

/** The body of a new event, with changes. */
export function eventWith(changes: Partial<EventCreate> = {}): EventCreate {
  const { name, startsAt, endsAt, timeZone } = concert;
  return { name, startsAt, endsAt, timeZone, ...changes };
}

export const { location: venue } = concert;

const unauthenticated = {
  type: 'https://event-management-api.github.io/event-management-api/errors.html#unauthenticated',
  title: 'Unauthenticated',
  status: 401,
  detail: 'The access token is not valid.',
  instance: 'urn:request:1',
  code: 'unauthenticated',
  requestId: '1',
};

/** The response of API Gateway if the function has crashed. */
export const crashed = {
  status: 500,
  headers: { 'apigw-requestid': 'gateway-1' },
  contentType: 'application/json',
  body: '{"message":"Internal Server Error"}',
};

/** The response of the API to a token that it no longer accepts. */
export const tokenRejected = {
  status: 401,
  contentType: 'application/problem+json',
  body: JSON.stringify(unauthenticated),
};
