import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Dialog } from '../parts/dialog.tsx';
import { holdRoute } from '../router.ts';

interface Question {
  leave(): void;
}

/**
 * Asks before something unsaved is left: by a link or "back" within the page, and, with the browser's own message, by leaving the page.
 *
 * @returns the question, while it is being asked
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
  // A dialog reports late that it is closed: the next question may be open already, in a dialog of its own.
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
