/** Dry runs: a request with `dryRun=true` is handled as usual, on a view of the database that sends no write. */
import type { Call, Handlers, OperationResult } from '../../../contract/binding.ts';
import type { OperationId } from '../../../contract/operations.ts';
import type { Database } from '../../../storage/database.ts';
import { createDryRun } from '../../../storage/dry-run.ts';
import type { TableNames } from '../../../storage/tables.ts';
import { toDryResponse } from './response.ts';

/** Creates the handlers of all operations, which write to this database. */
type CreateHandlers = (database: Database) => Handlers;

/**
 * How often a dry run is started, if it loses all its races. What it has written itself, such as the last number, it does not read again, so
 * it does not see what others write there.
 */
const maxRuns = 3;

/** The handlers, with dry runs of the operations that offer them. Those of a dry run are created for it alone. */
export function withDryRuns(create: CreateHandlers, database: Database, tableNames: TableNames): Handlers {
  const handlers = create(database);

  function wrapped<Id extends OperationId>(operationId: Id): (call: Call<Id>) => Promise<OperationResult<Id>> {
    return async (call) => {
      if (!('dryRun' in call.query) || call.query.dryRun !== true) return handlers[operationId](call);
      for (let run = 1; ; run += 1) {
        const dryRun = createDryRun(database, tableNames);
        const result = await create(dryRun)[operationId](call);
        if (run < maxRuns && 'problem' in result && result.problem === 'concurrent-change') continue;
        return toDryResponse(result, dryRun.originals()) as OperationResult<Id>;
      }
    };
  }

  const names = Object.keys(handlers) as OperationId[];
  return Object.fromEntries(names.map((operationId) => [operationId, wrapped(operationId)])) as unknown as Handlers;
}
