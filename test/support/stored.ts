/** Everything that is stored, to see what a request has written. */
import { scanTable } from '../../scripts/stack/database/scan.ts';
import { canonicalJson } from '../../src/lib/canonical-json.ts';
import type { TestApi, TestResponse } from './api.ts';

/** Everything that is stored, as the text of a JSON array. */
export async function storedText(api: Pick<TestApi, 'tables'>): Promise<string> {
  return `[${(await storedItems(api)).join()}]`;
}

/** The items of all tables, each in one spelling, in no order of the database's. */
async function storedItems({ tables: { client, tableNames } }: Pick<TestApi, 'tables'>): Promise<string[]> {
  const items: string[] = [];
  for (const TableName of Object.values(tableNames))
    for (const item of await scanTable(client, TableName)) {
      const sets = (_: string, value: unknown) => (value instanceof Set ? [...value].sort() : value);
      items.push(canonicalJson(JSON.parse(JSON.stringify(item, sets)) as object));
    }
  return items.sort();
}

/** Sends a request that must write nothing, and returns its response. */
export async function writingNothing(
  api: Pick<TestApi, 'tables'>,
  send: () => Promise<TestResponse>,
): Promise<TestResponse> {
  const before = await storedItems(api);
  const response = await send();
  expect(await storedItems(api)).toEqual(before);
  return response;
}
