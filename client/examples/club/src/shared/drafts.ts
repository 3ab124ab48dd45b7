/**
 * What users have typed and not saved. A draft contains no token, belongs to one user and to one address, and is kept in one of two places:
 * in this tab during a new sign-in, because the redirect to the issuer unloads the page; and on this device while a form is filled in, so
 * that it survives a reload or a crash.
 */

/** A draft, as it is stored. */
export interface StoredDraft<Content = unknown> {
  readonly draftId: string;
  readonly author: string;
  /** The fragment of the address that it belongs to. */
  readonly hash: string;
  /** When it was stored (RFC 3339). */
  readonly keptAt: string;
  readonly content: Content;
}

const prefix = 'draft:';
const maxAgeMs = 30 * 24 * 3_600_000;

function put(storage: Storage, draftId: string, author: string, content: unknown): void {
  const stored: StoredDraft = { draftId, author, hash: location.hash, keptAt: new Date().toISOString(), content };
  storage.setItem(prefix + draftId, JSON.stringify(stored));
}

/** The drafts in a place; those that are not readable are removed. */
function draftsIn(storage: Storage): readonly StoredDraft[] {
  const keys = Object.keys(storage).filter((key) => key.startsWith(prefix));
  return keys.flatMap((key) => {
    try {
      const draft = JSON.parse(storage.getItem(key) ?? '') as StoredDraft;
      if (Date.now() - Date.parse(draft.keptAt) < maxAgeMs) return [draft];
    } catch {
      // Not a draft of this version.
    }
    storage.removeItem(key);
    return [];
  });
}

/** The drafts of this author for the current view, the latest first. Another user's are removed, so that they are not kept on a shared device. */
function draftsOf(storage: Storage, author: string): readonly StoredDraft[] {
  const drafts = draftsIn(storage);
  for (const draft of drafts) if (draft.author !== author) storage.removeItem(prefix + draft.draftId);
  return drafts
    .filter((draft) => draft.author === author && draft.hash === location.hash)
    .sort((one, other) => other.keptAt.localeCompare(one.keptAt));
}

/** Stores what this author has entered in the current view, for the return from a sign-in. */
export const storeDraft = (author: string, content: unknown) => put(sessionStorage, 'sign-in', author, content);

/** Returns and removes the draft of this author for the current view, after a sign-in; undefined if there is none. */
export function takeDraft<T>(author: string): T | undefined {
  const [draft] = draftsOf(sessionStorage, author);
  if (draft) sessionStorage.removeItem(prefix + draft.draftId);
  return draft?.content as T | undefined;
}

/** Keeps what this author has entered on the device; one without room for it does not. */
export function keepDraft(draftId: string, author: string, content: unknown): void {
  try {
    put(localStorage, draftId, author, content);
  } catch {
    // The storage is full, or not allowed. The form can be saved all the same.
  }
}

export const removeDraft = (draftId: string) => localStorage.removeItem(prefix + draftId);

/** Removes all drafts from this device. */
export function forgetDrafts(): void {
  for (const { draftId } of draftsIn(localStorage)) removeDraft(draftId);
}

/** The drafts of this author for the current view that no open form has, here or in another tab; the latest first. */
export async function abandonedDrafts<T>(author: string): Promise<readonly StoredDraft<T>[]> {
  const drafts = draftsOf(localStorage, author);
  if (drafts.length === 0) return [];
  const { held = [] } = (await lockManager()?.query()) ?? {};
  const open = new Set(held.map(({ name }) => name));
  return drafts.filter(({ draftId }) => !open.has(prefix + draftId)) as readonly StoredDraft<T>[];
}

/** Marks a draft as that of an open form, until the returned function is called or the tab is closed. Its promise resolves when the mark is gone. */
export function claimDraft(draftId: string): () => Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const held = lockManager()?.request(prefix + draftId, () => promise);
  return () => {
    resolve();
    return Promise.resolve(held);
  };
}

/** The browser has locks for pages of a secure origin only. */
const lockManager = () => navigator.locks as LockManager | undefined;
