/**
 * Maximum durations in milliseconds, from the inside out. Each must fit into the next, so that the caller's 503 comes from us, with
 * its reason, and not from a function or a gateway that timed out.
 */
export const timeBudget = {
  /** Connecting to the database, as a part of `attempt`. */
  connect: 1_000,
  /** One attempt of a database call until its response starts; then as long again for each pause within the response. */
  attempt: 2_000,
  /** Attempts per database call, including the first. */
  maxAttempts: 3,
  /** How often a call is sent again that conflicted with a transaction, with a backoff of up to 25 ms × 2ⁿ. */
  maxContentionRetries: 5,
  /** The maximum backoff between the attempts of one call: the SDK draws each from 25 ms × 2ⁿ (1 s × 2ⁿ after throttling). */
  backoff: 25 + 50,
  /** How long the start of a function waits for the token issuer's keys and the database; requests wait themselves where that was too short. */
  initialKeys: 500,
  /** One request to the API: every database call, and every attempt of an update that lost a race. */
  request: 8_000,
  /** How long one request processes scans. What is left then is not processed, so that the last call has time to fail. */
  checkIns: 5_000,
  /** How long a request reclaims seats, at most, on behalf of somebody who looks, or after its own write. */
  look: 1_000,
  /** The same for a request whose response depends on it. */
  reclaim: 3_000,
  /** The Lambda function's timeout. */
  function: 10_000,
  /** The gateway's integration timeout. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
  gateway: 30_000,
} as const;
