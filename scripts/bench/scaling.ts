/**
 * What operations cost when there are a thousand events, a hundred thousand, and a million: the consumed capacity, and the time beyond
 * that of the same call to the database alone. Writes a table and a plot.
 *
 *     tsx scripts/bench/scaling.ts [number of events ...]
 */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { createApplication } from '../../src/application.ts';
import { createLambdaHandler, gatewayOptions, type LambdaHandler } from '../../src/http/lambda.ts';
import { createLogger } from '../../src/lib/log.ts';
import { createClient } from '../../src/storage/client.ts';
import { createTables, toCreateTableInput } from '../../src/storage/create-tables.ts';
import { createDatabase, type Database } from '../../src/storage/database.ts';
import { newSeats } from '../../src/domain/shared/seats/model.ts';
import { createSeatsRepository } from '../../src/domain/shared/seats/repository.ts';
import { defaultTableName, forEachTable, tables } from '../../src/storage/tables.ts';
import { startDatabase } from '../stack/database/dynoxide.ts';
import { replaceInDocument, writePlot } from './document.ts';
import { replayOf } from './replay.ts';
import { eventAmong, eventItems, eventsOfOthers, registrationItems, seatsAmong, startOf } from './scaling-items.ts';
import { makeDatabaseFile, thousands } from './scaling-load.ts';
import { type Calendars, type ScalingOperation, operationsOf } from './scaling-operations.ts';
import { plot, report, type Row } from './scaling-report.ts';
import { type Meter, startMeter } from './meter.ts';
import { medianOf, spreadOf } from './numbers.ts';
import { folder } from './programs.ts';
import { configFor, eventOf, startIssuer } from './fixture.ts';

const sizes = process.argv.slice(2).map(Number);
const tableNames = forEachTable(defaultTableName);
const tableName = tableNames.events;
const warmUp = 50;
const rounds = 300;
/** The spread is that of the medians of so many parts of the rounds: single requests differ by far more than what is asked here. */
const parts = 12;

Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' });
const issuer = await startIssuer();
const authorization = `Bearer ${await issuer.token()}`;

/** Our function in front of one database, and the same database without it. */
interface Rig {
  readonly size: number;
  readonly handler: LambdaHandler;
  readonly metered: LambdaHandler;
  readonly meter: Meter;
  readonly client: DynamoDBClient;
  readonly alone: Database;
  readonly operations: readonly ScalingOperation[];
}

async function startRig(size: number): Promise<Rig> {
  console.error(`A database with ${thousands(size)} events, and ${thousands(size)} registrations for one of them:`);
  const mine = issuer.sub;
  const file = await makeDatabaseFile(folder, `scaling-${size}`, [
    { table: toCreateTableInput(tables.events, tableName), items: eventItems(size, mine) },
    {
      table: toCreateTableInput(tables.registrations, tableNames.registrations),
      items: registrationItems(size, mine),
    },
  ]);
  const { endpoint, kill } = await startDatabase({ port: 0, file });
  process.once('exit', () => {
    kill();
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  });
  const settings = { region: 'us-east-1', endpoint };
  const client = createClient(settings);
  // The file has the tables that grow only.
  await createTables(client, tableNames);
  const alone = createDatabase(settings);
  await createSeats(alone, size);
  const meter = await startMeter(endpoint);
  const [handler, metered] = await Promise.all([handlerAt(endpoint), handlerAt(meter.endpoint)]);
  await checkIn(handler, size);
  const operations = operationsOf({ size, mine, tableName, calendars: await createFeeds(handler) });
  return { size, handler, metered, meter, operations, client, alone };
}

/** The counters of the events that have registrations. */
async function createSeats(database: Database, size: number): Promise<void> {
  const seats = createSeatsRepository(database, tableNames.registrations);
  const period = { closesAt: startOf(size), waitlist: true };
  const of = (capacity: number, lastNumber: number) => ({
    ...newSeats(period, capacity, startOf(0)),
    lastNumber,
    reclaimedUpTo: Math.min(capacity, lastNumber),
  });
  await database.transact([
    seats.create(eventAmong(size), of(seatsAmong(size), size)),
    ...eventsOfOthers.map((eventId) => seats.create(eventId, of(100, 1))),
  ]);
}

