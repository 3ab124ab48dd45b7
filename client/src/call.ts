/** Calls: attempts until one succeeds, until no other is allowed, or until the time is over. */
import createFetchClient from 'openapi-fetch';
import { answerOf, type Exchange } from './answer.ts';
import { type ErrorDetails, EventsApiError } from './errors.ts';
import { type OperationId, operations } from './generated/operations.ts';
import type { Answer } from './promises.ts';
import { prepare } from './request.ts';
import { waitBeforeRetry } from './retry.ts';
import { createTokens } from './tokens.ts';
import type { CallOptions, ClientOptions, OperationEntry } from './types.ts';
import { within } from './within.ts';

/** After so many a change that is a function is not tried again, when others keep being faster. */
const mostAttempts = 20;

/** Carries out a call. It rejects with an `EventsApiError`, or with what a function that is the input has thrown. */
export type Caller = (
  operation: OperationId,
  target: unknown,
  input: unknown,
  options: CallOptions,
) => Promise<Answer<unknown>>;

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
    // The API sends nobody elsewhere: whatever does would get the body and all headers but the token.
    redirect: 'manual',
    // The body is text already.
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
    let renewed = false;
    const fail = (code: Code, details?: Partial<ErrorDetails>) =>
      new EventsApiError(operation, code, { attempts, ...details });
    const failWith = (code: string) => (cause: unknown) => {
      throw fail(code as Code, { cause });
    };

    return within(deadlineMs, own.signal, fail, (signal) => {
      return typeof input === 'function'
        ? change(input as Edit)
        : send(called, input, (target as { etag?: string } | undefined)?.etag);

      /** Reads, lets the caller change, and writes where nobody else has written since; else once more. */
      async function change(edit: Edit): Promise<Answer<unknown>> {
        const current = await send(operations[called.read as OperationId]);
        const next = edit(current.data);
        if (next === undefined) return current;
        return send(called, next, current.response.headers.get('etag')).catch((error: EventsApiError) => {
          if (error.status !== 412 || own.ifMatch || attempts >= mostAttempts) throw error;
          return change(edit);
        });
      }

      async function send(entry: OperationEntry, body?: unknown, etag?: unknown): Promise<Answer<unknown>> {
        const prepared = prepare(entry, target, body, own.ifMatch ?? etag, own, shared.headers);
        const { path, headers, ...init } = await prepared.catch(failWith('invalid-request'));
        for (let token: string | undefined; ;) {
          token ??= entry.open ? undefined : await tokens.current().catch(failWith('unauthenticated'));
          if (token) headers.set('Authorization', `Bearer ${token}`);
          const begun = performance.now();
          const attempt = (attempts += 1);
          const outcome = await within<Exchange>(timeoutMs, signal, fail, (stop) =>
            http
              .request(entry.method, path as never, { ...init, headers, signal: stop } as never)
              .catch(failWith('network-error')),
          )
            .then((exchange) => answerOf(operation, exchange, fail))
            .catch((error: EventsApiError) => error);
          const error = outcome instanceof EventsApiError ? outcome : undefined;
          const durationMs = performance.now() - begun;
          // Aside, as what it throws is no error of the call.
          void Promise.resolve({ operation, attempt, durationMs, response: outcome.response, error })
            .then(onAttempt)
            // eslint-disable-next-line no-console -- its author needs to see it
            .catch(console.error);
          if (!error) return outcome as Answer<unknown>;
          token = await beforeNext(entry, error, token);
        }
      }

      /**
       * Waits until there may be a next attempt, and says with which token where it is known.
       *
       * @throws the error where there may be none
       */
      async function beforeNext(
        entry: OperationEntry,
        error: EventsApiError,
        token: string | undefined,
      ): Promise<string | undefined> {
        if (error.status === 401 && token && !renewed) {
          renewed = true;
          const fresh = await tokens.renewed(token).catch(() => token);
          if (fresh !== token) return fresh;
        }
        const ms = waitBeforeRetry(entry, error, retries);
        if (ms === undefined || retries === maxRetries || performance.now() + ms > end) throw error;
        retries += 1;
        await within(ms, signal, fail, () => new Promise(() => {})).catch((stop: unknown) => {
          if (signal.aborted) throw stop;
        });
        return undefined;
      }
    });
  };
}
