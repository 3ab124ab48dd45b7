import { timeBudget } from './timeouts.ts';
import { isRefusal, Unavailable, wroteNothing } from './errors.ts';

export interface CallOptions {
  /** The deadline of the API request. Absent: as long as one request may take at all. */
  readonly signal?: AbortSignal | undefined;
}

type Middleware = <Args, Output>(next: (args: Args) => Promise<Output>) => (args: Args) => Promise<Output>;

/** Inside the SDK's loop and after signing: around sending one attempt and reading its answer. */
const innermost = { step: 'finalizeRequest', priority: 'low' } as const;

/** The part of the SDK's commands that is used here, whatever goes in and comes out of them. */
interface Command {
  readonly middlewareStack: {
    add(middleware: Middleware, options: typeof innermost & { name: string }): void;
  };
}

/**
 * Sends one command and tells our faults from the database's.
 *
 * The SDK repeats by itself and shows only the last attempt's error. That one may be harmless while an earlier attempt has
 * written (a time-out, then a throttling): so every attempt is noted, inside the SDK's loop.
 *
 * @throws Unavailable when the database cannot be reached, is too slow, refuses for load, or has a fault of its own
 * @throws the SDK's error when the database has understood and refused, or the command could not even be built
 */
export async function call<C extends Command, Output>(
  command: C,
  send: (command: C, options: { abortSignal: AbortSignal }) => Promise<Output>,
  { write, signal = AbortSignal.timeout(timeBudget.request) }: CallOptions & { readonly write: boolean },
): Promise<Output> {
  if (signal.aborted) throw new Unavailable('The deadline has passed', { nothingWritten: true, cause: signal.reason });

  const failures: unknown[] = [];
  const noteFailure: Middleware = (next) => async (args) => {
    try {
      return await next(args);
    } catch (error) {
      failures.push(error);
      throw error;
    }
  };
  command.middlewareStack.add(noteFailure, { ...innermost, name: 'noteFailure' });

  try {
    return await send(command, { abortSignal: signal });
  } catch (error) {
    if (isRefusal(error) || (failures.length === 0 && !signal.aborted)) throw error;
    const nothingWritten = !write || failures.every(wroteNothing);
    const reason = signal.aborted ? 'The deadline has passed' : 'The database is unavailable';
    throw new Unavailable(`${reason} (failed attempts: ${failures.length})`, { nothingWritten, cause: error });
  }
}
