import { setTimeout as sleep } from 'node:timers/promises';

const baseMs = 25;
const maxMs = 1_000;

/**
 * Waits before a retry: a random time of up to 25 ms × 2ⁿ, at most a second, as the SDK does.
 *
 * @param failures how many attempts have failed so far
 * @returns whether time is left: false if the signal was aborted before or during the wait
 */
export async function backOff(failures: number, signal: AbortSignal): Promise<boolean> {
  const ms = Math.random() * Math.min(maxMs, baseMs * 2 ** (failures - 1));
  await sleep(ms, undefined, { signal }).catch(() => {});
  return !signal.aborted;
}
