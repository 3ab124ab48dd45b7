import { useEffect, useRef, useState } from 'react';
import { abandonedDrafts, claimDraft, keepDraft, removeDraft, type StoredDraft } from '../../shared/drafts.ts';

/** How long nothing is typed before a draft is stored. */
const pauseMs = 500;

/**
 * Keeps what is typed into a form on the device while it has changes, and finds what was typed before a reload or a crash. Each open form
 * has a draft of its own, so that two tabs do not overwrite each other's.
 *
 * @param id the id of the draft with which the form starts
 * @param content what to keep; undefined if the form has no changes
 */
export function useKeptDraft<Content>(author: string, id: string, content: Content | undefined) {
  const [draftId, setDraftId] = useState(id);
  const [offered, setOffered] = useState<readonly StoredDraft<Content>[]>([]);
  const latest = useRef(content);
  const isDone = useRef(false);
  const isPending = useRef(false);
  const released = useRef<Promise<unknown>>(undefined);
  const [looked, setLooked] = useState(0);
  latest.current = content;

  const text = JSON.stringify(content);
  /** Stores what was typed since it was stored last. */
  function store(): void {
    if (isDone.current || !isPending.current) return;
    isPending.current = false;
    if (latest.current === undefined) removeDraft(draftId);
    else keepDraft(draftId, author, latest.current);
  }
  useEffect(() => {
    isPending.current = true;
    const timer = setTimeout(store, pauseMs);
    return () => clearTimeout(timer);
  }, [text, draftId]);
  useEffect(() => {
    // A page that is closed or reloaded has no time for the pause.
    addEventListener('pagehide', store);
    return () => removeEventListener('pagehide', store);
  });
  useEffect(() => {
    const release = claimDraft(draftId);
    return () => void (released.current = release());
  }, [draftId]);
  useEffect(() => {
    let isCurrent = true;
    const look = async () => {
      await released.current;
      const drafts = await abandonedDrafts<Content>(author);
      if (isCurrent) setOffered(drafts.filter((draft) => draft.draftId !== draftId));
    };
    void look();
    return () => void (isCurrent = false);
  }, [draftId, looked]);

  return {
    draftId,
    /** What was typed before, and is in no open form. */
    offered,
    /** Continues an offered draft. What is typed now is kept, and offered in its place. */
    resume(draft: StoredDraft<Content>): void {
      store();
      setOffered([]);
      setDraftId(draft.draftId);
    },
    /** Removes an offered draft. */
    discard(draft: StoredDraft<Content>): void {
      removeDraft(draft.draftId);
      setLooked(looked + 1);
    },
    /** Removes the draft of this form: it is saved, or its changes are discarded. */
    finish(): void {
      isDone.current = true;
      removeDraft(draftId);
    },
    /** Continues to keep what is typed, after all. */
    reopen: () => void (isDone.current = false),
  };
}
