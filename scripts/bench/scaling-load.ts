/** Databases with any number of events: all of the same size, and the same ones for the same number. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip } from 'node:zlib';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { EventRecord } from '../../src/domain/events/model.ts';
import { instantOf } from '../../src/domain/shared/instants.ts';
import { withDerived } from '../../src/domain/events/repository.ts';
import { toCreateTableInput } from '../../src/storage/create-tables.ts';
import { tables } from '../../src/storage/tables.ts';
import { databaseBinary } from '../stack/database/dynoxide.ts';

const organizers = 100;

/** A UUID that is always the same for a text. */
export function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const thousands = (count: number): string => count.toLocaleString('en');

/** When the event with a number starts: one each minute, so that a page is found by its instant. */
export const startOf = (index: number): string => instantOf(new Date(Date.UTC(2031, 0, 1, 0, index)));

/** Whose it is: every other event is the caller's, the rest is of fifty others. */
export const ownerOf = (index: number, mine: string): string =>
  index % 2 === 0 ? mine : idOf(`organizer ${index % organizers}`);

/** How long it takes, in minutes: an hour, and for a few of each kind some days, some weeks or half a year. */
function minutesOf(index: number): number {
  const day = 24 * 60;
  if (index % 500 === 250) return 180 * day;
  if (index % 100 === 50) return 20 * day;
  return index % 25 === 10 ? day : 60;
}

function recordOf(index: number, mine: string): EventRecord {
  return {
    eventId: idOf(`event ${index}`),
    organizerId: ownerOf(index, mine),
    name: `Riverside Jazz Night ${String(index).padStart(7, '0')}`,
    startsAt: startOf(index),
    endsAt: startOf(index + minutesOf(index)),
    timeZone: 'Europe/Berlin',
    location: { kind: 'online', url: 'https://meet.example.com/jazz' },
    tags: [index % 4 < 2 ? 'jazz' : 'folk'],
    status: 'published',
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    revision: 2,
    nonce: '9c41d07be3f2',
  };
}

/** The events as an export of DynamoDB has them, line by line; says how far it is. */
function* linesOf(count: number, mine: string): Generator<string> {
  for (let index = 0; index < count; index += 1) {
    if (index > 0 && index % 100_000 === 0)
      console.error(`  ${thousands(index)} of ${thousands(count)} events written`);
    const event = recordOf(index, mine);
    yield `${JSON.stringify({ Item: marshall(withDerived(event), { removeUndefinedValues: true }) })}\n`;
  }
}

/** Creates a database file with so many events by the engine's own import, and returns its path. */
export async function makeDatabaseFile(
  folder: string,
  tableName: string,
  { count, mine }: { count: number; mine: string },
): Promise<string> {
  const source = join(folder, 'export', tableName, 'data');
  mkdirSync(source, { recursive: true });
  await pipeline(
    Readable.from(linesOf(count, mine)),
    createGzip({ level: 1 }),
    createWriteStream(join(source, 'events.json.gz')),
  );
  const schema = join(folder, 'schema.json');
  writeFileSync(schema, JSON.stringify({ Table: toCreateTableInput(tables.events, tableName) }));
  const file = join(folder, `scaling-${count}.db`);
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  console.error(`  ${thousands(count)} events are imported ...`);
  await promisify(execFile)(databaseBinary(), [
    'import',
    '--source',
    join(folder, 'export'),
    '--schema',
    schema,
    '--output',
    file,
    '--force',
  ]);
  rmSync(join(folder, 'export'), { recursive: true });
  return file;
}
