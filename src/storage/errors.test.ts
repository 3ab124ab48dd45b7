import { isContention, isRejection, isSafeToRetry } from './errors.ts';

/** An error as the SDK throws it for a response of the database. */
const responded = (status: number | undefined, name = 'Error', members: object = {}) =>
  Object.assign(new Error('failed'), { name, $metadata: { httpStatusCode: status }, ...members });

/** An error of the connection. */
const disconnected = (members: object, message = 'failed') => Object.assign(new Error(message), members);

/**
 * What a failed attempt means. `rejected`: the database understood and refused it, and a retry cannot succeed. `not written`: it can be
 * sent again. `unknown`: it may have been written.
 */
function meaningOf(error: unknown): 'rejected' | 'not written' | 'unknown' {
  if (isRejection(error)) return 'rejected';
  return isSafeToRetry(error) ? 'not written' : 'unknown';
}

const statuses = Array.from({ length: 500 }, (_, at) => at + 100);

describe('a failed attempt', () => {
  it('was rejected if the status is 4xx, except 408 (unknown) and 429 (not written); any other status leaves it unknown', () => {
    const expected = (status: number) => {
      if (status === 429) return 'not written';
      return status >= 400 && status < 500 && status !== 408 ? 'rejected' : 'unknown';
    };
    expect(statuses.map((status) => [status, meaningOf(responded(status))])).toEqual(
      statuses.map((status) => [status, expected(status)]),
    );
  });

  it.each([
    ['AccessDeniedException', 'rejected'],
    ['ConditionalCheckFailedException', 'rejected'],
    ['ExpiredTokenException', 'rejected'],
    ['IdempotentParameterMismatchException', 'rejected'],
    ['IncompleteSignatureException', 'rejected'],
    ['ItemCollectionSizeLimitExceededException', 'rejected'],
    ['MissingAuthenticationTokenException', 'rejected'],
    ['ResourceNotFoundException', 'rejected'],
    ['UnrecognizedClientException', 'rejected'],
    ['ValidationException', 'rejected'],
    ['ProvisionedThroughputExceededException', 'not written'],
    ['RequestLimitExceeded', 'not written'],
    ['Throttling', 'not written'],
    ['ThrottlingException', 'not written'],
    ['TransactionConflictException', 'not written'],
    ['TransactionInProgressException', 'unknown'],
  ])('with 400 and the error %s is %s', (name, meaning) => {
    expect(meaningOf(responded(400, name))).toBe(meaning);
  });

  it.each([
    ['InternalServerError', 500],
    ['ServiceUnavailable', 503],
    ['TransactionInProgressException', 400],
    ['RequestTimeout', 408],
  ])('is unknown after %s with %i', (name, status) => {
    expect(meaningOf(responded(status, name))).toBe('unknown');
  });

  it.each<[string, object, string]>([
    ['the connection was refused', { syscall: 'connect', code: 'ECONNREFUSED' }, 'refused'],
    ['the host has no address', { syscall: 'getaddrinfo', code: 'ENOTFOUND' }, 'not found'],
    ['no connection was established in time', { name: 'TimeoutError' }, 'it did not establish a connection in time'],
    [
      'the connection was refused on each address',
      { errors: [disconnected({ syscall: 'connect' }), disconnected({ syscall: 'connect' })] },
      '',
    ],
  ])('is not written if %s', (_title, members, message) => {
    expect(meaningOf(disconnected(members, message))).toBe('not written');
  });

  it.each<[string, unknown]>([
    ['the connection was reset', disconnected({ syscall: 'read', code: 'ECONNRESET' })],
    ['the request could not be sent completely', disconnected({ syscall: 'write', code: 'EPIPE' })],
    ['there was no response in time', disconnected({ name: 'TimeoutError' }, 'no response in time')],
    ['an error that only mentions the connection', disconnected({}, 'it did not establish a connection')],
    [
      'one of its addresses accepted the connection',
      disconnected({ errors: [disconnected({ syscall: 'connect' }), disconnected({ syscall: 'read' })] }),
    ],
    ['the error lists no others', disconnected({ errors: [] })],
    ['the error has no status', responded(undefined)],
    ['the error is a string', 'failed'],
    ['there is no error', undefined],
    ['the error is null', null],
  ])('is unknown if %s', (_title, error) => {
    expect(meaningOf(error)).toBe('unknown');
  });
});

describe('a cancelled transaction', () => {
  const cancelled = (...codes: readonly (string | undefined)[]) =>
    responded(400, 'TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) });

  it.each([
    [['None', 'TransactionConflict']],
    [['ThrottlingError', undefined]],
    [['ProvisionedThroughputExceeded']],
    [['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded', 'None']],
  ])('can be sent again if its reasons are %j', (codes) => {
    expect([isContention(cancelled(...codes)), meaningOf(cancelled(...codes))]).toEqual([true, 'not written']);
  });

  it.each([
    [[]],
    [['ConditionalCheckFailed']],
    [['TransactionConflict', 'ConditionalCheckFailed']],
    [['ValidationError', 'None']],
    [['ItemCollectionSizeLimitExceeded']],
    [['DuplicateItem']],
    [['AccessDenied']],
  ])('was rejected if its reasons are %j', (codes) => {
    expect([isContention(cancelled(...codes)), meaningOf(cancelled(...codes))]).toEqual([false, 'rejected']);
  });

  it('of another name is not contention', () => {
    expect(isContention(responded(400, 'Other', { CancellationReasons: [{ Code: 'TransactionConflict' }] }))).toBe(
      false,
    );
  });
});
