/** Why a caller is not known: the caller's own fault, or the issuer's. */

const realm = 'Bearer realm="event-management"';

/** The request has no token that can be trusted: 401. */
export class Unauthenticated extends Error {
  override readonly name = 'Unauthenticated';
  /** What the caller may read: never the token or a part of it. */
  readonly detail: string;
  /**
   * The value of `WWW-Authenticate` (RFC 6750, section 3): without an error code where no token was sent at all, so that a
   * client which did not know about authentication is only told how it is done.
   */
  readonly challenge: string;

  constructor(detail: string, options: { readonly tokenSent: boolean; readonly cause?: unknown }) {
    super(detail, { cause: options.cause });
    this.detail = detail;
    this.challenge = options.tokenSent
      ? `${realm}, error="invalid_token", error_description="${quotable(detail)}"`
      : realm;
  }
}

/** The issuer's keys are needed to judge a token and cannot be had: 503, for the token may well be good. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
  /** After how many seconds asking again can help. */
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number, options: { readonly cause?: unknown } = {}) {
    super('The keys of the token issuer cannot be had.', options);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Leaves the characters that RFC 6750 allows in `error_description`: printable ASCII without `"` and `\`. */
function quotable(text: string): string {
  return text.replace(/["\\]/g, "'").replace(/[^\x20-\x7e]/g, '?');
}
