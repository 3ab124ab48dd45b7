/** The caller, as named by the verified token. */
export interface Principal {
  /** The user's id, unique within the issuer; the API's `organizerId`. */
  readonly sub: string;
  /** The user's sign-in name, if the token contains it. */
  readonly username?: string;
  /** The user's groups; empty unless the claim is an array of strings. */
  readonly groups: readonly string[];
}
