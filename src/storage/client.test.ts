import { readFile } from 'node:fs/promises';

import { respond, type Failure, type FailingServer, startFailingServer } from '../../test/support/failing-server.ts';
import { createDatabase, type Database } from './database.ts';

// Before the SDK is loaded: it keeps its own reference.
jest.mock('node:fs/promises', () => {
  const actual = jest.requireActual<typeof import('node:fs/promises')>('node:fs/promises');
  return { ...actual, readFile: jest.fn(actual.readFile) };
});

const environment = { ...process.env };
const key = { TableName: 'events', Key: { eventId: '1' } };

let server: FailingServer;
let database: Database;

/** A database with the required settings only. */
async function open(failure: Failure, settings: Record<string, string>): Promise<void> {
  server = await startFailingServer(failure);
  Object.assign(process.env, settings);
  database = createDatabase({ region: 'us-east-1', endpoint: server.endpoint });
}

const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_SESSION_TOKEN: 'test' };

afterEach(async () => {
  process.env = { ...environment };
  database.close();
  await server.close();
});

test('a client with credentials in the environment reads no file', async () => {
  await open(respond(200), credentials);
  await database.get(key);
  expect(readFile).not.toHaveBeenCalled();
});

test('a client ignores settings of the SDK in the environment', async () => {
  await open(respond(500), { ...credentials, AWS_MAX_ATTEMPTS: '1', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
  await expect(database.get(key)).rejects.toThrow('failed attempts: 3');
});
