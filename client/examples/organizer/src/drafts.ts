/**
 * The input of a user, kept in this tab during a new sign-in, because the redirect to the issuer unloads the page. It contains no token,
 * is restored for the same user only, and is removed when it is restored.
 */
const draftName = 'organizer-draft';

interface Kept {
  readonly author: string;
  /** The part of the page that it belongs to. */
  readonly hash: string;
  readonly content: unknown;
}

/** Keeps what this author has typed at this part of the page, in place of what was kept before. */
export function keepDraft(author: string, content: unknown): void {
  const kept: Kept = { author, hash: location.hash, content };
  sessionStorage.setItem(draftName, JSON.stringify(kept));
}

/** What this author left at this part of the page; undefined where there is nothing. */
export function takeDraft<T>(author: string): T | undefined {
  const kept = JSON.parse(sessionStorage.getItem(draftName) ?? 'null') as Kept | null;
  const isMeant = kept?.author === author && kept.hash === location.hash;
  // Somebody else has signed in, and is not to find it later either.
  if (isMeant || kept?.author !== author) sessionStorage.removeItem(draftName);
  return isMeant ? (kept.content as T) : undefined;
}
