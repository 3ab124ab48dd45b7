/**
 * Dry runs: a request with `dryRun=true` is handled as usual, on a view of the database that sends no write. The response is the one that
 * the request would get, except for what only a write makes true:
 *
 * - The ETag is that of the resource as it is: it is what a later request can require with If-Match.
 * - A resource that would be created has no ticket code, because none would be valid. Its number is the next one, which another person
 *   may take before.
 */
import type { Call, Handlers, OperationResult } from '../../contract/binding.ts';
import type { OperationId } from '../../contract/operations.ts';
import type { Database, Item } from '../../storage/database.ts';
import { createDryRun } from '../../storage/dry-run.ts';
import type { TableNames } from '../../storage/tables.ts';
import { etagOf, parseEtag } from './etag.ts';

/** A response of any operation, as far as a dry run changes it. */
interface AnyResult {
  readonly problem?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: object;
}

/** Creates the handlers of all operations, which write to this database. */
type CreateHandlers = (database: Database) => Handlers;

/** The handlers, with dry runs of the operations that offer them. Those of a dry run are created for it alone. */
export function withDryRuns(create: CreateHandlers, database: Database, tableNames: TableNames): Handlers {
  const handlers = create(database);

  function wrapped<Id extends OperationId>(operationId: Id): (call: Call<Id>) => Promise<OperationResult<Id>> {
    return async (call) => {
      if (!('dryRun' in call.query) || call.query.dryRun !== true) return handlers[operationId](call);
      const dryRun = createDryRun(database, tableNames);
      const result = await create(dryRun)[operationId](call);
      return toDryResponse(result, dryRun.originals()) as OperationResult<Id>;
    };
  }

  const names = Object.keys(handlers) as OperationId[];
  return Object.fromEntries(names.map((operationId) => [operationId, wrapped(operationId)])) as unknown as Handlers;
}

/**
 * The response of a dry run; a problem is the same as usual.
 *
 * @param originals the items that were read
 */
export function toDryResponse(result: AnyResult, originals: readonly Item[]): AnyResult {
  if (result.problem !== undefined) return result;
  const { headers = {}, status, body } = result;
  const etag = currentEtag(headers['ETag'], originals);
  const current = etag === undefined ? {} : { etag };
  return {
    ...result,
    headers: { ...headers, ...(etag === undefined ? {} : { ETag: etag }), 'Dry-Run': 'true' },
    ...(body === undefined ? {} : { body: { ...(status === 201 ? withoutCode(body) : body), ...current } }),
  };
}

/** The ETag of the resource as it was read; undefined if it would be created. */
function currentEtag(etag: unknown, originals: readonly Item[]): string | undefined {
  const { nonce } = (typeof etag === 'string' && parseEtag(etag)) || {};
  const original = originals.find((item) => nonce !== undefined && item['nonce'] === nonce);
  return original && etagOf({ revision: original['revision'] as number, nonce: original['nonce'] as string });
}

function withoutCode(body: object): object {
  const { code: _, codeDigest: __, ...rest }: { code?: unknown; codeDigest?: unknown } = { ...body };
  return rest;
}
