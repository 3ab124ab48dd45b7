/** Where worlds live. */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { toItem } from '../../src/storage/attributes.ts';
import type { Item } from '../../src/storage/database.ts';
import { forEachTable } from '../../src/storage/tables.ts';
import { createMemoryDatabase } from '../support/memory-database.ts';
import { createTestTables, type TestTables } from '../support/tables.ts';
import type { Engine } from './world.ts';

/** A database in memory. */
export function createMemoryEngine(): Engine {
  const tableNames = forEachTable((name) => name);
  const database = createMemoryDatabase(tableNames);
  const { events, registrations } = tableNames;
  const dump = () => Promise.resolve({ events: database.rows(events), registrations: database.rows(registrations) });
  return { database, tableNames, dump };
}

/** Tables of their own in the database of the test run; `drop` deletes them. */
export async function createRealEngine(): Promise<Engine & Pick<TestTables, 'drop'>> {
  const { client, database, tableNames, drop } = await createTestTables();
  async function scan(TableName: string): Promise<Item[]> {
    const items: Item[] = [];
    for (let start: object | undefined, first = true; first || start !== undefined; first = false) {
      const input = { TableName, ConsistentRead: true, ...(start && { ExclusiveStartKey: { ...start } }) };
      const { Items = [], LastEvaluatedKey } = await client.send(new ScanCommand(input));
      items.push(...Items.map((item) => toItem(item)));
      start = LastEvaluatedKey;
    }
    return items;
  }
  return {
    database,
    tableNames,
    drop,
    async dump() {
      const [events, registrations] = await Promise.all([scan(tableNames.events), scan(tableNames.registrations)]);
      return { events, registrations };
    },
  };
}
