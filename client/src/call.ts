/** Calls: attempts until one succeeds, until none is allowed any more, or until the time is over. */
import createFetchClient from 'openapi-fetch';
import { type Answer, failure, resultOf } from './answer.ts';
import { warnOnce } from './deprecation.ts';
import type { ErrorDetails } from './errors.ts';
import { type OperationId, operations } from './generated/operations.ts';
import type { Result } from './promises.ts';
import { type PreparedRequest, prepare } from './request.ts';
import { waitBeforeRetry } from './retry.ts';
import { createTokens } from './tokens.ts';
import type { CallOptions, ClientOptions, OperationEntry } from './types.ts';
import { Stopped, wait, within } from './within.ts';

const defaults = { maxRetries: 2, timeoutMs: 10_000, deadlineMs: 60_000 };

/** How many times a change that is a function is made anew when others were faster. */
const maxRounds = 5;

type Outcome = Result<unknown, OperationId>;
type Members = Readonly<Record<string, unknown>>;
type Edit = (current: unknown) => unknown;

/** A call on its way: what its parts share. */
interface Call {
  readonly operation: OperationId;
  readonly options: CallOptions & typeof defaults;
  /** When its time is over, by the clock of `performance.now()`. */
  readonly end: number;
  /** Aborted when its time is over, or when the caller has ended it. */
  readonly signal: AbortSignal;
  attempts: number;
  retries: number;
  /** Whether a token was refused already. */
  renewed: boolean;
}

/** Makes what carries out calls. It never rejects but with what an `Edit` has thrown. */
export function createCaller({ baseUrl, token, fetch = (request) => globalThis.fetch(request), onAttempt, ...forAll }: ClientOptions) {
  const tokens = createTokens(token);
  const http = createFetchClient<Record<string, never>>({ baseUrl, fetch: (request) => fetch(request), bodySerializer: (text: unknown) => text as string });

  return async function run(operation: OperationId, ids: Members, input: unknown, options: CallOptions): Promise<Outcome> {
    const merged = merge(defaults, forAll, options);
    const shared = { operation, options: merged, end: performance.now() + merged.deadlineMs, attempts: 0, retries: 0, renewed: false };
    const entry = operations[operation];
    let call: Call | undefined;
    try {
      return await within(merged.deadlineMs, options.signal, (signal) => {
        call = Object.assign(shared, { signal });
        return typeof input === 'function' ? change(call, entry, ids, input as Edit) : send(call, entry, ids, input, options.ifMatch ?? ids['etag']);
      });
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      return failure(operation, { code: error.why, attempts: shared.attempts, cause: error.cause });
    }
  };

  /** Reads, lets the caller change, and writes if nobody else has written since; else again. */
  async function change(call: Call, entry: OperationEntry, ids: Members, edit: Edit): Promise<Outcome> {
    for (let round = 1; ; round += 1) {
      const read = await send(call, operations[entry.read as OperationId], ids, undefined, undefined);
      if (read.error) return read;
      const input = edit(read.data);
      if (input === undefined) return read;
      const written = await send(call, entry, ids, input, call.options.ifMatch ?? read.etag);
      if (written.error?.status !== 412 || call.options.ifMatch || round === maxRounds) return written;
    }
  }

  async function send(call: Call, entry: OperationEntry, ids: Members, input: unknown, etag: unknown): Promise<Outcome> {
    let request: PreparedRequest;
    try {
      request = prepare(entry, ids, input, etag, call.options);
    } catch (cause) {
      return fail(call, { code: 'invalid-request', cause });
    }
    for (let given: string | undefined; ; ) {
      const { outcome, token } = await attempt(call, entry, request, given);
      given = undefined;
      if (!outcome.error || call.signal.aborted) return outcome;
      if (outcome.error.status === 401 && !call.renewed) {
        call.renewed = true;
        given = await tokens.renewed(token).catch(() => token);
        if (given !== token) continue;
      }
      const ms = call.retries < call.options.maxRetries ? waitBeforeRetry(entry, outcome.error, call.retries) : undefined;
      if (ms === undefined || performance.now() + ms > call.end) return outcome;
      call.retries += 1;
      await wait(ms, call.signal);
    }
  }

  /** One request, and its answer read to the end. */
  async function attempt(call: Call, entry: OperationEntry, { ids, query, body, headers: prepared }: PreparedRequest, given?: string) {
    const { operation, options } = call;
    const start = performance.now();
    const headers = new Headers(prepared);
    let token = given;
    let outcome: Outcome;
    try {
      if (!entry.open && !headers.has('authorization')) token ??= await tokens.current();
      if (token) headers.set('Authorization', `Bearer ${token}`);
    } catch (cause) {
      return { token, outcome: fail(call, { code: 'unauthenticated', cause }) };
    }
    call.attempts += 1;
    try {
      const answer: Answer = await within(options.timeoutMs, call.signal, (signal) =>
        http.request(entry.method, entry.path as never, { params: { path: ids, query }, body, headers, parseAs: 'text', signal } as never),
      );
      outcome = resultOf(operation, answer, call.attempts);
      warnOnce(operation, entry, answer.response);
    } catch (cause) {
      const stopped = cause instanceof Stopped;
      outcome = fail(call, stopped ? { code: cause.why, cause: cause.cause } : { code: 'network-error', cause });
    }
    const { response, requestId, error } = outcome;
    const told = { operation, attempt: call.attempts, durationMs: performance.now() - start, status: response?.status, requestId, error };
    // In a turn of its own: what it throws is reported as its own error and does not become that of the call.
    if (onAttempt) void Promise.resolve(told).then(onAttempt);
    return { token, outcome };
  }

  function fail({ operation, attempts }: Call, details: Omit<ErrorDetails<OperationId>, 'attempts'>) {
    return failure(operation, { attempts, ...details });
  }
}

/** Later options go before earlier ones, where they are given; headers are joined. */
function merge(base: typeof defaults, ...others: readonly CallOptions[]): CallOptions & typeof defaults {
  const given = others.map((one) => Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)));
  return Object.assign({}, base, ...given, { headers: Object.assign({}, ...others.map(({ headers }) => headers)) as Record<string, string> }) as CallOptions & typeof defaults;
}
