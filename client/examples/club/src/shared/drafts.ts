/**
 * The input of a user, kept in this tab during a new sign-in, because the redirect to the issuer unloads the page. It contains no token,
 * is restored for the same user only, and is removed when it is restored.
 */
const draftKey = 'draft';

interface StoredDraft {
  readonly author: string;
  /** The fragment of the address that it belongs to. */
  readonly hash: string;
  readonly content: unknown;
}

/** Stores what this author has entered in the current view; replaces an earlier draft. */
export function storeDraft(author: string, content: unknown): void {
  const stored: StoredDraft = { author, hash: location.hash, content };
  sessionStorage.setItem(draftKey, JSON.stringify(stored));
}

/** The stored draft; null if there is none, or if it is not readable. */
function readDraft(): StoredDraft | null {
  try {
    return JSON.parse(sessionStorage.getItem(draftKey) ?? 'null') as StoredDraft | null;
  } catch {
    return null;
  }
}

/** Returns and removes the draft of this author for the current view; undefined if there is none. */
export function takeDraft<T>(author: string): T | undefined {
  const stored = readDraft();
  const matches = stored?.author === author && stored.hash === location.hash;
  // Another user's draft is removed too, so that it is not kept on a shared device.
  if (matches || stored?.author !== author) sessionStorage.removeItem(draftKey);
  return matches ? (stored.content as T) : undefined;
}
