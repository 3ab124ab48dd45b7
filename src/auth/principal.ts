/** Who calls, as the verified token says. */
export interface Principal {
  /** The user's id, unique within the issuer. What the API calls an organizer's id. */
  readonly sub: string;
  /** The name the user signs in with, where the token has one. */
  readonly username?: string;
  /** The groups the user is in; empty unless the token has a true array of strings. */
  readonly groups: readonly string[];
}
