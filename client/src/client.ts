import { createCaller } from './call.ts';
import { type EventsClient, type OperationId, operations } from './generated/operations.ts';
import { apiPromise, type ApiResponse, type Page, textPages } from './promises.ts';
import type { AnyCallOptions, ClientOptions } from './types.ts';

/**
 * A client of the Event Management API.
 *
 * @throws TypeError if no request can be sent to `baseUrl`; a relative one is valid only in a web page
 */
export function createEventsClient(options: ClientOptions): EventsClient {
  const run = createCaller(options);
  const methods = Object.entries(operations).map(([name, { path, paged }]) => {
    const method = (target: unknown, input?: unknown, callOptions: AnyCallOptions = {}) => {
      const call = (sent: unknown) => run(name as OperationId, target, sent, callOptions) as Promise<ApiResponse<Page>>;
      const pageAt = (cursor: string) => call({ ...(input as object), cursor });
      const mediaType: unknown = callOptions?.mediaType;
      if (paged && mediaType && typeof mediaType === 'string')
        return textPages((cursor) => (cursor ? pageAt(cursor) : call(input)));
      return apiPromise(call(input), paged && pageAt);
    };
    return [name, path.includes('{') ? method : method.bind(undefined, undefined)];
  });
  return Object.fromEntries(methods) as EventsClient;
}
