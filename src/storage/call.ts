import { backOff } from './back-off.ts';
import { DatabaseUnavailable, isContention, isRejection, isSafeToRetry } from './errors.ts';
import { timeBudget } from './timeouts.ts';

export interface CallOptions {
  /** The deadline of the API request; by default, the maximum duration of one request. */
  readonly signal?: AbortSignal | undefined;
}

type Middleware = <Args, Output>(next: (args: Args) => Promise<Output>) => (args: Args) => Promise<Output>;

/**
 * Inside the SDK's retry loop and after signing: around sending one attempt and reading its response. The document client adds the
 * middleware of a command twice: the second replaces the first.
 */
const innermost = { step: 'finalizeRequest', priority: 'low', override: true } as const;

/** The part of the SDK's commands that is used here, independent of their input and output. */
interface Command {
  readonly middlewareStack: {
    add(middleware: Middleware, options: typeof innermost & { name: string }): void;
  };
}

/**
 * The requests to the API, by the signals of their deadlines, that have written something, or may have. After that, no failure of a
 * later call says that nothing was written.
 */
const written = new WeakSet<AbortSignal>();

/**
 * Sends one command and separates our errors from the database's.
 *
 * The SDK retries by itself and reports only the last attempt's error. That one may be harmless although an earlier attempt has
 * written (a timeout, then throttling), so every attempt is recorded inside the SDK's loop. Contention with a transaction, which
 * the SDK does not retry, is retried here. A failure is not safe to retry either if another write with the same signal was applied.
 *
 * @throws DatabaseUnavailable if the database cannot be reached, is too slow, is overloaded or fails
 * @throws the SDK's error if the database understood and rejected the command, or the command could not be built
 */
export async function call<C extends Command, Output>(
  command: C,
  send: (command: C, options: { abortSignal: AbortSignal }) => Promise<Output>,
  { write, signal = AbortSignal.timeout(timeBudget.request) }: CallOptions & { readonly write: boolean },
): Promise<Output> {
  if (signal.aborted) {
    const safeToRetry = !written.has(signal);
    throw new DatabaseUnavailable('The deadline has passed', { safeToRetry, cause: signal.reason });
  }

  const failures: unknown[] = [];
  const recordFailure: Middleware = (next) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      failures.push(error);
      throw error;
    }
  };
  command.middlewareStack.add(recordFailure, { ...innermost, name: 'recordFailure' });

  for (let contentions = 0; ;) {
    try {
      const output = await send(command, { abortSignal: signal });
      if (write) written.add(signal);
      return output;
    } catch (error) {
      if (write && !failures.every(isSafeToRetry)) written.add(signal);
      if (isRejection(error) || (failures.length === 0 && !signal.aborted)) throw error;
      contentions += 1;
      const retry = isContention(error) && contentions <= timeBudget.maxContentionRetries;
      if (retry && (await backOff(contentions, signal))) continue;
      const reason = signal.aborted ? 'The deadline has passed' : 'The database is unavailable';
      throw new DatabaseUnavailable(`${reason} (failed attempts: ${failures.length})`, {
        safeToRetry: !written.has(signal),
        cause: error,
      });
    }
  }
}
