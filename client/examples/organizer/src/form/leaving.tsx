import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Dialog } from '../parts/dialog.tsx';
import { holdRoute } from '../router.ts';

interface Question {
  leave(): void;
}

/**
 * Asks for confirmation before unsaved changes are lost: in a dialog for navigation within the page, and with the browser's own prompt
 * when the page is closed or left.
 *
 * @returns the dialog while it is open
 */
export function useLeaving(hasChanges: () => boolean) {
  const current = useRef(hasChanges);
  current.current = hasChanges;
  const [question, setQuestion] = useState<Question>();

  useLayoutEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (current.current()) event.preventDefault();
    };
    const release = holdRoute((go) => {
      const isAsked = current.current();
      if (isAsked) setQuestion({ leave: go });
      return isAsked;
    });
    addEventListener('beforeunload', ask);
    return () => {
      removeEventListener('beforeunload', ask);
      release();
    };
  }, []);

  if (!question) return undefined;
  // The `close` event of a dialog is asynchronous: the next dialog may be open already.
  const close = () => setQuestion((now) => (now === question ? undefined : now));
  return (
    <Dialog
      key={question}
      title="Leave without saving?"
      action="Leave"
      otherwise="Keep editing"
      confirm={question.leave}
      close={close}
    >
      <p>What you changed here is lost then.</p>
    </Dialog>
  );
}
