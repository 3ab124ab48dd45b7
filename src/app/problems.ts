/** The catalogue of problems, and the one place that turns an error into one. */
import { IssuerUnavailable, Unauthenticated } from '../auth/errors.ts';
import type { Fault, Problem, ProblemCode } from '../contract/generated/types.ts';
import { statusOf } from '../contract/problem-codes.ts';
import { Unavailable } from '../storage/unavailable.ts';

/** The words of each problem; what is special this time replaces `detail`. */
export const problemTexts = {
  'body-too-large': ['Body too large', 'The body has more than 65,536 bytes.'],
  'capacity-below-registrations': [
    'Capacity below registrations',
    'The capacity cannot go below the number of registrations.',
  ],
  'concurrent-change': [
    'Concurrent change',
    'Others kept changing the event. Read it again and repeat your change.',
  ],
  'event-cancelled': ['Event cancelled', 'A cancelled event is not changed any more.'],
  'event-has-registrations': [
    'Event has registrations',
    'This is not possible while anybody is registered. Cancel the event instead.',
  ],
  'event-not-found': ['Event not found', 'There is no event with this id.'],
  forbidden: ['Forbidden', 'Only organizers may do this.'],
  'headers-too-large': ['Headers too large', 'The request line and the headers have more than 16,384 bytes.'],
  'idempotency-key-reused': [
    'Idempotency key reused',
    'This Idempotency-Key was used before with another body. Use a new key for a new event.',
  ],
  'idempotency-key-spent': [
    'Idempotency key spent',
    'The event that was made with this Idempotency-Key has been deleted. Use a new key.',
  ],
  'internal-error': [
    'Internal error',
    'Something went wrong on our side. Quote the requestId when you ask for help.',
  ],
  'invalid-cursor': [
    'Invalid cursor',
    'The cursor is broken or was made for other filters. Start again without a cursor.',
  ],
  'invalid-event': ['Invalid event', 'The event is well-formed but impossible. See errors.'],
  'invalid-filter': ['Invalid filter', 'The filters are well-formed but cannot be applied. See errors.'],
  'invalid-request': ['Invalid request', 'The request does not fit the contract. See errors.'],
  'location-required': [
    'Location required',
    'A published event keeps a location. Replace it, or unpublish the event first.',
  ],
  'malformed-body': ['Malformed body', 'The body is not valid JSON in UTF-8.'],
  'malformed-request': ['Malformed request', 'This is not a request of HTTP/1.1.'],
  'method-not-allowed': ['Method not allowed', 'This path does not have this method. See Allow.'],
  'not-event-organizer': ['Not the organizer of this event', 'Only the organizer of this event may do this.'],
  'not-publishable': ['Not publishable', 'The event does not meet all requirements for publishing. See errors.'],
  'not-published': ['Not published', 'A draft cannot be cancelled. Delete it instead.'],
  'precondition-failed': [
    'Precondition failed',
    'The event has changed since you read it. Read it again and repeat your change.',
  ],
  'request-timeout': ['Request timeout', 'The request did not arrive in time.'],
  'route-not-found': ['Route not found', 'There is nothing at this path.'],
  'service-unavailable': ['Service unavailable', 'The service cannot answer at the moment. Try again later.'],
  'too-many-requests': ['Too many requests', 'There are too many requests. Try again later.'],
  unauthenticated: ['Unauthenticated', 'Send an access token: "Authorization: Bearer <token>".'],
  'unsupported-media-type': [
    'Unsupported media type',
    'Send the body as application/json in UTF-8, without content encoding.',
  ],
} as const satisfies Record<ProblemCode, readonly [title: string, detail: string]>;

/** A problem on its way to the client. Thrown by the middleware; handlers return theirs, so that the compiler sees the codes. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly options: ProblemOptions;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(code);
    this.code = code;
    this.options = options;
  }
}

export interface ProblemOptions {
  readonly detail?: string;
  readonly errors?: readonly Fault[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that is ready to be written. */
export interface ProblemAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Problem;
}

/** The most faults that one problem lists: 16,000 wrong tags would otherwise make an answer of a megabyte. */
const mostFaults = 100;

/** Builds the document (RFC 9457) for a code; the status is the contract's. */
export function problem(code: ProblemCode, requestId: string, { detail, errors, headers = {} }: ProblemOptions = {}): ProblemAnswer {
  const status = statusOf(code);
  const [title, usualDetail] = problemTexts[code];
  return {
    status,
    headers,
    body: {
      type: `urn:problem:event-management:${code}`,
      title,
      status,
      detail: detail ?? usualDetail,
      instance: `urn:request:${requestId}`,
      code,
      requestId,
      ...(errors && errors.length > 0 ? { errors: errors.slice(0, mostFaults) } : {}),
    },
  };
}

/** What an error means to the client. Whatever is not known here is our own fault and says nothing about the inside. */
export function problemOf(error: unknown, requestId: string): ProblemAnswer {
  if (error instanceof ProblemError) return problem(error.code, requestId, error.options);
  if (error instanceof Unauthenticated) {
    return problem('unauthenticated', requestId, { detail: error.detail, headers: { 'WWW-Authenticate': error.challenge } });
  }
  if (error instanceof IssuerUnavailable) return unavailable(requestId, error.retryAfterSeconds);
  if (error instanceof Unavailable) return unavailable(requestId, error.nothingWritten ? 1 : undefined);
  return problem('internal-error', requestId);
}

function unavailable(requestId: string, retryAfterSeconds?: number): ProblemAnswer {
  const headers = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
  return problem('service-unavailable', requestId, { headers });
}
