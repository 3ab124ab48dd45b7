/** Calls: attempts until one succeeds, no further one is allowed, or the deadline has passed. */
import createFetchClient from 'openapi-fetch';
import { type ErrorDetails, EventsApiError } from './errors.ts';
import { type OperationId, operations } from './generated/operations.ts';
import type { ApiResponse } from './promises.ts';
import { prepare } from './request.ts';
import { type Exchange, readResponse } from './response.ts';
import { waitBeforeRetry } from './retry.ts';
import { createTokens } from './tokens.ts';
import type { AnyCallOptions, ClientOptions, OperationEntry } from './types.ts';
import { sleep, within } from './within.ts';

/** A change that is a function gives up after this many attempts, if other writers keep winning. */
const maxAttempts = 20;

/** Makes a call. Rejects with an `EventsApiError`, or with the error of a function that was passed as the input. */
export type Caller = (
  operation: OperationId,
  target: unknown,
  input: unknown,
  options: AnyCallOptions,
) => Promise<ApiResponse<unknown>>;

type Code = EventsApiError['code'];
type Edit = (current: unknown) => unknown;

export function createCaller({
  baseUrl,
  fetch = (request) => globalThis.fetch(request),
  onAttempt,
  token,
  ...shared
}: ClientOptions): Caller {
  const tokens = createTokens(token);
  const http = createFetchClient<Record<string, never>>({
    baseUrl,
    fetch,
    // The API never redirects. Another server that does would get the body and all headers except the token.
    redirect: 'manual',
    // The body is already text.
    bodySerializer: (text: unknown) => text as string,
  });

  return (operation, target, input, own) => {
    const maxRetries = own.maxRetries ?? shared.maxRetries ?? 2;
    const timeoutMs = own.timeoutMs ?? shared.timeoutMs ?? 10_000;
    const deadlineMs = own.deadlineMs ?? shared.deadlineMs ?? 60_000;
    const end = performance.now() + deadlineMs;
    const called = operations[operation];
    let attempts = 0;
    let retries = 0;
    let refreshed = false;
    const fail = (code: Code, details?: Partial<ErrorDetails>) =>
      new EventsApiError(operation, code, { attempts, ...details });
    const failWith = (code: string) => (cause: unknown) => {
      throw fail(code as Code, { cause });
    };

    return within(deadlineMs, own.signal, fail, (signal) => {
      return typeof input === 'function'
        ? change(input as Edit)
        : send(called, input, (target as { etag?: string } | undefined)?.etag);

      /** Reads, lets the caller edit, and writes unless there was another write in between; then it starts again. */
      async function change(edit: Edit): Promise<ApiResponse<unknown>> {
        const current = await send(operations[called.readOperation as OperationId]);
        const next = edit(current.data);
        if (next === undefined) return current;
        return send(called, next, current.response.headers.get('etag')).catch((error: EventsApiError) => {
          if (error.status !== 412 || own.ifMatch || attempts >= maxAttempts) throw error;
          return change(edit);
        });
      }

      async function send(entry: OperationEntry, body?: unknown, etag?: unknown): Promise<ApiResponse<unknown>> {
        const prepared = prepare(entry, target, body, own.ifMatch ?? etag, own, shared.headers);
        const { path, headers, ...init } = await prepared.catch(failWith('invalid-request'));
        for (let token: string | undefined; ;) {
          token ??= entry.public ? undefined : await tokens.current().catch(failWith('unauthenticated'));
          if (token) headers.set('Authorization', `Bearer ${token}`);
          const startedAt = performance.now();
          const attempt = (attempts += 1);
          const outcome = await within<Exchange>(timeoutMs, signal, fail, (stop) =>
            http
              .request(entry.method, path as never, { ...init, headers, signal: stop } as never)
              .catch(failWith('network-error')),
          )
            .then((exchange) => readResponse(operation, exchange, own.mediaType, fail))
            .catch((error: EventsApiError) => error);
          const error = outcome instanceof EventsApiError ? outcome : undefined;
          const durationMs = performance.now() - startedAt;
          // Not awaited: its errors are not errors of the call.
          void Promise.resolve({ operation, attempt, durationMs, response: outcome.response, error })
            .then(onAttempt)
            // eslint-disable-next-line no-console -- its author needs to see it
            .catch(console.error);
          if (!error) return outcome as ApiResponse<unknown>;
          token = await beforeNext(entry, error, token);
        }
      }

      /**
       * Waits until the next attempt may start, and returns its token if it is known already.
       *
       * @throws the error if no further attempt is allowed
       */
      async function beforeNext(
        entry: OperationEntry,
        error: EventsApiError,
        token: string | undefined,
      ): Promise<string | undefined> {
        if (error.status === 401 && token && !refreshed) {
          refreshed = true;
          const fresh = await tokens.refresh(token).catch(() => token);
          if (fresh !== token) return fresh;
        }
        const ms = waitBeforeRetry(entry, error, retries);
        if (ms === undefined || retries === maxRetries || performance.now() + ms > end) throw error;
        retries += 1;
        await sleep(ms, signal);
        return undefined;
      }
    });
  };
}
