import { useEffect, useRef, useState } from 'preact/hooks';
import { Dialog } from '../parts/dialog.tsx';
import { holdRoute } from '../router.ts';

/**
 * Asks before something unsaved is left: by a link or "back" within the page, and, in the browser's own words, by leaving the page.
 *
 * @returns the question, while it is being asked
 */
export function useLeaving(hasChanges: () => boolean) {
  const current = useRef(hasChanges);
  current.current = hasChanges;
  const [leave, setLeave] = useState<() => void>();

  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (current.current()) event.preventDefault();
    };
    const release = holdRoute((go) => {
      if (current.current()) setLeave(() => go);
      return current.current();
    });
    addEventListener('beforeunload', ask);
    return () => {
      removeEventListener('beforeunload', ask);
      release();
    };
  }, []);

  return leave && (
    <Dialog title="Leave without saving?" action="Leave" otherwise="Keep editing" confirm={leave} close={() => setLeave(undefined)}>
      <p>What you changed here is lost then.</p>
    </Dialog>
  );
}
