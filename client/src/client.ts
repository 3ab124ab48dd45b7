import { createCaller } from './call.ts';
import { type EventsClient, type OperationId, operations } from './generated/operations.ts';
import { type Page, type Result, apiPromise, pagePromise } from './promises.ts';
import type { CallOptions, ClientOptions } from './types.ts';

/**
 * A client of the Event Management API.
 *
 * @throws TypeError where `baseUrl` is no URL: a relative one has a meaning in a page only
 */
export function createEventsClient(options: ClientOptions): EventsClient {
  requireUrl(options.baseUrl);
  const run = createCaller(options);
  const methods = Object.entries(operations).map(([name, { path, paged }]) => {
    const id = /\{(\w+)\}/.exec(path)?.[1];
    const call = (ids: object, input?: unknown, callOptions: CallOptions = {}): Promise<unknown> => {
      const result = run(name as OperationId, ids as Record<string, unknown>, input, callOptions) as Promise<Result<Page, OperationId>>;
      return paged ? pagePromise(result, (cursor) => call(ids, { ...(input as object), cursor }, callOptions) as Promise<Page>) : apiPromise(result);
    };
    const about = (target: unknown) => (typeof target === 'object' && target ? target : { [id as string]: target });
    return [name, id ? (target: unknown, ...rest: [unknown?, CallOptions?]) => call(about(target), ...rest) : (...rest: [unknown?, CallOptions?]) => call({}, ...rest)];
  });
  return Object.fromEntries(methods) as EventsClient;
}

function requireUrl(baseUrl: string): void {
  const page = (globalThis as { location?: { href: string } }).location?.href;
  try {
    new URL(baseUrl, page);
  } catch {
    const why = page ? '' : ' It must be absolute here, where there is no page that it could be relative to.';
    throw new TypeError(`baseUrl is no URL: "${baseUrl}".${why}`);
  }
}
