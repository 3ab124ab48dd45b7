/** Where worlds live. */
import { scanTable } from '../../scripts/stack/database/scan.ts';
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
  return {
    database,
    tableNames,
    drop,
    async dump() {
      const [events, registrations] = await Promise.all([
        scanTable(client, tableNames.events),
        scanTable(client, tableNames.registrations),
      ]);
      return { events, registrations };
    },
  };
}
