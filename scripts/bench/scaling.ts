/**
 * What operations cost when there are a thousand events, a hundred thousand, and a million: the consumed capacity, and the time beyond
 * that of the same call of the database alone. Writes a table and a plot.
 *
 *     tsx scripts/bench/scaling.ts [number of events ...]
 */
import { rmSync } from 'node:fs';
import type { Context } from 'aws-lambda';
import { createApplication } from '../../src/application.ts';
import { createLambdaHandler, gatewayOptions, type LambdaHandler } from '../../src/http/lambda.ts';
import { createLogger } from '../../src/lib/log.ts';
import { createClient } from '../../src/storage/client.ts';
import { createTables } from '../../src/storage/create-tables.ts';
import { createDatabase, type Database } from '../../src/storage/database.ts';
import { defaultTableName, forEachTable } from '../../src/storage/tables.ts';
import { startDatabase } from '../stack/database/dynoxide.ts';
import { replaceInDocument, writePlot } from './document.ts';
import { makeDatabaseFile, thousands } from './scaling-load.ts';
import { type ScalingOperation, operationsOf } from './scaling-operations.ts';
import { plot, report, type Row } from './scaling-report.ts';
import { type Meter, startMeter } from './meter.ts';
import { medianOf, spreadOf } from './numbers.ts';
import { folder } from './programs.ts';
import { eventOf, startIssuer } from './fixture.ts';

const sizes = process.argv.slice(2).map(Number);
const tableNames = forEachTable(defaultTableName);
const tableName = tableNames.events;
const warmUp = 100;
const rounds = 600;
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
  readonly alone: Database;
  readonly operations: readonly ScalingOperation[];
}

async function startRig(size: number): Promise<Rig> {
  console.error(`A database with ${thousands(size)} events:`);
  const file = await makeDatabaseFile(folder, tableName, { count: size, mine: issuer.sub });
  const { endpoint, kill } = await startDatabase({ port: 0, file });
  process.once('exit', () => {
    kill();
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  });
  // The file has the events only.
  await createTables(createClient({ region: 'us-east-1', endpoint }), tableNames);
  const meter = await startMeter(endpoint);
  const [handler, metered] = await Promise.all([handlerAt(endpoint), handlerAt(meter.endpoint)]);
  const operations = operationsOf({ size, mine: issuer.sub, tableName });
  return { size, handler, metered, meter, operations, alone: createDatabase({ region: 'us-east-1', endpoint }) };
}

async function handlerAt(endpoint: string): Promise<LambdaHandler> {
  const database = { tableNames, region: 'us-east-1', endpoint };
  const config = {
    http: { host: '127.0.0.1', port: 0 },
    basePath: '',
    corsOrigins: [],
    corsHeaders: [],
    database,
    tokens: issuer.settings,
    groups: { organizer: 'Organizers' },
  };
  const log = createLogger({ write: () => {} });
  const { app, ready } = createApplication(config, { ...gatewayOptions, log });
  await ready;
  return createLambdaHandler(app);
}

type Request = ReturnType<ScalingOperation['request']>;

async function ask(handler: LambdaHandler, request: Request): Promise<void> {
  const event = { ...eventOf({ ...request, authorization }), rawQueryString: request.query ?? '' };
  const { statusCode = 0, body = '' } = await handler(event as never, {} as Context);
  if (statusCode >= 300)
    throw new Error(`${request.method} ${request.path}?${request.query}: ${statusCode} ${body.slice(0, 200)}`);
}

async function microseconds(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) * 1000;
}

async function capacityOf({ meter, metered }: Rig, operation: ScalingOperation): Promise<number> {
  meter.consumed.length = 0;
  await ask(metered, operation.request());
  return meter.consumed.reduce((sum, { total }) => sum + total, 0);
}

/** One operation at all sizes, which take turns request by request, so that what slows the machine down slows all of them. */
async function measure(rigs: readonly Rig[], index: number): Promise<Row[]> {
  const series = rigs.map(() => ({ whole: [] as number[], alone: [] as number[] }));
  for (let round = 0; round < warmUp + rounds; round += 1) {
    for (const [place, { handler, alone, operations }] of rigs.entries()) {
      const operation = operations[index] as ScalingOperation;
      const request = operation.request();
      const whole = await microseconds(() => ask(handler, request));
      const only = await microseconds(() => operation.alone(alone));
      if (round < warmUp) continue;
      series[place]?.whole.push(whole);
      series[place]?.alone.push(only);
    }
  }
  return Promise.all(
    rigs.map(async (rig, place): Promise<Row> => {
      const { whole = [], alone = [] } = series[place] ?? {};
      const operation = rig.operations[index] as ScalingOperation;
      const ours = spreadOf(differences(whole, alone));
      return {
        operation: operation.name,
        size: rig.size,
        capacity: await capacityOf(rig, operation),
        whole: medianOf(whole),
        alone: medianOf(alone),
        ours,
      };
    }),
  );
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
