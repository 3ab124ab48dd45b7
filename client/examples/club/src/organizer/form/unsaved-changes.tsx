import { useLayoutEffect, useRef, useState } from 'react';
import { Dialog } from '../../shared/parts/dialog.tsx';
import { blockNavigation } from '../../shared/navigation.ts';
import { texts } from './texts.ts';

interface Navigation {
  readonly id: number;
  leave(): void;
}

/**
 * Asks for confirmation before unsaved changes are lost: in a dialog for navigation within the page, and with the browser's own prompt
 * when the page is closed or left.
 *
 * @param discard called before the visitor leaves the changes
 * @returns the dialog while it is open
 */
export function useUnsavedChanges(hasChanges: () => boolean, discard?: () => void) {
  const current = useRef(hasChanges);
  current.current = hasChanges;
  const [blocked, setBlocked] = useState<Navigation>();

  useLayoutEffect(() => {
    const confirmUnload = (event: BeforeUnloadEvent) => {
      if (current.current()) event.preventDefault();
    };
    const release = blockNavigation((go) => {
      const isBlocked = current.current();
      if (isBlocked) setBlocked((before) => ({ id: (before?.id ?? 0) + 1, leave: go }));
      return isBlocked;
    });
    addEventListener('beforeunload', confirmUnload);
    return () => {
      removeEventListener('beforeunload', confirmUnload);
      release();
    };
  }, []);

  if (!blocked) return undefined;
  function leave(): void {
    discard?.();
    blocked?.leave();
  }
  // The `close` event of a dialog is asynchronous: the next dialog may be open already.
  const close = () => setBlocked((now) => (now === blocked ? undefined : now));
  return (
    <Dialog
      key={blocked.id}
      title={texts.leaveTitle}
      confirmLabel={texts.leave}
      closeLabel={texts.keepEditing}
      confirm={leave}
      close={close}
    >
      <p>{texts.leaveText}</p>
    </Dialog>
  );
}
