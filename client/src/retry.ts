import type { EventsApiError } from './errors.ts';
import type { OperationEntry } from './types.ts';

const firstWaitMs = 500;
const maxWaitMs = 8_000;
const maxRetryAfterMs = 30_000;

/** Statuses, and codes without a response, after which the outcome is unknown. */
const transient: readonly unknown[] = [408, 502, 503, 504, 'network-error', 'timeout'];

/**
 * The delay before a retry, in milliseconds; undefined if the call must not be retried.
 *
 * 429, and 503 with Retry-After, mean that nothing was done: every operation may be retried. If the outcome is unknown, only reads, dry runs,
 * PUT (which is idempotent) and operations with an Idempotency-Key may be. A change with If-Match may not: if it was applied, the retry would fail with 412.
 */
export function waitBeforeRetry(
  operation: OperationEntry,
  { status, code, retryAfterMs }: EventsApiError,
  retries: number,
  isDryRun = false,
): number | undefined {
  const nothingDone = status === 429 || (status === 503 && retryAfterMs !== undefined);
  const repeatable =
    (/get|put/.test(operation.method) || isDryRun || operation.idempotent) && transient.includes(status ?? code);
  const retryAfter = retryAfterMs ?? 0;
  if (!(nothingDone || repeatable) || retryAfter > maxRetryAfterMs) return undefined;
  // Full jitter: clients that failed at the same time must not retry at the same time.
  return retryAfter + Math.random() * Math.min(maxWaitMs, firstWaitMs * 2 ** retries);
}

/** `Retry-After` in milliseconds: seconds, or a date (RFC 9110, section 10.2.3); undefined if absent or invalid. */
export function retryAfterOf(response: Response): number | undefined {
  const value = response.headers.get('retry-after');
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