/** Some people are there, so that all counters of check-ins exist. */
async function checkIn(handler: LambdaHandler, size: number): Promise<void> {
  const scans = Array.from({ length: 25 }, (_, index) => ({
    scanId: randomUUID(),
    number: index + 1,
    scannedAt: startOf(0),
  }));
  await ask(handler, {
    method: 'POST',
    path: `/events/${eventAmong(size)}/check-ins`,
    body: JSON.stringify({ scans }),
  });
}

async function createFeeds(handler: LambdaHandler): Promise<Calendars> {
  const create = async (source: object): Promise<string> => {
    const body = await ask(handler, { method: 'POST', path: '/calendar-feeds', body: JSON.stringify({ source }) });
    return (JSON.parse(body) as { calendarFile: string }).calendarFile;
  };
  return {
    published: await create({ kind: 'published-by', organizerId: issuer.sub }),
    registered: await create({ kind: 'my-registrations' }),
  };
}

async function handlerAt(endpoint: string): Promise<LambdaHandler> {
  const log = createLogger({ write: () => {} });
  const { app, ready } = createApplication(configFor(endpoint, issuer.settings), { ...gatewayOptions, log });
  await ready;
  return createLambdaHandler(app);
}

type Request = ReturnType<ScalingOperation['request']>;

/** @returns the body of the response */
async function ask(handler: LambdaHandler, request: Request): Promise<string> {
  const event = { ...eventOf({ ...request, authorization }), rawQueryString: request.query ?? '' };
  const { statusCode = 0, body = '' } = await handler(event as never, {} as Context);
  if (statusCode >= 300)
    throw new Error(`${request.method} ${request.path}?${request.query}: ${statusCode} ${body.slice(0, 200)}`);
  return body;
}

async function microseconds(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) * 1000;
}

/** What one request consumes, and a function that makes its calls to the database again, and nothing else. */
async function observe({ meter, metered, client, alone }: Rig, operation: ScalingOperation) {
  meter.consumed.length = 0;
  meter.sent.length = 0;
  await ask(metered, operation.request());
  const { write } = operation;
  return {
    capacity: meter.consumed.reduce((sum, { total }) => sum + total, 0),
    callAlone: write === undefined ? replayOf([...meter.sent], client) : () => write(alone),
  };
}

/** One operation at all sizes, which take turns request by request, so that what slows the machine down slows all of them. */
async function measure(rigs: readonly Rig[], index: number): Promise<Row[]> {
  const series = rigs.map(() => ({ whole: [] as number[], alone: [] as number[] }));
  const observed = await Promise.all(rigs.map((rig) => observe(rig, rig.operations[index] as ScalingOperation)));
  for (let round = 0; round < warmUp + rounds; round += 1) {
    for (const [place, { handler, operations }] of rigs.entries()) {
      const request = (operations[index] as ScalingOperation).request();
      const whole = await microseconds(() => ask(handler, request));
      const only = await microseconds(() => observed[place]?.callAlone() ?? Promise.resolve());
      if (round < warmUp) continue;
      series[place]?.whole.push(whole);
      series[place]?.alone.push(only);
    }
  }
  return rigs.map(({ size, operations }, place): Row => {
    const { whole = [], alone = [] } = series[place] ?? {};
    return {
      operation: operations[index]?.name ?? '',
      size,
      capacity: observed[place]?.capacity ?? 0,
      whole: medianOf(whole),
      alone: medianOf(alone),
      ours: spreadOf(differences(whole, alone)),
    };
  });
}

/** What the median of one series has beyond that of the other, part by part. */
function differences(whole: readonly number[], alone: readonly number[]): number[] {
  const size = Math.floor(whole.length / parts);
  const part = (series: readonly number[], index: number) => medianOf(series.slice(index * size, (index + 1) * size));
  return Array.from({ length: parts }, (_, index) => part(whole, index) - part(alone, index));
}

const rigs: Rig[] = [];
for (const size of sizes) rigs.push(await startRig(size));
const rows: Row[] = [];
for (const [index, { name }] of (rigs[0]?.operations ?? []).entries()) {
  console.error(`${name} ...`);
  const measured = await measure(rigs, index);
  rows.push(...measured);
  // It may shrink: a list that finds nothing stops earlier where more events remain to be searched.
  const units = measured.map(({ capacity }) => capacity);
  if (units.some((one) => one > (units[0] ?? 0)))
    throw new Error(`${name} consumes ${units.join(', ')} units at ${sizes.join(', ')} events: it grows.`);
}
const text = report(rows, sizes);
replaceInDocument('scaling', text);
writePlot('scaling.svg', plot(rows, sizes));
console.log(text);
process.exit(0);
