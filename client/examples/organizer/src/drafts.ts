/**
 * The input of a user, kept in this tab during a new sign-in, because the redirect to the issuer unloads the page. It contains no token,
 * is restored for the same user only, and is removed when it is restored.
 */
const draftName = 'organizer-draft';

interface Kept {
  readonly author: string;
  /** The fragment of the address that it belongs to. */
  readonly hash: string;
  readonly content: unknown;
}

/** Stores what this author has entered in the current view; replaces an earlier draft. */
export function keepDraft(author: string, content: unknown): void {
  const kept: Kept = { author, hash: location.hash, content };
  sessionStorage.setItem(draftName, JSON.stringify(kept));
}

/** Returns and removes the draft of this author for the current view; undefined if there is none. */
export function takeDraft<T>(author: string): T | undefined {
  const kept = JSON.parse(sessionStorage.getItem(draftName) ?? 'null') as Kept | null;
  const isMeant = kept?.author === author && kept.hash === location.hash;
  // Another user's draft is removed too, so that it is not kept on a shared device.
  if (isMeant || kept?.author !== author) sessionStorage.removeItem(draftName);
  return isMeant ? (kept.content as T) : undefined;
}
