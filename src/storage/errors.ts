/** The database cannot be reached, did not respond in time, or failed: 503 for the caller. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  /**
   * True if no attempt can have written anything: only then may the caller be told to retry.
   * False if the outcome of an attempt to write is unknown.
   */
  readonly safeToRetry: boolean;

  constructor(message: string, options: { safeToRetry: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.safeToRetry = options.safeToRetry;
  }
}

/** What the SDK and Node attach to their errors. Duck-typed: Jest's realm has other `Error` classes than Node's core. */
interface Failure {
  readonly name?: string;
  readonly message?: string;
  readonly syscall?: string;
  readonly errors?: readonly unknown[];
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const throttling: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'Throttling',
  'ThrottlingException',
]);

/** Whether the database rejected a request because of load. A rejected request wrote nothing. */
function isThrottling(error: unknown): boolean {
  const { name, $metadata } = asFailure(error);
  return throttling.has(name ?? '') || $metadata?.httpStatusCode === 429;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const transientReasons: ReadonlySet<string> = new Set([
  'None',
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

/**
 * Whether a request failed because a concurrent transaction held one of its items, or because a transaction was throttled. It wrote
 * nothing and can be sent again. The SDK does not retry it.
 */
export function isContention(error: unknown): boolean {
  const { name, CancellationReasons: reasons = [] } = asFailure(error);
  if (name === 'TransactionConflictException') return true;
  if (name !== 'TransactionCanceledException' || reasons.length === 0) return false;
  return reasons.every(({ Code = 'None' }) => transientReasons.has(Code));
}

/**
 * Whether the database understood and rejected a request: a failed condition, an invalid request, a missing table or permission.
 * A retry cannot succeed.
 */
export function isRejection(error: unknown): boolean {
  return isClientError(error) && !isThrottling(error) && !isContention(error);
}

/** Whether an attempt that failed like this cannot have written anything. */
export function isSafeToRetry(error: unknown): boolean {
  return isClientError(error) || isThrottling(error) || neverSent(error);
}

function isClientError(error: unknown): boolean {
  const { name, $metadata } = asFailure(error);
  const status = $metadata?.httpStatusCode ?? 0;
  // An earlier attempt of the same transaction is still running: it may write.
  if (name === 'TransactionInProgressException') return false;
  // 408 comes from an intermediary that stopped waiting: what it has passed on before is unknown.
  return status >= 400 && status < 500 && status !== 408;
}

function neverSent(error: unknown): boolean {
  const { name, message, syscall, errors } = asFailure(error);
  // A host with several addresses (localhost: ::1, 127.0.0.1) fails with one error for each of them.
  if (Array.isArray(errors) && errors.length > 0) return errors.every(neverSent);
  if (syscall === 'connect' || syscall === 'getaddrinfo') return true;
  // The SDK's connection and socket timeouts differ in nothing but their message.
  return name === 'TimeoutError' && message?.includes('did not establish a connection') === true;
}

function asFailure(error: unknown): Failure {
  return typeof error === 'object' && error !== null ? error : {};
}
