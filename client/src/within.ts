/** The longest time that a timer can be set to; a longer one would be over at once. */
const longestMs = 2 ** 31 - 1;

/**
 * Gives work so many milliseconds, and no longer than until `outer` is aborted. Then the work's own signal is aborted, and nobody
 * waits for it any more, whether it listens or not.
 *
 * @param fail makes the error with which it then rejects; `cause` is the reason of `outer`
 */
export async function within<T>(
  ms: number,
  outer: AbortSignal | undefined,
  fail: (code: 'timeout' | 'aborted', details?: { cause: unknown }) => Error,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const givenUp = new Promise<never>((_resolve, reject) => {
    const abort = () => reject(fail('aborted', { cause: outer?.reason }));
    timer = setTimeout(() => reject(fail('timeout')), Math.min(ms, longestMs));
    // Heard as long as the work goes on: its own signal is aborted when it is over.
    outer?.addEventListener('abort', abort, { signal: own.signal });
    if (outer?.aborted) abort();
  });
  try {
    return await Promise.race([givenUp, outer?.aborted ? givenUp : work(own.signal)]);
  } finally {
    clearTimeout(timer);
    own.abort();
  }
}
