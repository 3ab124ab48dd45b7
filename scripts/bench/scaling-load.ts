/** Database files with any number of items, made by the engine's own import. */
import { execFile } from 'node:child_process';
import { createWriteStream, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip } from 'node:zlib';
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Item } from '../../src/storage/database.ts';
import { databaseBinary } from '../stack/database/dynoxide.ts';

export interface TableContent {
  readonly table: CreateTableCommandInput & { readonly TableName: string };
  readonly items: Iterable<Item>;
}

export const thousands = (count: number): string => count.toLocaleString('en');

/** The items as an export of DynamoDB has them, line by line; says how far it is. */
function* linesOf({ table, items }: TableContent): Generator<string> {
  let written = 0;
  for (const item of items) {
    if (written > 0 && written % 100_000 === 0)
      console.error(`  ${table.TableName}: ${thousands(written)} items written`);
    yield `${JSON.stringify({ Item: marshall(item, { removeUndefinedValues: true }) })}\n`;
    written += 1;
  }
}

/** Creates a database file with these tables, and returns its path. */
export async function makeDatabaseFile(
  folder: string,
  name: string,
  contents: readonly TableContent[],
): Promise<string> {
  const source = join(folder, 'export');
  for (const content of contents) {
    const data = join(source, content.table.TableName, 'data');
    mkdirSync(data, { recursive: true });
    await pipeline(
      Readable.from(linesOf(content)),
      createGzip({ level: 1 }),
      createWriteStream(join(data, 'items.json.gz')),
    );
  }
  const schema = join(folder, 'schema.json');
  writeFileSync(schema, JSON.stringify(contents.map(({ table }) => ({ Table: table }))));
  const file = join(folder, `${name}.db`);
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  console.error('  The items are imported ...');
  await promisify(execFile)(databaseBinary(), [
    'import',
    ...['--source', source],
    ...['--schema', schema],
    ...['--output', file],
    '--force',
  ]);
  rmSync(source, { recursive: true });
  return file;
}
