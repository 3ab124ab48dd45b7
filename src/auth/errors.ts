/** Why a caller cannot be identified: the token is missing or invalid, or the token issuer is unavailable. */

const realm = 'Bearer realm="event-management"';

/** The request has no valid token: 401. */
export class Unauthenticated extends Error {
  override readonly name = 'Unauthenticated';
  /** The explanation that the response contains. It never contains the token or a part of it. */
  readonly detail: string;
  /**
   * The value of `WWW-Authenticate`. It has no error code if the request has no token: RFC 6750, section 3.1.
   */
  readonly challenge: string;

  /** @param options.tokenSent whether the request has a token, which is invalid then */
  constructor(detail: string, options: { readonly tokenSent?: boolean; readonly cause?: unknown } = {}) {
    super(detail, { cause: options.cause });
    this.detail = detail;
    this.challenge = options.tokenSent
      ? `${realm}, error="invalid_token", error_description="${quotable(detail)}"`
      : realm;
  }
}

/** The issuer's keys are needed to verify a token, but are unavailable: 503, because the token may be valid. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
  /** The delay after which a retry can succeed, in seconds. */
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number, options: { readonly cause?: unknown } = {}) {
    super('The keys of the token issuer are unavailable.', options);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Replaces the characters that RFC 6750 does not allow in `error_description`. It allows printable ASCII without `"` and `\`. */
function quotable(text: string): string {
  return text.replace(/["\\]/g, "'").replace(/[^\x20-\x7e]/g, '?');
}
