/** Why work was given up. */
export type Stop = 'timeout' | 'aborted';

/** What `within` rejects with when it gives up; `cause` is the reason of the caller's signal. */
export class Stopped extends Error {
  readonly why: Stop;

  constructor(why: Stop, cause?: unknown) {
    super(why, { cause });
    this.why = why;
  }
}

/** The longest time that a timer can be set to; a longer one would fire at once. */
const longestMs = 2 ** 31 - 1;

/**
 * Gives work so many milliseconds, and until `outer` is aborted. Then the work's own signal is aborted, and nobody waits for it any more, whether
 * it listens or not.
 *
 * @throws Stopped
 */
export async function within<T>(ms: number, outer: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  if (outer?.aborted) throw new Stopped('aborted', outer.reason);
  const own = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort: (() => void) | undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    const stop = (why: Stop, cause?: unknown) => {
      reject(new Stopped(why, cause));
      own.abort();
    };
    timer = setTimeout(() => stop('timeout'), Math.min(ms, longestMs));
    onAbort = () => stop('aborted', outer?.reason);
    outer?.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([work(own.signal), stopped]);
  } finally {
    clearTimeout(timer);
    if (onAbort) outer?.removeEventListener('abort', onAbort);
  }
}

/** Waits, at most until the signal is aborted. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await within(ms, signal, () => new Promise(() => {})).catch(() => {});
}
