/** Writes that carry the id of their request, so that a request recognizes its own. */
import type { WriteResult } from './database.ts';

/** The request that a write belongs to. Its id is stored with the item: see `isRetryOfOwnWrite`. */
export interface WriteContext {
  readonly requestId: string;
  readonly signal: AbortSignal;
}

/**
 * Whether a condition failed on what this very request wrote. The AWS SDK retries a write whose response was late, and the retry
 * would report the caller's own success as 412, 409 or 404.
 */
export function isRetryOfOwnWrite(written: WriteResult, requestId: string): boolean {
  return !written.ok && written.current?.['requestId'] === requestId;
}
