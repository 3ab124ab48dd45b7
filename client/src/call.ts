/** Calls: attempts until one succeeds, no further one is allowed, or the deadline has passed. */
import { baseUrlOf, plain, text } from './checks.ts';
import { warnOnce } from './deprecation.ts';
import { type ErrorDetails, EventsApiError, isEventsApiError } from './errors.ts';
import { type OperationId, operations } from './generated/operations.ts';
import type { ApiResponse } from './promises.ts';
import { prepare, randomKey } from './request.ts';
import { readResponse } from './response.ts';
import { waitBeforeRetry } from './retry.ts';
import { createTokens } from './tokens.ts';
import { exchange } from './transport.ts';
import type { AnyCallOptions, Attempt, ClientOptions, OperationEntry } from './types.ts';
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

/** The options of a call, completed by those of the client and the standard ones. */
interface Settings {
  readonly fetch: NonNullable<ClientOptions['fetch']>;
  readonly signal?: AbortSignal;
  readonly maxRetries: number;
  readonly timeoutMs: number;
  readonly deadlineMs: number;
}

/** @throws TypeError if an option is not what it must be */
function settingsOf(own: AnyCallOptions, shared: ClientOptions): Settings {
  const { signal } = plain('options', own) as AnyCallOptions;
  if (signal && !('aborted' in signal && 'addEventListener' in signal))
    throw new TypeError('signal is not an AbortSignal');
  // Looked up now, so that it can be replaced after the client was created.
  const fetch = shared.fetch ?? globalThis.fetch;
  if (typeof fetch !== 'function') throw new TypeError('fetch is not a function');
  for (const name of ['ifMatch', 'idempotencyKey', 'mediaType'] as const)
    if (own[name] !== undefined) text(name, own[name]);
  const numberOf = (name: 'maxRetries' | 'timeoutMs' | 'deadlineMs', standard: number) => {
    const value = own[name] ?? shared[name] ?? standard;
    if (!(value >= 0)) throw new TypeError(`${name} is not a number of at least 0`);
    return value;
  };
  return {
    fetch,
    ...(signal && { signal }),
    maxRetries: numberOf('maxRetries', 2),
    timeoutMs: numberOf('timeoutMs', 10_000),
    deadlineMs: numberOf('deadlineMs', 60_000),
  };
}

/** What a logger writes about an attempt. */
function lineOf({ callId, operation, attempt, response, error, durationMs }: Attempt): string {
  return `${callId} ${operation} ${attempt}: ${error?.code ?? response?.status} in ${Math.round(durationMs)} ms`;
}

/** @throws TypeError if no request can be sent to `baseUrl` */
export function createCaller(shared: ClientOptions): Caller {
  const tokens = createTokens(shared);
  const baseUrl = baseUrlOf((shared as ClientOptions | undefined)?.baseUrl);
  const { onRequest, onAttempt, logger = console } = shared;

  return async (operation, target, input, own) => {
    const called = operations[operation];
    const callId = randomKey();
    let attempts = 0;
    let retries = 0;
    let refreshed = false;
    const fail = (code: Code, details?: Partial<ErrorDetails>) =>
      new EventsApiError(operation, code, { attempts, ...details });
    const failWith = (code: string) => (cause: unknown) => {
      throw fail(code as Code, { cause });
    };
    /** Refuses what the caller passes, if `read` throws. */
    const checked = <T>(read: () => T): T => {
      try {
        return read();
      } catch (cause) {
        throw fail('invalid-request', { cause });
      }
    };
    const { fetch, maxRetries, timeoutMs, deadlineMs, ...settings } = checked(() => settingsOf(own, shared));
    const end = performance.now() + deadlineMs;

    return within(deadlineMs, settings.signal, fail, (signal) => {
      return typeof input === 'function' && called.readOperation ? change(input as Edit) : send(called, input);

      /** Reads, lets the caller edit, and writes unless there was another write in between; then it starts again. */
      async function change(edit: Edit): Promise<ApiResponse<unknown>> {
        // What is read without a token has an ETag of its own, which matches no revision.
        const { tokenOptional: _, ...reader } = operations[called.readOperation as OperationId];
        const current = await send(reader);
        const { data, response } = current;
        // From the body: proxies change the header. Without a revision, the change would overwrite those of others.
        const { etag } = data as { etag?: unknown };
        if (!etag && !own.ifMatch)
          throw fail('unexpected-response', { response, cause: new TypeError('the response has no etag') });
        const next = await edit(data);
        if (next === undefined) return current;
        return send(called, next, etag).catch((error: EventsApiError) => {
          if (error.status !== 412 || own.ifMatch || attempts >= maxAttempts) throw error;
          return change(edit);
        });
      }

      async function send(entry: OperationEntry, body?: unknown, etag?: unknown): Promise<ApiResponse<unknown>> {
        const mediaType = own.mediaType ?? entry.text;
        const request = checked(() => prepare(baseUrl, entry, target, body, etag, own, shared));
        for (let token: string | undefined; ;) {
          token ??= entry.public
            ? undefined
            : await tokens.current(entry.tokenOptional).catch(failWith('unauthenticated'));
          if (token) request.headers.set('Authorization', `Bearer ${token}`);
          const id = { operation, callId, attempt: attempts + 1 };
          const headers = new Headers(request.headers);
          await Promise.resolve({ ...id, url: request.url, headers })
            .then(onRequest)
            .catch(failWith('invalid-request'));
          // The call has ended while a function of the caller was running: nothing more may be sent.
          if (signal.aborted) throw fail('aborted');
          attempts += 1;
          const startedAt = performance.now();
          const outcome = await within(timeoutMs, signal, fail, (stop) =>
            exchange(fetch, { ...request, headers }, !!mediaType, stop).catch(failWith('network-error')),
          )
            .then((received) => readResponse(received, mediaType, fail))
            .catch((error: unknown) =>
              isEventsApiError(error) ? error : fail('unexpected-response', { cause: error }),
            );
          const error = outcome instanceof EventsApiError ? outcome : undefined;
          const { response } = outcome;
          const durationMs = performance.now() - startedAt;
          // Not awaited: its errors are not errors of the call.
          void Promise.resolve({ ...id, durationMs, response, error })
            .then((ended) => {
              if (response) warnOnce(operation, response, logger);
              shared.logger?.debug?.(lineOf(ended));
              return onAttempt?.(ended);
            })
            .catch((cause: unknown) => logger.error(cause));
          if (!error) return outcome as ApiResponse<unknown>;
          token = await beforeNext(entry, error, token, (Object(body) as { dryRun?: unknown }).dryRun === true);
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
        isDryRun: boolean,
      ): Promise<string | undefined> {
        if (error.status === 401 && token && !refreshed) {
          refreshed = true;
          const fresh = await tokens.refresh(token).catch(() => token);
          if (fresh && fresh !== token) return fresh;
        }
        const ms = waitBeforeRetry(entry, error, retries, isDryRun);
        if (ms === undefined || retries >= maxRetries || performance.now() + ms > end) throw error;
        retries += 1;
        await sleep(ms, signal);
        return undefined;
      }
    });
  };
}
