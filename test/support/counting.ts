import type { Database, QueryInput } from '../../src/storage/database.ts';

/** What was asked of a database since the last `reset`. */
export interface Count {
  queries: number;
  /** How many items the queries scanned. */
  scanned: number;
  inputs: QueryInput[];
  reset(): void;
}

/** A database that counts its queries. */
export function counting(database: Database): { database: Database; count: Count } {
  const count: Count = {
    queries: 0,
    scanned: 0,
    inputs: [],
    reset: () => void Object.assign(count, { queries: 0, scanned: 0, inputs: [] }),
  };
  const query: Database['query'] = async (input, options) => {
    count.queries += 1;
    count.inputs.push(input);
    const result = await database.query(input, options);
    count.scanned += result.scannedCount;
    return result;
  };
  return { count, database: { ...database, query } };
}
