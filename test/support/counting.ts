import type { Database, QueryInput } from '../../src/storage/database.ts';

/** The queries of a database since the last `reset`. */
export interface Count {
  queries: number;
  /** How many items the queries scanned. */
  scanned: number;
  inputs: QueryInput[];
  reset(): void;
}

/** Wraps a database so that its queries are counted. */
export function countQueries(database: Database): { database: Database; count: Count } {
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
