/** The maximum delay of a timer; a longer one would fire immediately. */
const maxDelayMs = 2 ** 31 - 1;

/**
 * Runs work for at most `ms` milliseconds, and only until `outer` is aborted. The work's own signal is then aborted, and the
 * promise rejects whether or not the work reacts to it.
 *
 * @param fail makes the error of the rejection; `cause` is the reason of `outer`
 */
export async function within<T>(
  ms: number,
  outer: AbortSignal | undefined,
  fail: (code: 'timeout' | 'aborted', details?: { cause: unknown }) => Error,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let abort = () => {};
  const stopped = new Promise<never>((_resolve, reject) => {
    abort = () => reject(fail('aborted', { cause: outer?.reason }));
    timer = setTimeout(() => reject(fail('timeout')), Math.min(ms, maxDelayMs));
    outer?.addEventListener('abort', abort);
    if (outer?.aborted) abort();
  });
  try {
    return await Promise.race([stopped, outer?.aborted ? stopped : work(own.signal)]);
  } finally {
    clearTimeout(timer);
    // Not by the listener's option `signal`: the two may be of different implementations.
    outer?.removeEventListener('abort', abort);
    own.abort();
  }
}

/** Resolves after `ms` milliseconds; rejects with the reason of the signal if it is aborted first. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
