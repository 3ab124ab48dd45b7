/**
 * How many people an event takes in a second: everybody registers at once, for an event with a few seats and for one with many, through the
 * Lambda handler and over sockets. The baseline is the engine itself: as many conditional updates of one item, by the same client, in
 * the same run. Prints a table and writes it to docs/benchmarks.md.
 *
 *     tsx scripts/bench/registrations.ts [people]
 */
import { randomUUID } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import type { Context } from 'aws-lambda';
import { createApplication } from '../../src/application.ts';
import { pathTo } from '../../src/contract/operations.ts';
import { createLambdaHandler, gatewayOptions } from '../../src/http/lambda.ts';
import { startServer } from '../../src/http/node/start.ts';
import { createLogger } from '../../src/lib/log.ts';
import { createClient } from '../../src/storage/client.ts';
import { createTables } from '../../src/storage/create-tables.ts';
import { createDatabase } from '../../src/storage/database.ts';
import { defaultTableName, forEachTable } from '../../src/storage/tables.ts';
import { startDatabase } from '../stack/database/dynoxide.ts';
import { replaceInDocument } from './document.ts';
import { configFor, eventOf, newEvent, startIssuer } from './fixture.ts';
import { table } from './numbers.ts';

const people = Number(process.argv[2] ?? 10_000);
const capacities = [500, 20_000];
/** How many requests are under way at once. */
const concurrency = 64;
/** Registering takes three reads and three writes, one of them to an index as well. */
const callsPerRegistration = 6;

Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' });
const tableNames = forEachTable(defaultTableName);
const { endpoint, stop: stopDatabase } = await startDatabase({ port: 0 });
const settings = { region: 'us-east-1', endpoint, credentials: { accessKeyId: 'x', secretAccessKey: 'x' } };
const client = createClient(settings);
await createTables(client, tableNames);
const database = createDatabase(settings);
const issuer = await startIssuer();
const config = configFor(endpoint, issuer.settings);
const log = createLogger({ write: () => {} });

interface Reply {
  readonly status: number;
  readonly body: string;
}
interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly authorization: string;
}
type Send = (sent: Sent) => Promise<Reply>;

const functionApplication = createApplication(config, { ...gatewayOptions, log });
await functionApplication.ready;
const handler = createLambdaHandler(functionApplication.app);
const throughLambda: Send = async (sent) => {
  const { statusCode = 0, body = '' } = await handler(eventOf(sent) as never, {} as Context);
  return { status: statusCode, body };
};

const serverApplication = createApplication(config, { log });
await serverApplication.ready;
const server = await startServer(serverApplication, { ...config.http, log });
const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
const overSockets: Send = ({ method, path, body, authorization }) =>
  new Promise((resolve, reject) => {
    const headers = {
      authorization,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body ?? ''),
    };
    const outgoing = httpRequest({ host: '127.0.0.1', port: server.port, method, path, agent, headers }, (incoming) => {
      let text = '';
      incoming.on('data', (chunk) => (text += String(chunk)));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body: text }));
    });
    outgoing.on('error', reject).end(body);
  });

/** Runs work for each item, some at a time. Resolves with the seconds that all of it took, and the milliseconds of each. */
async function timed<Item>(items: readonly Item[], work: (item: Item) => Promise<void>) {
  const each: number[] = [];
  let next = 0;
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (let index = next++; index < items.length; index = next++) {
        const from = performance.now();
        await work(items[index] as Item);
        each.push(performance.now() - from);
      }
    }),
  );
  return { seconds: (performance.now() - begin) / 1000, each: each.sort((a, b) => a - b) };
}

const percentile = (sorted: readonly number[], share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;

/** Conditional updates of one item per second, by the engine alone. */
async function bareRate(count: number): Promise<number> {
  const Key = { scope: randomUUID(), number: 0 };
  await database.put({ TableName: tableNames.registrations, Item: { ...Key, taken: 0 } });
  const { seconds } = await timed(Array.from({ length: count }), async () => {
    await database.update({
      TableName: tableNames.registrations,
      Key,
      UpdateExpression: 'SET taken = taken + :one',
      ConditionExpression: 'taken < :limit',
      ExpressionAttributeValues: { ':one': 1, ':limit': count },
      ReturnValues: 'ALL_NEW',
    });
  });
  return count / seconds;
}

const organizer = `Bearer ${await issuer.token()}`;

async function succeed(send: Send, sent: Sent, status: number): Promise<Record<string, unknown>> {
  const reply = await send(sent);
  if (reply.status !== status)
    throw new Error(`${sent.method} ${sent.path}: ${reply.status} ${reply.body.slice(0, 300)}`);
  return JSON.parse(reply.body) as Record<string, unknown>;
}

async function publish(capacity: number): Promise<string> {
  const body = JSON.stringify({ ...newEvent, capacity });
  const created = await succeed(
    throughLambda,
    { method: 'POST', path: pathTo('createEvent'), body, authorization: organizer },
    201,
  );
  const eventId = String(created['eventId']);
  await succeed(
    throughLambda,
    { method: 'POST', path: pathTo('publishEvent', { eventId }), authorization: organizer },
    200,
  );
  return eventId;
}

const tokens: string[] = [];
for (let person = 0; person < people; person += 1) tokens.push(`Bearer ${await issuer.token(`person-${person}`)}`);

const rows: (string | number)[][] = [];
for (const [name, send] of [
  ['Lambda handler', throughLambda],
  ['sockets', overSockets],
] as const) {
  for (const capacity of capacities) {
    const eventId = await publish(capacity);
    const bare = await bareRate(people);
    const path = pathTo('registerForEvent', { eventId });
    const body = JSON.stringify({ name: 'Mira Novak', email: 'mira.novak@example.com' });
    const { seconds, each } = await timed(tokens, async (authorization) => {
      await succeed(send, { method: 'PUT', path, body, authorization }, 201);
    });
    const event = await succeed(
      send,
      { method: 'GET', path: pathTo('getEvent', { eventId }), authorization: organizer },
      200,
    );
    const [confirmed, waiting] = [event['registeredCount'], event['waitlistedCount']];
    const expected = [Math.min(people, capacity), Math.max(0, people - capacity)];
    if (confirmed !== expected[0] || waiting !== expected[1])
      throw new Error(
        `${String(confirmed)} confirmed and ${String(waiting)} waiting, instead of ${expected.join(' and ')}`,
      );
    const rate = people / seconds;
    rows.push([
      `${people} × ${capacity} seats, ${name}`,
      rate.toFixed(0),
      bare.toFixed(0),
      (rate / (bare / callsPerRegistration)).toFixed(2),
      percentile(each, 0.5).toFixed(0),
      percentile(each, 0.99).toFixed(0),
      `${String(confirmed)} + ${String(waiting)}`,
    ]);
    console.error(rows.at(-1)?.join(' | '));
  }
}

const head = [
  'people × seats',
  'registrations/s',
  'bare updates/s',
  `× bare ÷ ${callsPerRegistration} calls`,
  'p50 (ms)',
  'p99 (ms)',
  'confirmed + waiting',
];
const result = table(head, rows);
console.log(result);
if (people >= 10_000) replaceInDocument('registrations', result);

agent.destroy();
await server.stop();
functionApplication.close();
database.close();
client.destroy();
await Promise.all([issuer.stop(), stopDatabase()]);
