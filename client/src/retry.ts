import type { EventsApiError } from './errors.ts';
import type { OperationEntry } from './types.ts';

const firstWaitMs = 500;
const longestWaitMs = 8_000;
const longestRetryAfterMs = 30_000;

/** Statuses, and codes where there was no answer, after which nobody knows whether something was done. */
const passing: readonly unknown[] = [408, 502, 503, 504, 'network-error', 'timeout'];

/**
 * How long to wait before the call is repeated, in milliseconds; undefined where it must not be.
 *
 * 429, and 503 with Retry-After, say that nothing was done: every operation may be repeated. Where that is unknown, only what reads or has
 * an Idempotency-Key may be. A change with If-Match may not: had it been done, its repetition would be answered with 412.
 */
export function waitBeforeRetry(
  operation: OperationEntry,
  { status, code, retryAfterMs }: EventsApiError,
  retries: number,
): number | undefined {
  const nothingDone = status === 429 || (status === 503 && retryAfterMs !== undefined);
  const repeatable = (operation.method === 'get' || operation.key) && passing.includes(status ?? code);
  const asked = retryAfterMs ?? 0;
  if (!(nothingDone || repeatable) || asked > longestRetryAfterMs) return undefined;
  // Full jitter, so that those who failed together do not come back together.
  return asked + Math.random() * Math.min(longestWaitMs, firstWaitMs * 2 ** retries);
}

/** `Retry-After` in milliseconds: seconds, or a date (RFC 9110, section 10.2.3); undefined where it is absent or neither. */
export function retryAfterOf(response: Response): number | undefined {
  const value = response.headers.get('retry-after');
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
