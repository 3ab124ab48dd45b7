import { readFile } from 'node:fs/promises';

import { respond, type Failure, type FailingServer, startFailingServer } from '../../test/support/failing-server.ts';
import { createClient } from './client.ts';
import { createDatabase, type Database } from './database.ts';

// Before the SDK is loaded: it keeps its own reference.
jest.mock('node:fs/promises', () => {
  const actual = jest.requireActual<typeof import('node:fs/promises')>('node:fs/promises');
  return { ...actual, readFile: jest.fn(actual.readFile) };
});

const environment = { ...process.env };
const key = { TableName: 'events', Key: { eventId: '1' } };

let server: FailingServer | undefined;
let database: Database | undefined;

/** A database with the required settings only. */
async function open(failure: Failure, settings: Record<string, string>): Promise<Database> {
  server = await startFailingServer(failure);
  Object.assign(process.env, settings);
  return (database = createDatabase({ region: 'us-east-1', endpoint: server.endpoint }));
}

const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_SESSION_TOKEN: 'test' };

afterEach(async () => {
  process.env = { ...environment };
  database?.close();
  await server?.close();
});

test('a client with credentials in the environment reads no file', async () => {
  await (await open(respond(200), credentials)).get(key);
  expect(readFile).not.toHaveBeenCalled();
});

test('a client ignores settings of the SDK in the environment', async () => {
  const db = await open(respond(500), {
    ...credentials,
    AWS_MAX_ATTEMPTS: '1',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
  });
  await expect(db.get(key)).rejects.toThrow('failed attempts: 3');
});

/** The agents of the SDK, which it creates from the options of the client. */
interface Agents {
  readonly httpAgentProvider: () => Promise<object>;
  readonly httpsAgent: object;
}

describe('the connections of a client', () => {
  const client = createClient({ region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  const { configProvider } = client.config.requestHandler as unknown as { readonly configProvider: Promise<Agents> };

  it.each<[string, (agents: Agents) => object | Promise<object>]>([
    ['with TLS', ({ httpsAgent }) => httpsAgent],
    ['without TLS', ({ httpAgentProvider }) => httpAgentProvider()],
  ])('are kept open and limited in number, %s', async (_title, agentOf) => {
    expect(await agentOf(await configProvider)).toMatchObject({ keepAlive: true, maxSockets: 50 });
  });
});
