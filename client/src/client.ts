import { createCaller } from './call.ts';
import { type EventsClient, type OperationId, operations } from './generated/operations.ts';
import { type Answer, apiPromise, type Page } from './promises.ts';
import type { CallOptions, ClientOptions } from './types.ts';

/**
 * A client of the Event Management API.
 *
 * @throws TypeError where `baseUrl` is no URL: a relative one has a meaning only in a page
 */
export function createEventsClient(options: ClientOptions): EventsClient {
  new URL(options.baseUrl, (globalThis as { location?: { href: string } }).location?.href);
  const run = createCaller(options);
  const methods = Object.entries(operations).map(([name, { path, paged }]) => {
    const method = (target: unknown, input?: unknown, callOptions: CallOptions = {}) => {
      const call = (sent: unknown) => run(name as OperationId, target, sent, callOptions) as Promise<Answer<Page>>;
      return apiPromise(call(input), paged && ((cursor) => call({ ...(input as object), cursor })));
    };
    return [name, path.includes('{') ? method : method.bind(undefined, undefined)];
  });
  return Object.fromEntries(methods) as EventsClient;
}
