/** The database cannot be asked, did not answer in time, or answered with a fault of its own: 503 to the caller. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  /**
   * True where no attempt can have written anything: only then may the caller be told to simply try again.
   * False where the outcome of any attempt of a write is unknown.
   */
  readonly nothingWritten: boolean;

  constructor(message: string, options: { nothingWritten: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.nothingWritten = options.nothingWritten;
  }
}

/** What the SDK and Node attach to their errors. Duck-typed: Jest's realm has other `Error` classes than Node's core. */
interface Failure {
  readonly name?: string;
  readonly message?: string;
  readonly syscall?: string;
  readonly errors?: readonly unknown[];
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const throttling: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'Throttling',
  'ThrottlingException',
]);

/** Whether the database refused because it is asked too much. Such a refusal wrote nothing. */
function isThrottling(error: unknown): boolean {
  const { name, $metadata } = asFailure(error);
  return throttling.has(name ?? '') || $metadata?.httpStatusCode === 429;
}

/**
 * Whether the database has understood and refused: a failed condition, an invalid request, a missing table or right.
 * That is no outage, however often it is repeated.
 */
export function isRefusal(error: unknown): boolean {
  return isClientFault(error) && !isThrottling(error);
}

/** Whether an attempt that failed like this cannot have written anything. */
export function wroteNothing(error: unknown): boolean {
  return isClientFault(error) || isThrottling(error) || neverSent(error);
}

function isClientFault(error: unknown): boolean {
  const status = asFailure(error).$metadata?.httpStatusCode ?? 0;
  // 408 comes from something in between that stopped waiting: what it passed on before is unknown.
  return status >= 400 && status < 500 && status !== 408;
}

function neverSent(error: unknown): boolean {
  const { name, message, syscall, errors } = asFailure(error);
  // A host with several addresses (localhost: ::1, 127.0.0.1) fails with one error for each of them.
  if (Array.isArray(errors) && errors.length > 0) return errors.every(neverSent);
  if (syscall === 'connect' || syscall === 'getaddrinfo') return true;
  // The SDK's connection and socket time-outs differ in nothing but their text.
  return name === 'TimeoutError' && message?.includes('did not establish a connection') === true;
}

function asFailure(error: unknown): Failure {
  return typeof error === 'object' && error !== null ? error : {};
}
