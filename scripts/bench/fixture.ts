/** What every program of the benchmarks meets: one database with one event in it, and one issuer of tokens. */
import { randomUUID } from 'node:crypto';
import { PutCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Config } from '../../src/config.ts';
import type { EventRecord } from '../../src/domain/events/model.ts';
import { withDerived } from '../../src/domain/events/repository.ts';
import { createClient } from '../../src/storage/client.ts';
import { newSeats } from '../../src/domain/shared/seats/model.ts';
import { createSeatsRepository } from '../../src/domain/shared/seats/repository.ts';
import { createTables } from '../../src/storage/create-tables.ts';
import { createDatabase } from '../../src/storage/database.ts';
import { defaultTableName, forEachTable } from '../../src/storage/tables.ts';
import { startDatabase } from '../stack/database/dynoxide.ts';
import { listen } from '../stack/listen.ts';

const clientId = 'benchmark';
const caller = randomUUID();

/** The event that is read, and the body of a new one. */
export const newEvent = {
  name: 'Riverside Jazz Night',
  description: 'Two bands, one river.',
  startsAt: '2030-06-21T18:00:00Z',
  endsAt: '2030-06-21T22:00:00Z',
  timeZone: 'Europe/Berlin',
  location: { kind: 'venue' as const, name: 'Harbour Stage', address: 'Uferstraße 12, Bremen' },
  tags: ['jazz', 'open-air'],
  capacity: 400,
};

export interface Fixture {
  readonly eventId: string;
  readonly token: string;
  /** The environment of a program. */
  readonly env: Readonly<Record<string, string>>;
  /** How long the issuer waits before it hands out its keys, in milliseconds. */
  delayKeys(milliseconds: number): void;
  stop(): Promise<void>;
}

export async function startFixture(): Promise<Fixture> {
  const database = await startDatabase({ port: 0 });
  const settings = {
    region: 'us-east-1',
    endpoint: database.endpoint,
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  };
  const client = createClient(settings);
  const tableNames = forEachTable(defaultTableName);
  await createTables(client, tableNames);
  const event: EventRecord = {
    ...newEvent,
    eventId: randomUUID(),
    // Of somebody else: for the caller's own events, our operation counts who is checked in, too.
    organizerId: randomUUID(),
    location: { ...newEvent.location, kind: 'venue' as const },
    status: 'published' as const,
    createdAt: '2030-01-01T00:00:00Z',
    updatedAt: '2030-01-02T00:00:00Z',
    revision: 2,
    nonce: '9c41d07be3f2',
  };
  await DynamoDBDocumentClient.from(client).send(
    new PutCommand({ TableName: tableNames.events, Item: withDerived(event) }),
  );
  client.destroy();
  const storage = createDatabase(settings);
  const seats = createSeatsRepository(storage, tableNames.registrations);
  const counters = {
    ...newSeats({ closesAt: event.endsAt, waitlist: true }, event.capacity, event.createdAt),
    lastNumber: 12,
  };
  await storage.transact([seats.create(event.eventId, counters)]);
  storage.close();

  const issuer = await startIssuer();
  return {
    eventId: event.eventId,
    token: await issuer.token(),
    env: {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_LAMBDA_FUNCTION_NAME: 'benchmark',
      NODE_ENV: 'production',
      DYNAMODB_ENDPOINT: database.endpoint,
      EVENTS_TABLE_NAME: tableNames.events,
      REGISTRATIONS_TABLE_NAME: tableNames.registrations,
      TOKEN_ISSUER: issuer.url,
      TOKEN_JWKS_URI: `${issuer.url}/.well-known/jwks.json`,
      TOKEN_CLIENT_ID: clientId,
    },
    delayKeys: issuer.delay,
    async stop() {
      await Promise.all([issuer.stop(), database.stop()]);
    },
  };
}

/** The configuration of an application for benchmarks within this process. */
export function configFor(endpoint: string, tokens: Config['tokens']): Config {
  return {
    http: { host: '127.0.0.1', port: 0 },
    basePath: '',
    corsOrigins: [],
    corsHeaders: [],
    database: { tableNames: forEachTable(defaultTableName), region: 'us-east-1', endpoint },
    tokens,
    groups: { organizer: 'Organizers' },
  };
}

/** An issuer of tokens, with one key and one caller. */
export async function startIssuer() {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', use: 'sig', alg: 'RS256' }] });
  let wait = 0;
  const { url, close } = await listen(
    (_request, response) =>
      void setTimeout(() => response.setHeader('Content-Type', 'application/json').end(keys), wait),
  );
  const claims = { token_use: 'access', client_id: clientId, username: 'organizer', 'cognito:groups': ['Organizers'] };
  return {
    url,
    sub: caller,
    settings: { issuer: url, jwksUri: `${url}/.well-known/jwks.json`, clientId },
    delay: (milliseconds: number) => void (wait = milliseconds),
    /** @param sub the caller; an organizer by default */
    token: (sub: string = caller) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: 'one' })
        .setIssuer(url)
        .setSubject(sub)
        .setExpirationTime('12h')
        .sign(privateKey),
    stop: close,
  };
}

/** An event of API Gateway (payload format 2.0). */
export function eventOf({
  method,
  path,
  authorization,
  body,
}: {
  method: string;
  path: string;
  authorization?: string;
  body?: string;
}): object {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: {
      host: 'api.example.com',
      'content-type': 'application/json',
      ...(authorization === undefined ? {} : { authorization }),
    },
    requestContext: {
      accountId: '123456789012',
      domainName: 'api.example.com',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'benchmark' },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: '$default',
      stage: '$default',
    },
    ...(body === undefined ? {} : { body }),
    isBase64Encoded: false,
  };
}
